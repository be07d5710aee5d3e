"""Where an app's modules, classes, objects and functions keep what its script drew."""

from __future__ import annotations

import enum
import functools
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from types import CellType, FunctionType, MethodType, ModuleType
from typing import Any

from adapter.app.release.place import Place, merge
from adapter.components.base import Block
from adapter.state.global_state import GlobalState, global_handle

DEEPEST = 4
"""Functions within functions, and objects within objects, that are looked through."""
LONGEST = 20_000
"""Items of a collection, tens of items of one in another, or letters: what is longer was loaded, and is left alone."""
MOST_BYTES = 1_000_000
"""Of an array or a table; what is larger was loaded."""
SOURCES_OF_CHANCE = frozenset({"Random", "SystemRandom", "Generator", "RandomState", "BitGenerator"})
"""Kinds of generators of random numbers: alike in all environments they would give the same numbers in each."""


class Walk:
    """Goes through the data that an app's modules and functions hold, each object once.

    Args:
        blocks: the app, whose own objects are no data.
        own: the names of the app's own modules.
    """

    def __init__(self, blocks: object, own: set[str]) -> None:
        self._seen: set[int] = {id(blocks)}
        self._own = own

    def item(
        self, owner: dict[str, Any], name: str, value: Any, key: str, label: str, depth: int = 0
    ) -> Iterator[Place]:
        """Yield the places of what stands in a dict of names, such as a module's."""

        def write(new: Any) -> None:
            owner[name] = merge(owner.get(name), new)

        yield from self._of_value(value, lambda: owner.get(name), write, key, label, depth)

    def function(self, fn: Any, key: str, label: str, depth: int) -> Iterator[Place]:
        """Yield the places of what a function keeps: its closure, its defaults, the object that it is a method of."""
        if depth > DEEPEST or id(fn) in self._seen:
            return
        if isinstance(fn, functools.partial):
            for place, value in enumerate(fn.args):
                write = _in_place(value)
                yield from self._of_value(value, _constant(value), write, f"{key}.args.{place}", label, depth)
            for name, value in fn.keywords.items():
                yield from self.item(fn.keywords, name, value, f"{key}.{name}", f"{name} of {label}", depth + 1)
            yield from self.function(fn.func, f"{key}.func", label, depth + 1)
        elif isinstance(fn, MethodType):
            yield from self._of_object(fn.__self__, f"{key}.self", label, depth)
            yield from self.function(fn.__func__, f"{key}.func", label, depth + 1)
        elif isinstance(fn, FunctionType):
            self._seen.add(id(fn))
            names = fn.__code__.co_freevars
            for name, cell in zip(names, fn.__closure__ or (), strict=True):
                yield from self._of_cell(cell, f"{key}.{name}", f"{name} in {label}", depth)
            yield from self._of_defaults(fn, key, label, depth)
        elif self._is_own(type(fn)):
            yield from self._of_object(fn, f"{key}.self", label, depth)

    def _of_cell(self, cell: CellType, key: str, label: str, depth: int) -> Iterator[Place]:
        try:
            value = cell.cell_contents
        except ValueError:  # not filled yet
            return

        def write(new: Any) -> None:
            cell.cell_contents = merge(cell.cell_contents, new)

        yield from self._of_value(value, lambda: cell.cell_contents, write, key, label, depth)

    def _of_defaults(self, fn: FunctionType, key: str, label: str, depth: int) -> Iterator[Place]:
        for place, value in enumerate(fn.__defaults__ or ()):

            def write(new: Any, place: int = place) -> None:
                kept = list(fn.__defaults__ or ())
                kept[place] = merge(kept[place], new)
                fn.__defaults__ = tuple(kept)

            yield from self._of_value(
                value, _constant(value), write, f"{key}.default.{place}", f"a default of {label}", depth
            )
        for name, value in (fn.__kwdefaults__ or {}).items():
            yield from self.item(fn.__kwdefaults__ or {}, name, value, f"{key}.default.{name}", f"{name} of {label}")

    def _of_value(
        self, value: Any, read: Callable[[], Any], write: Callable[[Any], None], key: str, label: str, depth: int
    ) -> Iterator[Place]:
        kind = type(value)
        if issubclass(kind, GlobalState):
            yield from self._of_global(value, key)
        elif issubclass(kind, Block | ModuleType) or kind.__name__ in SOURCES_OF_CHANCE:
            return
        elif issubclass(kind, type):
            yield from self._of_class(value, key, depth)
        elif isinstance(value, FunctionType | MethodType | functools.partial):
            if depth or getattr(value, "__module__", None) in self._own:  # not what a module has imported
                yield from self.function(value, key, label, depth + 1)
        elif self._is_own(kind) and not issubclass(kind, enum.Enum) and isinstance(_attributes(value), dict):
            yield from self._of_object(value, key, label, depth)
        elif not _is_large(value):
            yield Place(key, label, read, write)

    def _of_object(self, value: Any, key: str, label: str, depth: int) -> Iterator[Place]:
        if depth > DEEPEST or id(value) in self._seen or isinstance(value, Block) or not self._is_own(type(value)):
            return
        self._seen.add(id(value))
        kept = _attributes(value)
        for name, item in list(kept.items()) if isinstance(kept, dict) else ():
            yield from self.item(kept, name, item, f"{key}.{name}", f"{name} of {label}", depth + 1)

    def _of_class(self, kind: type, key: str, depth: int) -> Iterator[Place]:
        if depth or id(kind) in self._seen or not self._is_own(kind) or issubclass(kind, enum.Enum | Block):
            return
        self._seen.add(id(kind))
        for name, value in list(vars(kind).items()):
            if not name.startswith("_") and not callable(value) and not hasattr(value, "__get__"):

                def write(new: Any, name: str = name) -> None:
                    setattr(kind, name, merge(vars(kind).get(name), new))

                label = f"{kind.__name__}.{name}"
                yield from self._of_value(value, _constant(value), write, f"{key}.{name}", label, depth + 1)

    def _is_own(self, kind: type) -> bool:
        return kind.__module__ in self._own

    def _of_global(self, handle: GlobalState[Any], key: str) -> Iterator[Place]:
        if id(handle) in self._seen:
            return
        self._seen.add(id(handle))
        kept = vars(global_handle(handle))
        if not callable(kept["_default"]):
            name = kept["name"]
            write = functools.partial(kept.__setitem__, "_default")
            yield Place(f"global.{name}", f"the first value of GlobalState {name!r}", lambda: kept["_default"], write)


def _in_place(value: Any) -> Callable[[Any], None]:
    def write(new: Any) -> None:
        merge(value, new)

    return write


def _constant(value: Any) -> Callable[[], Any]:
    return lambda: value


def _attributes(value: object) -> Any:
    return getattr(value, "__dict__", None)


def _size_within(value: Any) -> int:
    """Return how many items one item has: of a table as a list of lists, each row is alike."""
    if isinstance(value, str | bytes | bytearray) or not value:
        return 1
    first = next(iter(value.values() if isinstance(value, Mapping) else value))
    return max(1, len(first) // 10) if isinstance(first, list | tuple | dict | set) else 1


def _is_large(value: Any) -> bool:
    if isinstance(value, Mapping | list | tuple | set | frozenset | str | bytes | bytearray | deque):
        return len(value) * _size_within(value) > LONGEST
    size = getattr(value, "nbytes", 0)
    if type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "memory_usage"):
        size = value.memory_usage()
        size = size.sum() if hasattr(size, "sum") else size
    try:
        return int(size) > MOST_BYTES
    except (TypeError, ValueError):  # of an object that has a name of its own there
        return False
