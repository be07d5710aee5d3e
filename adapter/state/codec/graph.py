"""The tree of a value whose parts refer to each other: each object that is shared stands by itself, under a number.

Numbers are given as the objects are met, which a process cannot do for the members of a set: their order is
that of their hashes. They are met in the order of what can be told of them without a number (see `ranking`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from msgspec.msgpack import Ext

from adapter.state.codec import codes
from adapter.state.codec.graph_walker import GraphWalker
from adapter.state.codec.ranking import Ranking
from adapter.state.codec.reading import unpack
from adapter.state.codec.refusal import Refused
from adapter.state.codec.survey import CannotBeMade, Node, Survey
from adapter.state.codec.tree import pack


class Numbering(GraphWalker):
    """Gives the objects their numbers as it meets them.

    Attributes:
        order: the objects that have a number, in the order of these.
    """

    __slots__ = ("_numbers", "_ranking", "order")

    def __init__(self, shared: dict[int, Node], survey: Survey, root: Any) -> None:
        super().__init__(shared, self._number, survey.makings)
        self.order: list[Node] = []
        self._numbers: dict[int, int] = {}
        self._ranking = Ranking(shared, self._numbers, survey.makings, root)

    def _number(self, node: Node) -> int:
        number = self._numbers.setdefault(id(node.value), len(self.order))
        if number == len(self.order):
            self.order.append(node)
        return number

    def members(self, values: Iterable[Any], depth: int) -> Sequence[Any]:
        values = list(values)
        for value in self._ranking.undecided(values):
            self.tree(value, depth + 1)  # which numbers what it refers to
        return super().members(values, depth)


def graph(value: Any, survey: Survey) -> bytes:
    """Return the payload of ``value`` with each of its objects once; the plain one where none is shared.

    Args:
        value: the value of a State.
        survey: a new one; after a refusal its `path` leads to what was refused.

    Raises:
        Refused: part of the value has no stored form.
    """
    payload = _written(value, survey)
    if survey.asks and not _is_read_back(payload):
        survey.path = []
        raise Refused(
            "holds a cycle in which a function of the app, or a hash, would ask for what is not there yet",
            "Leave one of its references out, for example by an id in its place.",
        )
    return payload


def _is_read_back(payload: bytes) -> bool:
    try:
        return _written(unpack(payload), Survey()) == payload
    except Exception:  # noqa: BLE001 - the app's own functions and hashes may raise anything
        return False


def _written(value: Any, survey: Survey) -> bytes:
    survey.take(value)
    try:
        shared = survey.shared()
    except CannotBeMade as error:
        survey.path = error.node.path()
        raise error.refused from None
    root = Node(value, None, [])
    numbering = Numbering(shared, survey, root)
    try:
        if not shared:
            return numbering.object(root)
        objects = [pack(numbering.tree(value))]
        objects.extend(map(numbering.object, numbering.order))  # which grows meanwhile
    except Exception:
        survey.path = (numbering.node.path() if numbering.node else []) + numbering.path
        raise
    return pack(Ext(codes.GRAPH, pack([msgspec.Raw(part) for part in objects])))
