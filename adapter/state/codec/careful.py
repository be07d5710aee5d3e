"""Walks a value knowing where it is, and makes a tree also of what MessagePack cannot hold by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec.msgpack import Ext

from adapter.state.codec.codes import DICT, INT, STR
from adapter.state.codec.refusal import ATTRIBUTE, ITEM, KEY, MEMBER, Step, TooDeep
from adapter.state.codec.tree import ATOMS, ENCODERS, MAX_DEPTH, SCALARS, Shared, Walker, find_encoder, pack

_SMALLEST_INT: Final = -(2**63)
_LARGEST_INT: Final = 2**64 - 1


class CarefulWalker(Walker):
    """Walks a value knowing the path to where it is; stops at cycles, holds what MessagePack cannot.

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
            raise Shared
        if len(self._met) > self._check_at:
            self._check()
        self._open.add(id(value))
        tree = self.container(value, kind, depth)
        self._open.discard(id(value))
        return tree

    def container(self, value: Any, kind: type, depth: int) -> Any:
        """Return the tree of ``value``, of type ``kind``, which is not a plain one."""
        if depth >= MAX_DEPTH:
            raise TooDeep(MAX_DEPTH)
        if kind in ATOMS:
            return ATOMS[kind](value, self, depth)
        if kind is dict or kind is list or kind in ENCODERS:
            self._met.append(value)
            return self.parts(value, kind, depth)
        find_encoder(kind)
        return self.container(value, kind, depth)

    def parts(self, value: Any, kind: type, depth: int) -> Any:
        """Return the tree of ``value``, of type ``kind``, which `ENCODERS` holds."""
        if kind is dict:
            return self.mapping(value, depth)
        if kind is list:
            return self.items(value, depth)
        return ENCODERS[kind](value, self, depth)

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

    def own(self, values: dict[Any, Any], step: Step, depth: int) -> Any:
        self.path.append(step)
        tree = self.mapping(values, depth + 1)
        self.path.pop()
        return tree


def _is_unicode(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
