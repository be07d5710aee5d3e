"""The private copies that a call works on, and what of them has to be written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from adapter.errors import AdapterError, CannotRead
from adapter.files.base import FileStore, path_of
from adapter.state.codec import decode, encode, unseal
from adapter.state.codec.texts import texts_beginning
from adapter.state.session import StateVariable
from adapter.state.stores.base import Record

logger = logging.getLogger("adapter.state")


class GlobalVariable(Protocol):
    """What a transaction needs to know of a GlobalState."""

    @property
    def name(self) -> str: ...
    @property
    def max_age_seconds(self) -> float: ...
    def initial(self) -> Any: ...
    def keep_here(self, value: Any, error: AdapterError) -> bool: ...


@dataclass(slots=True)
class Cell:
    """A variable's private copy within one transaction.

    Attributes:
        value: what the function works on.
        stored: its encoded form as read; ``None`` where nothing was.
        before: the encoded form that ``value`` started from; ``None`` forces a write.
        dropped: tells the State's owner that its old value outlived its time; called after the commit.
    """

    value: Any
    stored: bytes | None
    before: bytes | None
    dropped: Callable[[], None] | None = None


def state_cell(variable: StateVariable, states: Mapping[str, bytes], *, now: float, files: FileStore | None) -> Cell:
    """Return the private copy of a State.

    Args:
        variable: which.
        states: the session's encoded values, by key.
        now: Unix seconds.
        files: that the value may name.
    """
    stored = states.get(variable.name)
    what = f"State {variable.name!r}"
    if stored is not None and _outlived(variable, states, now):
        cell = _cell(None, variable.initial, files, what=what, made=True)
        cell.stored = stored
        if variable.delete_callback is not None:
            cell.dropped = dropping(variable, stored, files)
        return cell
    return _cell(stored, variable.initial, files, what=what, made=variable.is_made)


def starts_anew(variable: StateVariable, states: Mapping[str, bytes], *, now: float) -> bool:
    """Return whether a State's private copy will be its first value."""
    return variable.name not in states or _outlived(variable, states, now)


def global_cell(record: Record, variable: GlobalVariable, files: FileStore | None) -> Cell:
    """Return the private copy of a GlobalState."""
    return _cell(global_bytes(record), variable.initial, files, what=f"GlobalState {variable.name!r}")


def global_bytes(record: Record) -> bytes | None:
    """Return the encoded value of a GlobalState; ``None`` where there is none that can be read."""
    try:
        return None if record.payload is None else unseal(record.payload)
    except CannotRead as error:
        logger.warning("a GlobalState cannot be read by this version of the app; its default is used: %s", error)
        return None


def encoded(variable: StateVariable, cell: Cell, *, now: float) -> dict[str, bytes]:
    """Return what has to be written of a State, by key in the session: nothing if it is as it was."""
    data = encode(cell.value, name=variable.name)
    if data == cell.before:
        return {}
    if variable.time_to_live is None:
        return {variable.name: data}
    return {variable.name: data, variable.stamp: encode(int(now), name=variable.stamp)}


def dropping(variable: StateVariable, stored: bytes, files: FileStore | None) -> Callable[[], None]:
    """Return what calls a State's ``delete_callback`` with its stored value; it never raises."""

    def drop() -> None:
        assert variable.delete_callback is not None
        try:
            variable.delete_callback(_decoded(stored, files))
        except Exception:
            logger.exception("the delete_callback of State %r failed; its value is gone all the same", variable.name)

    return drop


def _outlived(variable: StateVariable, states: Mapping[str, bytes], now: float) -> bool:
    if variable.time_to_live is None or variable.stamp not in states:
        return False
    written: int = decode(states[variable.stamp])
    return written + variable.time_to_live <= now


def _cell(
    stored: bytes | None, initial: Callable[[], Any], files: FileStore | None, *, what: str, made: bool = False
) -> Cell:
    if stored is not None:
        try:
            return Cell(_decoded(stored, files), stored, stored)
        except CannotRead as error:
            logger.warning("%s cannot be read by this version of the app; its default is used: %s", what, error)
    value = initial()
    return Cell(value, stored, None if made else encode(value, name=what))


def _decoded(stored: bytes, files: FileStore | None) -> Any:
    """Return a stored value; the files whose places it names are on this machine too, as far as they still exist."""
    if files is not None:
        for place in texts_beginning(f"{files.root}/", stored):
            path = path_of(files, place)
            if path is not None:
                files.local(path)
    return decode(stored)
