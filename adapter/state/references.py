"""Which globals functions name, in their code and in that of the app's functions that they call."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

from adapter.state.codec import origin
from adapter.state.global_counter import GlobalCounter
from adapter.state.global_state import GlobalState, global_handle
from adapter.state.shared_names import SharedNames

MOST_OBJECTS = 20_000
"""That are looked at: an app's own code has some hundreds."""

MOST_ITEMS = 1_000
"""Of a list or dict whose items are looked at."""


def globals_named(functions: Iterable[Any]) -> set[str]:
    """Return the names of the GlobalStates and GlobalCounters that ``functions`` reach.

    Args:
        functions: functions, methods, partials and other callables.
    """
    found: set[str] = set()
    todo = list(functions)
    seen: dict[int, Any] = {}  # holds what it has seen, so that no number is given twice
    while todo and len(seen) < MOST_OBJECTS:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        # Never isinstance: a GlobalState says that it is of its value's class, which would have to be read.
        kind = type(one)
        if issubclass(kind, GlobalState):
            found.add(global_handle(one).name)
        elif issubclass(kind, GlobalCounter):
            found.add(one.name)
        elif issubclass(kind, SharedNames):
            found.update(variable.name for variable in one.variables)
        else:
            todo.extend(_reached(one, kind))
    return found


def _reached(one: Any, kind: type) -> Iterator[Any]:
    """Yield what ``one`` holds or names."""
    if kind is FunctionType:
        yield from _of_function(one)
    elif kind is MethodType:
        yield from (one.__func__, one.__self__)
    elif issubclass(kind, functools.partial):
        yield from (one.func, *one.args, *one.keywords.values())
    elif kind in (staticmethod, classmethod):
        yield one.__func__
    elif kind is property:
        yield from (one.fget, one.fset)
    elif kind in (list, tuple, set, dict):
        yield from (list(one.values() if kind is dict else one) if len(one) <= MOST_ITEMS else ())
    elif issubclass(kind, type):
        if _is_own(one):
            yield from (*vars(one).values(), *one.__bases__)
    elif _is_own(kind) or (callable(one) and hasattr(one, "__dict__")):
        yield kind
        held = list(_attributes(one).values())
        yield from held if _is_own(kind) else (value for value in held if type(value) in (FunctionType, MethodType))


def _of_function(function: FunctionType) -> Iterator[Any]:
    yield from (cell.cell_contents for cell in function.__closure__ or () if _is_full(cell))
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    yield from vars(function).values()  # such as what functools.wraps has wrapped
    names = set(_names(function.__code__))
    around = function.__globals__
    if not _is_own_module(around.get("__name__")):
        return
    for name in names & around.keys():
        value = around[name]
        if issubclass(type(value), ModuleType):
            inside = origin.namespace(value)
            if origin.tag(value) is not None:
                yield from (inside[attribute] for attribute in names & inside.keys())
        else:
            yield value


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _is_full(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - a cell that nothing was put into yet raises
    except ValueError:
        return False
    return True


def _is_own(kind: type) -> bool:
    return _is_own_module(kind.__module__)


def _attributes(one: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = object.__getattribute__(one, "__dict__")
    except AttributeError:  # it has slots
        return {}
    return found


def _is_own_module(name: Any) -> bool:
    module = sys.modules.get(name) if isinstance(name, str) else None
    return module is not None and origin.tag(module) is not None
