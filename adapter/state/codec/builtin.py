"""The standard library's containers, numbers and paths."""

from __future__ import annotations

import pathlib
import struct
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable
from decimal import Decimal
from functools import partial
from types import FunctionType
from typing import Any
from uuid import UUID

import msgspec
from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, registry
from adapter.state.codec.codes import TUPLE
from adapter.state.codec.forms import Need, decodes_whole, fills
from adapter.state.codec.reading import DECODERS, decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, Refused
from adapter.state.codec.tree import Walker, encodes, pack

FACTORIES: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        bool, int, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset,
        deque, defaultdict, OrderedDict, Counter,
    )
}  # fmt: skip
_PATHS: dict[str, type[pathlib.PurePath]] = {
    kind.__name__: kind
    for kind in (pathlib.PurePosixPath, pathlib.PureWindowsPath, pathlib.PosixPath, pathlib.WindowsPath)
}
_COMPLEX = struct.Struct(">dd")
_SORTABLE = (frozenset({str}), frozenset({int}))


@encodes(tuple)
def _tuple(value: tuple[Any, ...], walker: Walker, depth: int) -> Ext:
    return Ext(TUPLE, pack(walker.items(value, depth)))


@decodes(codes.TUPLE)
def _read_tuple(body: memoryview) -> tuple[Any, ...]:
    return tuple(unpack_list(body))


@encodes(set)
def _set(value: set[Any], walker: Walker, depth: int) -> Ext:
    return Ext(codes.SET, members(value, walker, depth))


@encodes(frozenset)
def _frozenset(value: frozenset[Any], walker: Walker, depth: int) -> Ext:
    return Ext(codes.FROZENSET, members(value, walker, depth))


def members(value: Iterable[Any], walker: Walker, depth: int) -> bytes:
    """Return the packed members of a set in an order that does not depend on their hashes, which differ per process."""
    if frozenset(map(type, value)) in _SORTABLE:
        return pack(walker.members(sorted(value), depth))
    packed = map(pack, walker.members(value, depth))
    return pack([msgspec.Raw(member) for member in sorted(packed)])


@fills(codes.SET, set, asks=Need.HASHES)
def _fill_set(value: set[Any], members: Any) -> None:
    value.update(expect(members, list))


@decodes_whole(codes.FROZENSET)
def _read_frozenset(body: memoryview) -> frozenset[Any]:
    return frozenset(unpack_list(body))


@fills(codes.DICT, dict, asks=Need.HASHES)
def _fill_dict(value: dict[Any, Any], flat: Any) -> None:
    value.update(zip(expect(flat, list)[::2], flat[1::2], strict=True))


@decodes(codes.INT)
def _read_int(body: memoryview) -> int:
    return int.from_bytes(body, "big", signed=True)


@decodes(codes.STR)
def _read_str(body: memoryview) -> str:
    return bytes(body).decode("utf-8", "surrogatepass")


@encodes(bytearray)
def _bytearray(value: bytearray, walker: Walker, depth: int) -> Ext:
    return Ext(codes.BYTEARRAY, bytes(value))


DECODERS[codes.BYTEARRAY] = bytearray


@encodes(complex, atom=True)
def _complex(value: complex, walker: Walker, depth: int) -> Ext:
    return Ext(codes.COMPLEX, _COMPLEX.pack(value.real, value.imag))


@decodes(codes.COMPLEX)
def _read_complex(body: memoryview) -> complex:
    return complex(*_COMPLEX.unpack(body))


@encodes(range, atom=True)
def _range(value: range, walker: Walker, depth: int) -> Ext:
    return Ext(codes.RANGE, pack(walker.items([value.start, value.stop, value.step], depth)))


@decodes(codes.RANGE)
def _read_range(body: memoryview) -> range:
    return range(*unpack_list(body, 3))


@encodes(slice)
def _slice(value: slice, walker: Walker, depth: int) -> Ext:
    parts = {"start": value.start, "stop": value.stop, "step": value.step}
    return Ext(codes.SLICE, pack(list(walker.attributes(parts, depth).values())))


@decodes(codes.SLICE)
def _read_slice(body: memoryview) -> slice:
    return slice(*unpack_list(body, 3))


@encodes(Decimal, atom=True)
def _decimal(value: Decimal, walker: Walker, depth: int) -> Ext:
    return Ext(codes.DECIMAL, str(value).encode())


@decodes(codes.DECIMAL)
def _read_decimal(body: memoryview) -> Decimal:
    return Decimal(bytes(body).decode())


@encodes(UUID, atom=True)
def _uuid(value: UUID, walker: Walker, depth: int) -> Ext:
    return Ext(codes.UUID, value.bytes)


@decodes(codes.UUID)
def _read_uuid(body: memoryview) -> UUID:
    return UUID(bytes=bytes(body))


@encodes(*_PATHS.values(), atom=True)
def _path(value: pathlib.PurePath, walker: Walker, depth: int) -> Ext:
    return Ext(codes.PATH, pack([type(value).__name__, walker.part(str(value), (ATTRIBUTE, "path"), depth)]))


@decodes(codes.PATH)
def _read_path(body: memoryview) -> pathlib.PurePath:
    kind, text = unpack_list(body, 2)
    return _PATHS[kind](expect(text, str))


@encodes(deque)
def _deque(value: deque[Any], walker: Walker, depth: int) -> Ext:
    return Ext(codes.DEQUE, pack([value.maxlen, walker.items(list(value), depth)]))


def _make_deque(maxlen: Any) -> deque[Any]:
    return deque(maxlen=maxlen)


@fills(codes.DEQUE, _make_deque, 2, heads=1)
def _fill_deque(value: deque[Any], parts: list[Any]) -> None:
    value.extend(expect(parts[1], list))


@encodes(defaultdict)
def _defaultdict(value: defaultdict[Any, Any], walker: Walker, depth: int) -> Ext:
    factory = value.default_factory
    if isinstance(factory, partial) or (isinstance(factory, FunctionType) and factory.__name__ != "<lambda>"):
        made_by = walker.part(factory, (ATTRIBUTE, "default_factory"), depth)
        return Ext(codes.DEFAULTDICT_BY, pack([made_by, walker.mapping(dict(value), depth)]))
    return Ext(codes.DEFAULTDICT, pack([name_of_factory(value.default_factory), walker.mapping(dict(value), depth)]))


def name_of_factory(factory: Any) -> Any:
    """Return what stands in a payload for what a defaultdict makes its defaults by.

    Raises:
        Refused: it is no type that can be stored.
    """
    if factory is None:
        return None
    if isinstance(factory, type):
        if FACTORIES.get(factory.__name__) is factory:
            return factory.__name__
        try:
            return [registry.reference(factory)]
        except Refused as refused:
            raise Refused(f"is a defaultdict whose default value {refused.fact}", refused.remedy) from refused
    named = getattr(factory, "__qualname__", factory)
    raise Refused(
        f"is a defaultdict whose default_factory is {named!r}, which has no stored form",
        "Use a type (list, dict, set, int, …), a function of a module, or a dict with setdefault().",
    )


def make_defaultdict(factory: Any) -> defaultdict[Any, Any]:
    """Return an empty defaultdict whose factory `name_of_factory` gave this name."""
    if isinstance(factory, str):
        if factory not in FACTORIES:
            raise CannotRead(f"it has a defaultdict of {factory!r}, which is not known")
        factory = FACTORIES[factory]
    elif factory is not None:
        factory = registry.find(*expect(factory, list))
    return defaultdict(factory)


@fills(codes.DEFAULTDICT, make_defaultdict, 2, heads=1, asks=Need.HASHES)
def _fill_defaultdict(value: defaultdict[Any, Any], parts: list[Any]) -> None:
    value.update(expect(parts[1], dict))


@fills(codes.DEFAULTDICT_BY, defaultdict, 2, asks=Need.HASHES)
def _fill_defaultdict_by(value: defaultdict[Any, Any], parts: list[Any]) -> None:
    if not callable(parts[0]):
        raise CannotRead(f"it has {type(parts[0]).__name__} where a defaultdict's function belongs")
    value.default_factory = parts[0]
    value.update(expect(parts[1], dict))


@encodes(OrderedDict)
def _ordereddict(value: OrderedDict[Any, Any], walker: Walker, depth: int) -> Ext:
    return Ext(codes.ORDEREDDICT, pack(walker.mapping(dict(value), depth)))


@fills(codes.ORDEREDDICT, OrderedDict, asks=Need.HASHES)
def _fill_ordereddict(value: OrderedDict[Any, Any], items: Any) -> None:
    value.update(expect(items, dict))


@encodes(Counter)
def _counter(value: Counter[Any], walker: Walker, depth: int) -> Ext:
    return Ext(codes.COUNTER, pack(walker.mapping(dict(value), depth)))


@fills(codes.COUNTER, Counter, asks=Need.HASHES)
def _fill_counter(value: Counter[Any], items: Any) -> None:
    dict.update(value, expect(items, dict))
