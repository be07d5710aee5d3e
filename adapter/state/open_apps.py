"""Whose GlobalStates are meant outside a call, of the apps that are open in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from weakref import ref

from adapter.errors import ConfigurationError
from adapter.state.warm_store import WarmStore


@dataclass(slots=True)
class _Opened:
    """An app that is open as long as somebody holds its `WarmStore`."""

    warm_store: ref[WarmStore]
    names: Callable[[], Iterable[str]]
    known: frozenset[str] | None = field(default=None)

    def uses(self, name: str) -> bool:
        warm_store = self.warm_store()
        if warm_store is not None and name in warm_store.globals_touched:
            return True
        if self.known is None:
            self.known = frozenset(self.names())
        return name in self.known


_open: list[_Opened] = []
"""Of the process, as its threads are."""
_last: list[WarmStore] = []
"""The one that was opened last stays open, also where a script keeps no handler."""
_here: ContextVar[ref[WarmStore] | None] = ContextVar("adapter.open_space", default=None)
"""What was opened last in this thread or task."""
_guard = threading.Lock()


def use_warm_store(warm_store: WarmStore | None, names: Callable[[], Iterable[str]] = tuple) -> None:
    """Note that the app which keeps its state in ``warm_store`` is open; ``None`` forgets all that were.

    Args:
        warm_store: where it keeps its state.
        names: returns the names of the globals that its functions use; asked only when several apps are open.
    """
    with _guard:
        _open[:] = [one for one in _open if warm_store is not None and one.warm_store() not in (None, warm_store)]
        _last[:] = [] if warm_store is None else [warm_store]
        if warm_store is not None:
            _open.append(_Opened(ref(warm_store), names))
    _here.set(None if warm_store is None else ref(warm_store))


def warm_store_of(name: str) -> WarmStore:
    """Return where the global called ``name`` is kept: by the app whose functions use it.

    Of several apps that use it, and of all where none does, it is the one that this thread opened last, else
    the one that was opened last.

    Raises:
        ConfigurationError: no app is open.
    """
    with _guard:
        opened = [(one, warm_store) for one in _open if (warm_store := one.warm_store()) is not None]
        if not opened:
            raise ConfigurationError(
                "a GlobalState is used before any store is open; call adapter.handler(demo) first, "
                "or set ADAPTER_STORE."
            )
        found = [warm_store for _, warm_store in opened]
        if len(found) > 1:
            found = [warm_store for one, warm_store in opened if one.uses(name)] or found
    here = _here.get()
    return next((warm_store for warm_store in found if here is not None and warm_store is here()), found[-1])
