"""The app's own functions, by their names, and ``functools.partial`` of them."""

from __future__ import annotations

import sys
from functools import partial
from types import BuiltinMethodType, FunctionType, MethodType, ModuleType
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, origin, registry
from adapter.state.codec.builtin import FACTORIES
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, ITEM, Refused
from adapter.state.codec.tree import Walker, encodes, pack


@encodes(FunctionType, atom=True)
def _function(value: FunctionType, walker: Walker, depth: int) -> Ext:
    module = sys.modules.get(value.__module__)
    tag = origin.tag(module) if module is not None else None
    if module is None or tag is None:
        raise Refused(
            f"is the function {value.__qualname__!r} of {value.__module__}, which the app does not define itself",
            "Store its name, or call it in a function of the app.",
        )
    if _lookup(module, value.__qualname__) is not value:
        raise Refused(
            f"is the function {value.__qualname__!r}, which nobody finds again by its name",
            "Define it by def, in a module and not in a function.",
        )
    return Ext(codes.FUNCTION, pack([tag, value.__qualname__]))


@decodes(codes.FUNCTION)
def _read_function(body: memoryview) -> Any:
    tag, qualname = unpack_list(body, 2)
    for module in origin.modules(expect(tag, str)):
        found = _lookup(module, expect(qualname, str))
        if found is not None:
            return found
    raise CannotRead(f"it holds the function {qualname!r} of {tag!r}, which the app does not define any more")


def _lookup(module: ModuleType, qualname: str) -> FunctionType | None:
    """Return the function of that name which ``module`` defines itself, running none of its code."""
    first, *names = qualname.split(".")
    found = origin.namespace(module).get(first)
    for name in names:
        found = vars(found).get(name) if isinstance(found, type) else None
    if isinstance(found, staticmethod):
        found = found.__func__
    if isinstance(found, FunctionType) and found.__qualname__ == qualname and found.__module__ in origin.names(module):
        return found
    return None


@encodes(MethodType, BuiltinMethodType, atom=True)
def _method(value: Any, walker: Walker, depth: int) -> Ext:
    owner = value.__self__
    if owner is None or isinstance(owner, ModuleType):
        raise Refused(
            f"is the function {value.__qualname__!r} of a library",
            "Store its name, or call it in a function of the app.",
        )
    raise Refused(
        f"is the method {value.__name__!r} of an object of type {type(owner).__name__}",
        "Store the object, and call its method where it is needed.",
    )


@encodes(partial)
def _partial(value: partial[Any], walker: Walker, depth: int) -> Ext:
    if isinstance(value.func, type):
        known = FACTORIES.get(value.func.__name__) is value.func
        func: Any = value.func.__name__ if known else [registry.reference(value.func)]
    else:
        func = walker.part(value.func, (ATTRIBUTE, "func"), depth)
    args = [walker.part(part, (ITEM, at), depth) for at, part in enumerate(value.args)]
    own = vars(value)
    more = [walker.attributes(own, depth)] if own else []
    return Ext(codes.PARTIAL, pack([func, args, walker.attributes(value.keywords, depth), *more]))


@decodes(codes.PARTIAL)
def _read_partial(body: memoryview) -> partial[Any]:
    func, args, keywords, *more = unpack_list(body, 3, 4)
    if isinstance(func, str):
        func = FACTORIES[func]
    elif isinstance(func, list):
        func = registry.find(*func)
    elif not isinstance(func, FunctionType):
        raise CannotRead(f"it has {type(func).__name__} where a function belongs")
    made = partial(func, *expect(args, list), **expect(keywords, dict))
    for own in more:
        vars(made).update(expect(own, dict))
    return made
