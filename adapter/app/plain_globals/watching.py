"""Tells which module-level data a call has changed that other environments do not see."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any

from adapter.errors import AdapterError
from adapter.state.codec import encode, origin
from adapter.state.proxy import ValueProxy

MOST_BYTES = 64 * 1024
"""Of a value that is compared after each call; of a larger one it is noticed when it is another object."""

_SCALARS = (type(None), bool, int, float, str, bytes)
_CODE = (ModuleType, FunctionType, BuiltinFunctionType, MethodType, type)


class Watch:
    """What stands in the app's modules, and how it was when it was looked at last.

    Args:
        main: the name of the module whose data has no module's name before its own.
    """

    def __init__(self, main: str) -> None:
        self._main = main
        self._refused: dict[tuple[str, str], Any] = {}
        self._large: dict[tuple[str, str], Any] = {}
        self._seen = dict(self._forms())

    def changes(self) -> list[str]:
        """Return the names of the data that has changed since it was looked at last."""
        now = dict(self._forms())
        changed = [place for place, form in now.items() if self._seen.get(place, form) != form]
        self._seen = now
        return [name if module == self._main else f"{module}.{name}" for module, name in changed]

    def _forms(self) -> Iterator[tuple[tuple[str, str], object]]:
        """Yield what tells two values of a place apart; nothing for what is no data."""
        for module in dict.fromkeys(sys.modules.values()):
            if not issubclass(type(module), ModuleType) or origin.tag(module) is None:
                continue
            namespace = origin.namespace(module)
            for name, value in list(namespace.items()):
                if not name.startswith("__") and not issubclass(type(value), (*_CODE, ValueProxy)):
                    place = (str(namespace["__name__"]), name)
                    form = self._form(place, value)
                    if form is not None:
                        yield place, form

    def _form(self, place: tuple[str, str], value: Any) -> object:
        if type(value) in _SCALARS:
            return type(value), value
        if self._refused.get(place) is value:
            return None
        if self._large.get(place) is value:
            return id(value)
        try:
            data = encode(value, name=place[1])
        except AdapterError:
            self._refused[place] = value  # a component, a model, a lock: what each environment has of its own
            return None
        if len(data) <= MOST_BYTES:
            return data
        self._large[place] = value
        return id(value)
