"""Values of the standard library's smaller modules: name spaces, patterns, addresses, fractions, drawers of chance.

None of the modules is imported to encode; to decode, those of a fixed list.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import ChainMap, UserDict, UserList, UserString
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.forms import fills
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE
from adapter.state.codec.tree import ATOMS, RESOLVERS, Encode, Walker, encodes, pack

_BY_ATTRIBUTES: dict[str, type | None] = {
    "types.SimpleNamespace": SimpleNamespace,
    "argparse.Namespace": None,
    "collections.ChainMap": ChainMap,
    "collections.UserDict": UserDict,
    "collections.UserList": UserList,
    "collections.UserString": UserString,
}
"""Classes whose instances are their attributes; ``None`` for one whose module waits for its first use."""

_BY_TEXT = frozenset(
    {
        "ipaddress.IPv4Address",
        "ipaddress.IPv4Interface",
        "ipaddress.IPv4Network",
        "ipaddress.IPv6Address",
        "ipaddress.IPv6Interface",
        "ipaddress.IPv6Network",
        "fractions.Fraction",
    }
)
"""Classes whose instances never change, and are made of the text that ``str()`` gives of them."""

_BY_PARTS: dict[str, tuple[Callable[[Any], list[Any]], Callable[[Any, list[Any]], Any]]] = {
    "array.array": (lambda value: [value.typecode, value.tolist()], lambda cls, parts: cls(*parts)),
    "time.struct_time": (
        lambda value: [list(value), value.tm_zone, value.tm_gmtoff],
        lambda cls, parts: cls(tuple(parts[0]), {"tm_zone": parts[1], "tm_gmtoff": parts[2]}),
    ),
    "urllib.parse.ParseResult": (list, lambda cls, parts: cls(*parts)),
    "urllib.parse.SplitResult": (list, lambda cls, parts: cls(*parts)),
    "random.SystemRandom": (lambda value: [], lambda cls, parts: cls()),
}
"""Classes whose instances are made of plain values: what gives these, and what makes an instance of them."""


def _resolve(kind: type) -> Encode | None:
    name = f"{kind.__module__}.{kind.__qualname__}"
    if getattr(sys.modules.get(kind.__module__), kind.__qualname__, None) is not kind:
        return None
    if name in _BY_TEXT:
        ATOMS[kind] = _text(name)
        return ATOMS[kind]
    if name == "random.Random":
        return _random
    if name in _BY_PARTS:
        return _parts(name)
    return _attributes(name) if name in _BY_ATTRIBUTES else None


RESOLVERS.append(_resolve)


def _class(name: str) -> Any:
    module, _, qualname = name.rpartition(".")
    return getattr(importlib.import_module(module), qualname)


def _attributes(name: str) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.NAMESPACE, pack([name, walker.attributes(vars(value), depth)]))

    return encode


def _make_namespace(name: Any) -> Any:
    if name not in _BY_ATTRIBUTES:
        raise CannotRead(f"it holds {name!r} as a name space, which is not known")
    cls: Any = _BY_ATTRIBUTES[name] or _class(name)
    return cls.__new__(cls)


@fills(codes.NAMESPACE, _make_namespace, 2, heads=1)
def _fill_namespace(value: Any, parts: list[Any]) -> None:
    vars(value).update(expect(parts[1], dict))


def _text(name: str) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.TEXT, pack([name, str(value)]))

    return encode


@decodes(codes.TEXT)
def _read_text(body: memoryview) -> Any:
    name, text = unpack_list(body, 2)
    if name not in _BY_TEXT:
        raise CannotRead(f"it holds {name!r} as a text, which is not known")
    return _class(name)(expect(text, str))


def _parts(name: str) -> Encode:
    take = _BY_PARTS[name][0]

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.PARTS, pack([name, walker.items(take(value), depth)]))

    return encode


@decodes(codes.PARTS)
def _read_parts(body: memoryview) -> Any:
    name, parts = unpack_list(body, 2)
    if name not in _BY_PARTS:
        raise CannotRead(f"it holds {name!r} by its parts, which is not known")
    return _BY_PARTS[name][1](_class(name), expect(parts, list))


@encodes(re.Pattern, atom=True)
def _pattern(value: re.Pattern[Any], walker: Walker, depth: int) -> Ext:
    text = walker.part(value.pattern, (ATTRIBUTE, "pattern"), depth)
    return Ext(codes.PATTERN, pack([text, value.flags & ~re.DEBUG]))


@decodes(codes.PATTERN)
def _read_pattern(body: memoryview) -> re.Pattern[Any]:
    text, flags = unpack_list(body, 2)
    if not isinstance(text, str | bytes):
        raise CannotRead(f"it has {type(text).__name__} where the text of a pattern belongs")
    return re.compile(text, expect(flags, int))


def _random(value: Any, walker: Walker, depth: int) -> Ext:
    version, numbers, gauss = value.getstate()
    return Ext(codes.RANDOM, pack([version, numbers, gauss]))


@decodes(codes.RANDOM)
def _read_random(body: memoryview) -> Any:
    version, numbers, gauss = unpack_list(body, 3)
    made = _class("random.Random")(0)
    made.setstate((version, tuple(expect(numbers, list)), gauss))
    return made
