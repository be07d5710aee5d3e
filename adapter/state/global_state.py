"""State that all users and all environments share, and what is loaded once per environment."""

from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from adapter.errors import ConfigurationError, Conflict
from adapter.invocation import Figure, count
from adapter.state.backoff import ANSWER_SECONDS, Backoff
from adapter.state.call_id import CallId
from adapter.state.codec import encode, seal
from adapter.state.open_spaces import space_of
from adapter.state.session import global_key
from adapter.state.space import StateSpace
from adapter.state.stand_in import StandIn
from adapter.state.stores.base import ABSENT, Record, Write, next_version
from adapter.state.transaction import Transaction, current

T = TypeVar("T")

UPDATE_SECONDS = 20.0
"""How long `GlobalState.update` tries outside a call; inside, the call's deadline is nearer."""


class GlobalState(StandIn, Generic[T]):
    """One value that all users and all execution environments share.

    In a function it behaves like the value itself: ``scores.append(1)``, ``len(scores)``,
    ``visits += 1``. The function works on a private copy, which is committed when it returns; if
    somebody else committed first the function runs again on their value, so its answer is right.
    A function that only reads may be ``max_age_seconds`` behind.

    Outside a call (a script, a test, module scope) every operation goes straight to the store.

    Args:
        value: what it holds before anybody writes it; copied deeply, or called.
        name: under which it is kept; the same name is the same state, in every environment.
        max_age_seconds: how old what a reader sees may be.
    """

    def __init__(self, value: Callable[[], T] | T, name: str, max_age_seconds: float = 1.0) -> None:
        if not name or "#" in name:
            raise ConfigurationError(f"GlobalState name is {name!r}; give it a name without '#'.")
        self.__dict__.update(_default=value, name=name, max_age_seconds=max_age_seconds)

    name: str
    max_age_seconds: float

    def initial(self) -> T:
        """Return the value before anybody wrote it."""
        default = self.__dict__["_default"]
        value: T = default() if callable(default) else copy.deepcopy(default)
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
            where = space_of(self.name)
            key = global_key(where.app, self.name)
            # from the store: what is warm may be older than what another environment has just written
            transaction = Transaction(where, seeds={key: where.store.read([key]).get(key, ABSENT)})
        value: T = transaction.global_cell(self).value
        return value

    def set(self, value: T) -> None:
        """Replace the value: with the call's commit in a call, at once outside."""
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
            now: T = copy.deepcopy(cell.value)
            return now
        if transaction is None:
            return self._swap(fn, space_of(self.name), CallId(None))[1]
        record, value, repeats = self._swap(fn, transaction.space, transaction.call_id)
        transaction.refresh_global(self, record, repeats=repeats)
        return value

    def _swap(self, fn: Callable[[T], T | None], where: StateSpace, call_id: CallId) -> tuple[Record, T, bool]:
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

    # -- standing for the value -------------------------------------------------------------

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__") and attribute.endswith("__"):
            raise AttributeError(attribute)  # what copy, inspect and others probe for
        found = getattr(self.get(), attribute)
        if current.get() is not None or not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            return self.apply(lambda value: getattr(value, attribute)(*args, **kwargs))

        return call

    def __setattr__(self, attribute: str, value: Any) -> None:
        if attribute == "value":
            self.set(value)
        else:
            self.apply(lambda held: setattr(held, attribute, value))

    def replace(self, operation: Callable[[Any], Any]) -> None:
        """Put the result of ``operation`` in the value's place: in a call on its copy, outside at once."""
        if current.get() is None:
            self.update(operation)
        else:
            self.set(operation(self.get()))

    def apply(self, operation: Callable[[Any], Any]) -> Any:
        """Run ``operation`` on the value: in a call on its copy, outside as an update of its own."""
        if current.get() is not None:
            return operation(self.get())
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

    def __repr__(self) -> str:
        return f"GlobalState(name={self.name!r})"


def _applied(fn: Callable[[T], T | None], value: T) -> T:
    result = fn(value)
    return value if result is None else result


def warm(load: Callable[[], T]) -> Callable[[], T]:
    """Return a function that gives ``load()``, called once per execution environment, at first use.

    For what is costly to load and never changes, such as a model: it is shared by all calls of
    one environment and never stored. Safe under threads; a failed load is tried again.
    """
    lock = threading.Lock()
    loaded: list[T] = []

    def get() -> T:
        if not loaded:
            with lock:
                if not loaded:
                    loaded.append(load())
        return loaded[0]

    return get
