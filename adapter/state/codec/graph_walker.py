"""Walks one object of a graph, with references in the places of those that stand by themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.msgpack import Ext

from adapter.state.codec import codes
from adapter.state.codec.careful import CarefulWalker
from adapter.state.codec.survey import Node
from adapter.state.codec.tree import pack


class GraphWalker(CarefulWalker):
    """Walks one object of a graph at a time, with references where the others are.

    Args:
        shared: the objects that stand by themselves, by id.
        label: what a reference to an object says.
        makings: what was made of objects to be stored in their place, by id.

    Attributes:
        node: the object that is walked, from which the path leads on; ``None`` for the whole value.
    """

    __slots__ = ("_label", "_makings", "_shared", "_start", "node")

    def __init__(self, shared: dict[int, Node], label: Callable[[Node], Any], makings: dict[int, Any]) -> None:
        super().__init__()
        self._shared = shared
        self._label = label
        self._makings = makings
        self._start: Node | None = None
        self.node: Node | None = None

    def object(self, node: Node) -> bytes:
        """Return the packed tree of one object."""
        self._start = self.node = node
        self.path = []
        self._open.clear()
        return pack(self.tree(node.value))

    def tree(self, value: Any, depth: int = 0) -> Any:
        node = self._shared.get(id(value))
        if node is None or value is not node.value:
            return super().tree(value, depth)
        if node is self._start:
            self._start = None  # it stands here once; inside, there are references to it
            return super().tree(value, depth)
        return Ext(codes.REFERENCE, pack(self._label(node)))

    def check_shared(self) -> None:
        """Take what is met again for constants: all else was looked for before."""

    def made(self, value: Any, make: Callable[[Any], Any], depth: int) -> Any:
        return self.tree(self._makings[id(value)] if id(value) in self._makings else make(value), depth + 1)
