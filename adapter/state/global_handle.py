"""How a GlobalState reaches the store: in a call by the call's transaction, outside of one at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from adapter.errors import AdapterError, ConfigurationError, Conflict
from adapter.state.awaiting import awaited
from adapter.state.backoff import ANSWER_SECONDS, Backoff
from adapter.state.call_id import CallId
from adapter.state.codec import encode, seal
from adapter.state.copies import private_copy
from adapter.state.open_apps import warm_store_of
from adapter.state.proxy import plain
from adapter.state.session import global_key
from adapter.state.stores.base import ABSENT, Record, Write, next_version
from adapter.state.transaction import Transaction, current
from adapter.state.warm_store import WarmStore
from adapter.telemetry.invocation import Figure, count

T = TypeVar("T")

UPDATE_SECONDS = 20.0
"""How long `GlobalHandle.update` tries outside a call; inside, the call's deadline is nearer."""


class GlobalHandle(Generic[T]):
    """What a GlobalState is beside its value: its name, and how the store is reached.

    `global_handle` gives it for a GlobalState whose value has methods of the same names.

    Attributes:
        name: under which it is kept.
        max_age_seconds: how old what a reader sees may be.
    """

    def __init__(self, value: Callable[[], T] | T, name: str, max_age_seconds: float) -> None:
        if not name or "#" in name:
            raise ConfigurationError(f"GlobalState name is {name!r}; give it a name without '#'.")
        self._default = value
        self.name = name
        self.max_age_seconds = max_age_seconds

    def initial(self) -> T:
        """Return the value before anybody wrote it."""
        default: Any = self._default
        value: T = awaited(default()) if callable(default) else private_copy(default)
        return value

    @property
    def value(self) -> T:
        """The value; in a call, the private copy, which may be changed in place."""
        return self.get()

    @value.setter
    def value(self, value: T) -> None:
        self.set(value)

    def get(self) -> T:
        """Return the value; in a call, the call's private copy."""
        transaction = current.get()
        if transaction is None:
            where = warm_store_of(self.name)
            key = global_key(where.app, self.name)
            # from the store: what is warm may be older than what another environment has just written
            transaction = Transaction(where, seeds={key: where.store.read([key]).get(key, ABSENT)})
        value: T = transaction.global_cell(self).value
        return value

    def set(self, value: T) -> None:
        """Replace the value: with the call's commit in a call, at once outside."""
        value = plain(value)
        transaction = current.get()
        if transaction is None:
            self.update(lambda _: value)
        else:
            transaction.global_cell(self).value = value

    def update(self, fn: Callable[[T], T | None]) -> T:
        """Apply ``fn`` to the value and commit it by compare-and-swap, again until it succeeds.

        At once outside a call and in functions that run only once (leases, generators); in a
        function that may be run again it is part of the call's commit, so that it counts once.

        Args:
            fn: takes the value, returns the new one, or changes it in place and returns ``None``.

        Returns:
            The value as committed.

        Raises:
            StateConflict: others kept winning until no time was left.
        """
        transaction = current.get()
        if transaction is not None and (not transaction.immediate or transaction.global_is_dirty(self)):
            cell = transaction.global_cell(self)
            cell.value = _applied(fn, cell.value)
            now: T = private_copy(cell.value)
            return now
        if transaction is None:
            return self._swap(fn, warm_store_of(self.name), CallId(None))[1]
        record, value, repeats = self._swap(fn, transaction.warm_store, transaction.call_id)
        transaction.refresh_global(self, record, repeats=repeats)
        return value

    def _swap(self, fn: Callable[[T], T | None], where: WarmStore, call_id: CallId) -> tuple[Record, T, bool]:
        """Apply ``fn`` and commit; return what stands then, and whether another try of the call had made the change."""
        key = global_key(where.app, self.name)
        part = call_id.next_part(key)
        backoff = Backoff(time.monotonic() + UPDATE_SECONDS + ANSWER_SECONDS)
        base = where.store.read([key]).get(key, ABSENT)
        while True:
            standing: T = Transaction(where, seeds={key: base}).global_cell(self).value
            if call_id.has_written(base, part):
                return base, standing, True
            value = _applied(fn, standing)
            write = Write(
                key=key,
                payload=seal(encode(value, name=self.name)),
                version=next_version(base.version, clock=where.clock),
                nonce=call_id.nonce(part),
                expected=base.version or None,
                recent=base.recent,
            )
            try:
                where.store.write([write])
            except Conflict as conflict:
                count(Figure.CONFLICTS)
                base = conflict.winners[key]
                backoff.wait(f"GlobalState {self.name!r}")
                continue
            record = write.record(where.clock())
            count(Figure.STATE_BYTES, len(write.payload))
            where.cache.put(key, record)
            return record, value, False

    def keep_here(self, value: T, error: AdapterError) -> bool:
        """Return ``False``: what cannot be stored is refused."""
        return False

    # -- standing for the value ---------------------------------------------------------------

    def replace(self, operation: Callable[[Any], Any]) -> None:
        """Put the result of ``operation`` in the value's place: in a call on its copy, outside at once."""
        if current.get() is None:
            self.update(operation)
        else:
            self.set(operation(self.get()))

    def apply(self, operation: Callable[[Any], Any]) -> Any:
        """Run ``operation`` on the value: in a call on its copy, outside as an update of its own."""
        transaction = current.get()
        if transaction is not None:
            return operation(transaction.global_cell(self).value)
        before = self.get()
        unchanged = encode(before, name=self.name)
        result = operation(before)
        if encode(before, name=self.name) == unchanged:
            return result
        results: list[Any] = []

        def keep(value: T) -> None:
            results.append(operation(value))

        self.update(keep)
        return results[-1]

    def kind(self) -> type | None:
        """Return the value's class; outside a call that of its default, ``None`` where that is made or ``None``."""
        if current.get() is not None:
            return type(self.get())
        return None if self._default is None or callable(self._default) else type(self._default)

    def sample(self) -> Any:
        """Return a value that has the methods of the value; it is not to be changed."""
        if current.get() is not None:
            return self.get()
        return self._default() if callable(self._default) else self._default

    def __repr__(self) -> str:
        return f"GlobalState(name={self.name!r})"


def _applied(fn: Callable[[T], T | None], value: T) -> T:
    result = plain(fn(value))
    return value if result is None else result
