"""A module's names that all environments share: what its functions read and bind them through."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from adapter.errors import AdapterError
from adapter.state.codec import decode, encode
from adapter.state.global_handle import GlobalHandle
from adapter.state.global_state import proxy_for
from adapter.state.proxy import plain
from adapter.state.transaction import current

logger = logging.getLogger("adapter.globals")

UNBOUND = "\0unbound"
"""Stands in the store for a name that has no value, as before its first assignment and after ``del``."""


class SharedVariable(GlobalHandle[Any]):
    """A module-level name whose value all environments share.

    Args:
        namespace: of the module; gets a proxy in the place of the value, for what reads it by other ways.
        attribute: the name there.
        name: under which it is kept.

    Raises:
        CannotStore: its value has no stored form.
    """

    def __init__(self, namespace: dict[str, Any], attribute: str, name: str) -> None:
        value = namespace.get(attribute, UNBOUND)
        # whoever adds something and looks from another environment finds it, as in one process
        super().__init__(value, name, max_age_seconds=0)
        self._encoded = encode(value, name=name)
        self.attribute = attribute
        self.size = len(self._encoded)
        self.is_local = False
        self._places = [(namespace, attribute)]
        self._value = value

    def initial(self) -> Any:
        """Return the value before anybody changed it."""
        return decode(self._encoded)

    def kind(self) -> type | None:
        """Return the value's class; outside a call that of its first value, which need not be read."""
        return super().kind() if self._value is not None else None

    def put_proxy(self) -> None:
        """Put a proxy where the value stands in its module."""
        if self._value is not UNBOUND:
            self._put(proxy_for(self, type(self._value)))

    def also_in(self, namespace: dict[str, Any], attribute: str) -> None:
        """Note another name that the same object has."""
        self._places.append((namespace, attribute))

    def is_value(self, value: Any) -> bool:
        """Whether ``value`` is the very object that stood in the module."""
        return value is self._value

    def read(self) -> Any:
        """Return the value: in a call the call's copy, outside a proxy.

        Raises:
            NameError: it has none.
        """
        transaction = current.get()
        if self.is_local or (transaction is None and self._value is not UNBOUND):
            return self._places[0][0][self.attribute]
        value = self.get()
        if type(value) is str and value == UNBOUND:
            raise NameError(f"name {self.attribute!r} is not defined", name=self.attribute)
        return value

    def read_to_change(self) -> Any:
        """Return the value as `read` does; a call that runs once keeps others from changing it from now on."""
        transaction = current.get()
        if transaction is not None and not self.is_local:
            transaction.hold(self)
        return self.read()

    def bind(self, value: Any) -> None:
        """Give the name another value: with the call's commit in a call, at once outside."""
        transaction = current.get()
        if self.is_local:
            self._put(value)
        else:
            if transaction is not None:
                transaction.hold(self)
            self.set(plain(value))

    def keep_here(self, value: Any, error: AdapterError) -> bool:
        """Leave the name to each environment, because its value cannot be stored; return whether that is done."""
        self.is_local = True
        self._put(value)
        logger.debug("share_globals leaves %s alone, each environment has its own: %s", self.name, error)
        return True

    def _put(self, value: Any) -> None:
        for namespace, attribute in self._places:
            namespace[attribute] = value


class SharedNames:
    """Gets and binds shared names.

    Attributes:
        changing: the same for functions that change what they get: a call that runs once keeps others from it.

    Args:
        variables: by the names that the code has for them.
    """

    def __init__(self, variables: dict[str, SharedVariable]) -> None:
        self._variables = variables
        self.changing = _Changing(variables)

    def __getitem__(self, name: str) -> Any:
        return self._variables[name].read()

    @property
    def variables(self) -> Iterable[SharedVariable]:
        """What is shared."""
        return self._variables.values()


class _Changing:
    def __init__(self, variables: dict[str, SharedVariable]) -> None:
        self._variables = variables

    def __getitem__(self, name: str) -> Any:
        return self._variables[name].read_to_change()

    def __setitem__(self, name: str, value: Any) -> None:
        self._variables[name].bind(value)

    def __delitem__(self, name: str) -> None:
        self._variables[name].read_to_change()
        self._variables[name].bind(UNBOUND)

    def bind(self, name: str, value: Any) -> Any:
        """Bind a name and return its value, as ``:=`` does."""
        self._variables[name].bind(value)
        return value
