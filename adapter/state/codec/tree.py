"""Walks a value and makes of it a tree that MessagePack holds exactly; the tables of what can be stored.

MessagePack itself holds ``None``, ``bool``, ``int`` of 64 bits, ``float``, ``str``, ``bytes``, ``list`` and
``dict`` with keys of those. Everything else stands in an extension type, because msgspec would write it
as something it is not: a tuple or a set as a list, an Enum as its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, Final, TypeVar

import msgspec
from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec.codes import DICT, INT, STR
from adapter.state.codec.refusal import ATTRIBUTE, ITEM, KEY, MEMBER, Refused, Step, unknown_type

MAX_DEPTH: Final = 100
"""Levels of containers in containers; what is read back needs the stack of some 5 calls a level."""

MAX_CONTAINERS: Final = 1_000_000
"""Containers and objects in one value; ends the walk of a web of objects that share their parts."""

SCALARS: Final = frozenset({type(None), bool, int, float, str, bytes})
_SMALLEST_INT: Final = -(2**63)
_LARGEST_INT: Final = 2**64 - 1

Encode = Callable[[Any, "Walker", int], Any]
"""Makes the tree of a value; is given the walker and the value's depth for its parts."""

Decode = Callable[[memoryview], Any]
"""Makes the value from an extension's body."""

ENCODERS: dict[type, Encode] = {}
"""By exact type: a subclass is another type and would come back as its base."""

DECODERS: dict[int, Decode] = {}

RESOLVERS: list[Callable[[type], Encode | None]] = []
"""Asked in turn about a type that `ENCODERS` does not hold; the answer is kept there."""

_E = TypeVar("_E", bound=Encode)
_D = TypeVar("_D", bound=Decode)

pack = msgspec.msgpack.Encoder().encode


def encodes(*kinds: type) -> Callable[[_E], _E]:
    """Enter a function into `ENCODERS` for ``kinds``."""

    def enter(encode: _E) -> _E:
        ENCODERS.update(dict.fromkeys(kinds, encode))
        return encode

    return enter


def decodes(code: int) -> Callable[[_D], _D]:
    """Enter a function into `DECODERS` for the extension ``code``."""

    def enter(decode: _D) -> _D:
        DECODERS[code] = decode
        return decode

    return enter


def find_encoder(kind: type) -> Encode:
    """Return how a value of exactly ``kind`` is encoded, from now on found in `ENCODERS`.

    Raises:
        Refused: it has no stored form.
    """
    for resolve in RESOLVERS:
        encode = resolve(kind)
        if encode is not None:
            ENCODERS[kind] = encode
            return encode
    raise unknown_type(kind)


class Walker:
    """Walks a value as fast as Python can, without knowing where it is.

    It leaves to MessagePack's encoder to raise at an integer over 64 bits and at a lone surrogate; the
    caller then starts again with a `CarefulWalker`.
    """

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = MAX_CONTAINERS

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of ``value``, which stands inside ``depth`` containers."""
        kind = type(value)
        if kind in SCALARS:
            return value
        self._left -= 1
        if depth >= MAX_DEPTH:
            raise Refused(
                f"is nested inside {MAX_DEPTH} containers, the most that are stored", "Store a flatter value."
            )
        if self._left < 0:
            raise Refused(
                f"comes after {MAX_CONTAINERS:,} other containers and objects, the most that are stored",
                "What is referred to from several places counts, and is stored, once for each of them.",
            )
        if kind is dict:
            return self.mapping(value, depth)
        if kind is list:
            return self.items(value, depth)
        return (ENCODERS.get(kind) or find_encoder(kind))(value, self, depth)

    def items(self, values: Sequence[Any], depth: int) -> Sequence[Any]:
        """Return the trees of ``values``, a list or a tuple, which the path shows as ``[index]``."""
        if SCALARS.issuperset(map(type, values)):
            return values
        return list(map(self.tree, values, repeat(depth + 1)))

    def members(self, values: Iterable[Any], depth: int) -> Sequence[Any]:
        """Return the trees of ``values``, which have no place in their container."""
        return self.items(list(values), depth)

    def mapping(self, values: dict[Any, Any], depth: int) -> Any:
        """Return the tree of a dict, in its order."""
        # A loop: over the few entries of a usual dict it beats what the lists above are tested with.
        for key in values:
            if type(key) not in SCALARS:
                trees = map(self.tree, _flat(values), repeat(depth + 1))
                return Ext(DICT, pack(list(trees)))
        return self.attributes(values, depth)

    def attributes(self, values: dict[Any, Any], depth: int) -> dict[Any, Any]:
        """Return the trees of ``values`` under their names, which the path shows as ``.name``."""
        for value in values.values():
            if type(value) not in SCALARS:
                break
        else:
            return values
        tree, depth = self.tree, depth + 1
        return {name: value if type(value) in SCALARS else tree(value, depth) for name, value in values.items()}

    def part(self, value: Any, step: Step, depth: int) -> Any:
        """Return the tree of one part of what is being encoded, to which ``step`` leads."""
        return self.tree(value, depth + 1)


class CarefulWalker(Walker):
    """Walks a value knowing the path to where it is; finds cycles and what MessagePack cannot hold.

    Attributes:
        path: the steps to the value at hand; after a refusal, to the one that was refused.
    """

    __slots__ = ("_open", "path")

    def __init__(self) -> None:
        super().__init__()
        self.path: list[Step] = []
        self._open: set[int] = set()

    def tree(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind is int and not _SMALLEST_INT <= value <= _LARGEST_INT:
            return Ext(INT, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))
        if kind is str and not _is_unicode(value):
            return Ext(STR, value.encode("utf-8", "surrogatepass"))
        if kind in SCALARS:
            return value
        if id(value) in self._open:
            raise Refused(
                f"refers back to the {kind.__name__} that it stands in",
                "Store a value without cycles, for example ids.",
            )
        self._open.add(id(value))
        tree = super().tree(value, depth)
        self._open.discard(id(value))
        return tree

    def items(self, values: Sequence[Any], depth: int) -> Sequence[Any]:
        return [self.part(value, (ITEM, index), depth) for index, value in enumerate(values)]

    def members(self, values: Iterable[Any], depth: int) -> Sequence[Any]:
        return [self.part(value, (MEMBER, value), depth) for value in values]

    def mapping(self, values: dict[Any, Any], depth: int) -> Any:
        flat: list[Any] = []
        for key, value in values.items():
            flat.append(self.part(key, (KEY, key), depth))
            flat.append(self.part(value, (ITEM, key), depth))
        keys = flat[::2]
        if SCALARS.issuperset(map(type, keys)):
            return dict(zip(keys, flat[1::2], strict=True))
        return Ext(DICT, pack(flat))

    def attributes(self, values: dict[Any, Any], depth: int) -> dict[Any, Any]:
        return {name: self.part(value, (ATTRIBUTE, name), depth) for name, value in values.items()}

    def part(self, value: Any, step: Step, depth: int) -> Any:
        self.path.append(step)
        tree = self.tree(value, depth + 1)
        self.path.pop()
        return tree


def _flat(values: dict[Any, Any]) -> Iterable[Any]:
    for pair in values.items():
        yield from pair


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _extension(code: int, body: memoryview) -> Any:
    decode = DECODERS.get(code)
    if decode is None:
        raise CannotRead(f"it holds the extension type {code}, which this version of the adapter does not know")
    return decode(body)


unpack = msgspec.msgpack.Decoder(ext_hook=_extension).decode


def unpack_list(body: memoryview, *lengths: int) -> list[Any]:
    """Return the list that ``body`` holds.

    Raises:
        CannotRead: it is something else, or has none of the ``lengths`` where some are given.
    """
    value = unpack(body)
    if not isinstance(value, list) or (lengths and len(value) not in lengths):
        raise CannotRead(f"it has {type(value).__name__} where a list of {lengths or 'any'} items belongs")
    return value


def unpack_dict(body: memoryview) -> dict[Any, Any]:
    """Return the dict that ``body`` holds.

    Raises:
        CannotRead: it is something else.
    """
    return expect(unpack(body), dict)


_T = TypeVar("_T")


def expect(value: Any, kind: type[_T]) -> _T:
    """Return ``value``, part of a payload, if it is of exactly ``kind``.

    Raises:
        CannotRead: it is not.
    """
    if type(value) is not kind:
        raise CannotRead(f"it has {type(value).__name__} where {kind.__name__} belongs")
    return value
