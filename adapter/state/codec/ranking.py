"""An order for the members of a set that refer to objects without a number yet, the same in every process.

Each object is given a colour: what its tree holds, with colours in the place of references, and from which
places of which colours it is referred to; again and again, until no two objects that can be told apart have
the same. This is colour refinement (Weisfeiler and Leman, 1968). Where two members still look alike, one of
them is given its number, which tells the objects around them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from adapter.state.codec.graph_walker import GraphWalker
from adapter.state.codec.survey import Node
from adapter.state.codec.tree import SCALARS, pack

_COLOUR_BYTES = 12
_MAX_REFINEMENTS = 200
"""What looks alike after so many numbers in one value is taken as it comes: it is the same from every side."""


class _ColourWalker(GraphWalker):
    """Walks an object with colours for references, and notes from where it refers to which."""

    __slots__ = ("_in_set", "places")

    def __init__(self, shared: dict[int, Node], colours: dict[int, Any], makings: dict[int, Any]) -> None:
        super().__init__(shared, lambda node: self._colour(node, colours), makings)
        self._in_set = 0
        self.places: list[tuple[int, Node]] = []

    def _colour(self, node: Node, colours: dict[int, Any]) -> Any:
        self.places.append((-1 if self._in_set else len(self.places), node))
        return colours[id(node.value)]

    def members(self, values: Iterable[Any], depth: int) -> Sequence[Any]:
        self._in_set += 1
        trees = super().members(values, depth)
        self._in_set -= 1
        return trees


class Ranking:
    """Ranks members of sets.

    Args:
        shared: the objects that stand by themselves, by id.
        numbers: those that have a number, by id; grows meanwhile.
        makings: what was made of objects to be stored in their place, by id.
        root: the whole value.
    """

    def __init__(self, shared: dict[int, Node], numbers: dict[int, int], makings: dict[int, Any], root: Node) -> None:
        self._shared = shared
        self._numbers = numbers
        self._makings = makings
        self._root = root
        self._colours: dict[int, Any] = {}
        self._refinements = 0

    def undecided(self, members: list[Any]) -> Iterator[Any]:
        """Yield those of ``members`` that refer to objects without a number, in an order; number as they come."""
        waiting = [member for member in members if type(member) not in SCALARS and self._is_open(member)]
        if len(waiting) < 2:
            yield from waiting
            return
        if not self._colours:
            self._refine()
        while waiting:
            ranked = sorted(((self._rank(member), at) for at, member in enumerate(waiting)))
            first, at = ranked[0]
            yield waiting.pop(at)
            alike = len(ranked) > 1 and ranked[1][0] == first
            waiting = [member for member in waiting if self._is_open(member)]
            if alike and waiting and self._refinements < _MAX_REFINEMENTS:
                self._refine()

    def _is_open(self, member: Any) -> bool:
        walker = _ColourWalker(self._shared, dict.fromkeys(self._shared), self._makings)
        walker.tree(member)
        return any(id(node.value) not in self._numbers for _, node in walker.places)

    def _rank(self, member: Any) -> bytes:
        return pack(_ColourWalker(self._shared, self._known(), self._makings).tree(member))

    def _known(self) -> dict[int, Any]:
        return {**self._colours, **self._numbers}

    def _refine(self) -> None:
        """Refine the colours until there are no more of them than before."""
        self._refinements += 1
        nodes = list(self._shared.values())
        colours: dict[int, Any] = self._known() if self._colours else {**dict.fromkeys(self._shared), **self._numbers}
        count = 0
        while len(set(colours.values())) > count:
            count = len(set(colours.values()))
            if count == len(nodes) and all(colour is not None for colour in colours.values()):
                break
            colours = self._refined(nodes, colours)
        self._colours = colours

    def _refined(self, nodes: list[Node], colours: dict[int, Any]) -> dict[int, Any]:
        inside: dict[int, bytes] = {}
        around: dict[int, list[bytes]] = {at: [] for at in self._shared}
        for node in [self._root, *nodes]:
            walker = _ColourWalker(self._shared, colours, self._makings)
            is_root = node is self._root
            tree = pack(walker.tree(node.value)) if is_root else walker.object(node)
            own = b"root" if is_root else pack(colours[id(node.value)])
            if not is_root:
                inside[id(node.value)] = tree
            for place, other in walker.places:
                around[id(other.value)].append(pack([own, place]))
        return {
            at: _digest([pack(colours[at]), inside[at], *sorted(around[at])])
            if at not in self._numbers
            else colours[at]
            for at in self._shared
        }


def _digest(parts: list[bytes]) -> bytes:
    return blake2b(pack(parts), digest_size=_COLOUR_BYTES).digest()
