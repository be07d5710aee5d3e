"""Walks a value and makes of it a tree that MessagePack holds exactly; the table of what can be stored.

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

from adapter.state.codec.codes import DICT
from adapter.state.codec.refusal import Refused, Step, TooDeep, unknown_type

MAX_DEPTH: Final = 100
"""Levels of containers in containers; what is read back needs the stack of some 5 calls a level."""

MAX_CONTAINERS: Final = 1_000_000
"""Containers and objects in one value."""

_FIRST_CHECK: Final = 1_000
"""After so many containers a walk looks whether it meets them again and again; then after twice as many."""

SCALARS: Final = frozenset({type(None), bool, int, float, str, bytes})

Encode = Callable[[Any, "Walker", int], Any]
"""Makes the tree of a value; is given the walker and the value's depth for its parts."""

ENCODERS: dict[type, Encode] = {}
"""By exact type: a subclass is another type and would come back as its base."""

ATOMS: dict[type, Encode] = {}
"""The same for types whose instances nobody can change: whether two places hold one of them or two equal ones is
no part of a value."""

RESOLVERS: list[Callable[[type], Encode | None]] = []
"""Asked in turn about a type that neither holds; the answer is kept in `ENCODERS`, but for what is in `ATOMS` then."""

_E = TypeVar("_E", bound=Encode)

pack = msgspec.msgpack.Encoder().encode


def encodes(*kinds: type, atom: bool = False) -> Callable[[_E], _E]:
    """Enter a function into `ENCODERS` for ``kinds``, or into `ATOMS`."""

    def enter(encode: _E) -> _E:
        (ATOMS if atom else ENCODERS).update(dict.fromkeys(kinds, encode))
        return encode

    return enter


def find_encoder(kind: type) -> None:
    """Enter how a value of exactly ``kind`` is encoded into `ENCODERS` or `ATOMS`.

    Raises:
        Refused: it has no stored form.
    """
    for resolve in RESOLVERS:
        encode = resolve(kind)
        if encode is not None:
            if kind not in ATOMS:
                ENCODERS[kind] = encode
            return
    raise unknown_type(kind)


class Shared(Exception):
    """Raise while walking when parts of the value are met again: it takes a graph to hold them."""


class Walker:
    """Walks a value as fast as Python can, without knowing where it is.

    It leaves to MessagePack's encoder to raise at an integer over 64 bits and at a lone surrogate; the
    caller then starts again with a `CarefulWalker`.
    """

    __slots__ = ("_check_at", "_met")

    def __init__(self) -> None:
        # What was met is held, so that no other object is given its id.
        self._met: list[Any] = []
        self._check_at = _FIRST_CHECK

    def tree(self, value: Any, depth: int = 0) -> Any:
        """Return the tree of ``value``, which stands inside ``depth`` containers."""
        kind = type(value)
        if kind in SCALARS:
            return value
        if depth >= MAX_DEPTH:
            raise TooDeep(MAX_DEPTH)
        if kind is dict:
            self._met.append(value)
            for key in value:
                if type(key) is not str and type(key) not in SCALARS:
                    return self.mapping(value, depth)
            return self.attributes(value, depth)
        if kind is list:
            self._met.append(value)
            return value if SCALARS.issuperset(map(type, value)) else self.items(value, depth)
        encode = ENCODERS.get(kind)
        if encode is not None:
            self._met.append(value)
            return encode(value, self, depth)
        encode = ATOMS.get(kind)
        if encode is not None:
            return encode(value, self, depth)
        find_encoder(kind)
        return self.tree(value, depth)

    def check_shared(self) -> None:
        """Raise `Shared` if something was met twice whose identity is part of the value."""
        met = self._met
        if len(met) < 2 or len(first := set(map(id, met))) == len(met):
            return
        constant: dict[int, bool] = {}
        for value in met:
            if id(value) in first:
                first.discard(id(value))
            elif not is_constant(value, constant):
                raise Shared

    def _check(self) -> None:
        self.check_shared()
        if len(self._met) > MAX_CONTAINERS:
            raise too_many()
        self._check_at = min(2 * len(self._met), MAX_CONTAINERS)

    def items(self, values: Sequence[Any], depth: int) -> Sequence[Any]:
        """Return the trees of ``values``, a list or a tuple, which the path shows as ``[index]``."""
        if SCALARS.issuperset(map(type, values)):
            return values
        if len(self._met) > self._check_at:
            self._check()
        return list(map(self.tree, values, repeat(depth + 1)))

    def members(self, values: Iterable[Any], depth: int) -> Sequence[Any]:
        """Return the trees of ``values``, which have no place in their container."""
        return self.items(list(values), depth)

    def mapping(self, values: dict[Any, Any], depth: int) -> Any:
        """Return the tree of a dict, in its order."""
        # A loop: over the few entries of a usual dict it beats what the lists above are tested with.
        for key in values:
            if type(key) not in SCALARS:
                if len(self._met) > self._check_at:
                    self._check()
                trees = map(self.tree, _flat(values), repeat(depth + 1))
                return Ext(DICT, pack(list(trees)))
        return self.attributes(values, depth)

    def attributes(self, values: dict[Any, Any], depth: int) -> dict[Any, Any]:
        """Return the trees of ``values`` under their names, which the path shows as ``.name``."""
        tree = None
        for name, value in values.items():
            if type(value) not in SCALARS:
                if tree is None:
                    if len(self._met) > self._check_at:
                        self._check()
                    tree, depth = values.copy(), depth + 1
                tree[name] = self.tree(value, depth)
        return values if tree is None else tree

    def part(self, value: Any, step: Step, depth: int) -> Any:
        """Return the tree of one part of what is being encoded, to which ``step`` leads."""
        return self.tree(value, depth + 1)

    def own(self, values: dict[Any, Any], step: Step, depth: int) -> Any:
        """Return the tree of a dict that what is being encoded holds for itself, and gives out as a copy."""
        return self.mapping(values, depth + 1)

    def made(self, value: Any, make: Callable[[Any], Any], depth: int) -> Any:
        """Return the tree of what ``make`` makes of ``value``, to be stored in its place."""
        return self.tree(make(value), depth + 1)


def is_constant(value: Any, known: dict[int, bool]) -> bool:
    """Return whether nothing in ``value`` can be changed, so that its identity does not count.

    Args:
        value: what is asked about.
        known: earlier answers, by the id of what they are about.
    """
    kind = type(value)
    if kind in SCALARS or kind in ATOMS:
        return True
    if kind is slice:
        return all(is_constant(part, known) for part in (value.start, value.stop, value.step))
    if not isinstance(value, tuple | frozenset) or getattr(value, "__dict__", None):
        return False
    answer = known.get(id(value))
    if answer is None:
        answer = known[id(value)] = all(is_constant(part, known) for part in value)
    return answer


def too_many() -> Refused:
    """Return the refusal of a value of too many containers."""
    return Refused(
        f"comes after {MAX_CONTAINERS:,} other containers and objects, the most that are stored", "Store less."
    )


def _flat(values: dict[Any, Any]) -> Iterable[Any]:
    for pair in values.items():
        yield from pair
