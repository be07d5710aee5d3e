"""Turns module-level data that an app's functions change into data that all environments share."""

from __future__ import annotations

import functools
import logging
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from adapter.app.plain_globals.changes import Source, bound_in_functions, changed_names, own_mutators, own_sources
from adapter.app.plain_globals.parts import Key
from adapter.app.plain_globals.rewriting import ACCESS, rewrite
from adapter.errors import AdapterError, ConfigurationError
from adapter.state.codec import origin
from adapter.state.global_state import GlobalState, global_handle
from adapter.state.shared_names import UNBOUND, SharedNames, SharedVariable

logger = logging.getLogger("adapter.globals")

MOST_BYTES = 256 * 1024
"""Of a value at the start: a larger one is a model or a table, which would be read and compared by every call."""

_CODE = (type, types.FunctionType, types.BuiltinFunctionType, types.ModuleType, types.MethodType, GlobalState)

Functions = Sequence[Callable[..., Any] | None]


def share(wanted: bool | Iterable[str], app: Any, functions: Functions) -> Mapping[str, SharedVariable]:
    """Share module-level data of the app's own modules, and return it by its names in the store.

    The name of what stands in the module that has the app is its own; with that of another module goes the module's,
    such as ``game.players``.

    Args:
        wanted: the names, or ``True`` for what functions change.
        app: what the app's module has among its values.
        functions: that the app calls; a method of an object at module level changes it without naming it.

    Raises:
        ConfigurationError: there is no such name, or its value cannot be stored.
    """
    if wanted is False:
        return {}
    every = own_sources()
    before = {one.name: one for source in every for one in _shared_before(source)}
    sources = [one for one in every if ACCESS not in origin.namespace(one.module)]
    main = min((one.tag for one in sources if any(value is app for value in _values(one))), default=None)
    names = {
        (one.name, name): name if one.tag == main else f"{one.tag}.{name}" for one in sources for name in _all(one)
    }
    changed = changed_names(sources)
    if wanted is True:
        keys = changed | _objects_of_methods(sources, functions)
        found = _variables(sources, {key: name for key, name in names.items() if key in keys}, chosen=False)
    else:
        known = {name: key for key, name in names.items()}
        for name in wanted:
            if name not in known and name not in before:
                raise ConfigurationError(f"share_globals names {name!r}; the app's modules have no such name.")
        found = _variables(sources, {known[name]: name for name in wanted if name in known}, chosen=True)
    _install(sources, found)
    return before | {variable.name: variable for variable in found.values()}


def bound_anew(function: Any, variables: Iterable[SharedVariable]) -> Any:
    """Return a function in whose call a method of a shared object is that of the call's copy."""
    if isinstance(function, functools.partial):
        inner = bound_anew(function.func, variables)
        return function if inner is function.func else functools.partial(inner, *function.args, **function.keywords)
    owner = getattr(function, "__self__", None)
    for variable in variables if owner is not None else ():
        if variable.is_value(owner):
            return _method(variable, function)
    return function


def _method(variable: SharedVariable, method: Any) -> Callable[..., Any]:
    name = method.__name__

    def call(*arguments: Any, **named: Any) -> Any:
        return getattr(variable.read(), name)(*arguments, **named)

    try:
        return functools.wraps(method)(call)
    except AttributeError:  # a method of a built-in type has no attributes
        call.__name__ = name
        return call


def _variables(sources: Sequence[Source], names: Mapping[Key, str], *, chosen: bool) -> dict[Key, SharedVariable]:
    """Return what is shared by its place; two names of one object are one variable."""
    namespaces = {one.name: origin.namespace(one.module) for one in sources}
    found: dict[Key, SharedVariable] = {}
    by_identity: dict[int, SharedVariable] = {}
    _refuse_taken(namespaces, names)
    for key in sorted(names, key=lambda key: ("." in names[key], names[key])):
        namespace = namespaces[key[0]]
        value = namespace.get(key[1], UNBOUND)
        same = by_identity.get(id(value))
        if same is not None and not isinstance(value, str | int | float | bool | bytes | None | tuple):
            same.also_in(namespace, key[1])
            found[key] = same
            continue
        try:
            if isinstance(value, _CODE):
                raise ConfigurationError(f"it is a {type(value).__name__}")
            variable = SharedVariable(namespace, key[1], names[key])
            if variable.size > MOST_BYTES and not chosen:
                raise ConfigurationError(f"it has {variable.size:,} bytes; name it in share_globals to share it")
        except AdapterError as error:
            if chosen:
                raise ConfigurationError(
                    f"share_globals names {names[key]!r}, which cannot be shared: {error}"
                ) from None
            logger.debug("share_globals leaves %s alone, each environment has its own: %s", names[key], error)
        else:
            found[key] = by_identity[id(value)] = variable
    return found


def _refuse_taken(namespaces: Mapping[str, Mapping[str, Any]], names: Mapping[Key, str]) -> None:
    for namespace in namespaces.values():
        for place, value in namespace.items():
            if issubclass(type(value), GlobalState) and (name := global_handle(value).name) in names.values():
                raise ConfigurationError(
                    f"{place} is a GlobalState named {name!r}, and share_globals would share a variable of that name; "
                    f"give one of them another name."
                )


def _install(sources: Sequence[Source], found: Mapping[Key, SharedVariable]) -> None:
    if not found:
        return
    shared = {key: variable.name for key, variable in found.items()}
    access = SharedNames({variable.name: variable for variable in found.values()})
    for source in sources:
        rewrite(source, shared, access, file=str(origin.namespace(source.module)["__file__"]))
    for variable in set(found.values()):
        variable.put_proxy()
    logger.debug("share_globals shares %s", ", ".join(sorted(set(shared.values()))))


def _objects_of_methods(sources: Sequence[Source], functions: Functions) -> set[Key]:
    """Return where the objects stand by whose methods, given as functions of the app, they are changed."""
    mutators = own_mutators(sources)
    owners = []
    for function in functions:
        while isinstance(function, functools.partial):
            function = function.func
        owner = getattr(function, "__self__", None)
        if owner is not None and (
            getattr(function, "__name__", "") in mutators or isinstance(owner, list | dict | set)
        ):
            owners.append(owner)
    return {
        (one.name, name)
        for one in sources
        for name, value in origin.namespace(one.module).items()
        if any(value is owner for owner in owners)
    }


def _shared_before(source: Source) -> Iterable[SharedVariable]:
    """Return what another app of this process has made shared of a module."""
    access = origin.namespace(source.module).get(ACCESS)
    return access.variables if isinstance(access, SharedNames) else ()


def _all(source: Source) -> set[str]:
    """Return the names that a module has, or that a function of its may give it."""
    return {
        name for name in {*origin.namespace(source.module), *bound_in_functions(source)} if not name.startswith("__")
    }


def _values(source: Source) -> Iterable[Any]:
    return list(origin.namespace(source.module).values())
