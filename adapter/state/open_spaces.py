"""Whose GlobalStates are meant outside a call, of the apps that are open in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from weakref import ref

from adapter.errors import ConfigurationError
from adapter.state.warm_store import StateSpace


@dataclass(slots=True)
class _Opened:
    """An app that is open as long as somebody holds its space."""

    space: ref[StateSpace]
    names: Callable[[], Iterable[str]]
    known: frozenset[str] | None = field(default=None)

    def uses(self, name: str) -> bool:
        space = self.space()
        if space is not None and name in space.globals_touched:
            return True
        if self.known is None:
            self.known = frozenset(self.names())
        return name in self.known


_open: list[_Opened] = []
"""Of the process, as its threads are."""
_last: list[StateSpace] = []
"""The one that was opened last stays open, also where a script keeps no handler."""
_here: ContextVar[ref[StateSpace] | None] = ContextVar("adapter.open_space", default=None)
"""What was opened last in this thread or task."""
_guard = threading.Lock()


def use_space(space: StateSpace | None, names: Callable[[], Iterable[str]] = tuple) -> None:
    """Note that the app which keeps its state in ``space`` is open; ``None`` forgets all that were.

    Args:
        space: where it keeps its state.
        names: returns the names of the globals that its functions use; asked only when several apps are open.
    """
    with _guard:
        _open[:] = [one for one in _open if space is not None and one.space() not in (None, space)]
        _last[:] = [] if space is None else [space]
        if space is not None:
            _open.append(_Opened(ref(space), names))
    _here.set(None if space is None else ref(space))


def space_of(name: str) -> StateSpace:
    """Return where the global called ``name`` is kept: by the app whose functions use it.

    Of several apps that use it, and of all where none does, it is the one that this thread opened last, else
    the one that was opened last.

    Raises:
        ConfigurationError: no app is open.
    """
    with _guard:
        opened = [(one, space) for one in _open if (space := one.space()) is not None]
        if not opened:
            raise ConfigurationError(
                "a GlobalState is used before any store is open; call adapter.handler(demo) first, "
                "or set ADAPTER_STORE."
            )
        found = [space for _, space in opened]
        if len(found) > 1:
            found = [space for one, space in opened if one.uses(name)] or found
    here = _here.get()
    return next((space for space in found if here is not None and space is here()), found[-1])
