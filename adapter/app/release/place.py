"""One value of an app, and how another one is put in its place."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """One value of an app.

    Attributes:
        key: its name, the same in every process that runs the script.
        label: what people call it.
        read: returns the value.
        write: puts another one in its place.
    """

    key: str
    label: str
    read: Callable[[], Any]
    write: Callable[[Any], None]


def merge(old: Any, new: Any) -> Any:
    """Return ``new``, as the contents of ``old`` where that can be: others may refer to it."""
    if type(old) is not type(new):
        return new
    if isinstance(old, list | bytearray):
        old[:] = new
    elif isinstance(old, dict | set):
        old.clear()
        old.update(new)
    elif isinstance(old, deque):
        old.clear()
        old.extend(new)
    elif type(old).__module__ == "numpy" and _fits(old, new):
        old[...] = new
    else:
        return new
    return old


def _fits(old: Any, new: Any) -> bool:
    return bool(old.shape) and old.shape == new.shape and old.dtype == new.dtype and bool(old.flags.writeable)
