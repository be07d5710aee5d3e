"""Finds out which objects of a value are referred to more than once, its cycles among them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from msgspec.msgpack import Ext

from adapter.state.codec import tree
from adapter.state.codec.careful import CarefulWalker
from adapter.state.codec.forms import FORMS, OF_WHOLE_PARTS
from adapter.state.codec.refusal import Refused, Step, TooDeep, type_name
from adapter.state.codec.tree import ATOMS, ENCODERS, SCALARS, find_encoder, is_constant, too_many

_MAX_LEVELS: Final = 50
"""Of tuples in tuples where these stand by themselves; reading one takes the stack of some 8 calls."""


class Node:
    """One object of a value.

    Attributes:
        value: the object.
        parent: what it was met in first; ``None`` for the whole value.
        steps: the way to it from there.
        references: how often it is referred to; once more for the whole value.
        parts: the objects that it refers to.
        is_filled: whether it is read back empty and then filled, so that its parts may refer to it.
    """

    __slots__ = ("is_filled", "parent", "parts", "references", "steps", "value")

    def __init__(self, value: Any, parent: Node | None, steps: list[Step]) -> None:
        self.value = value
        self.parent = parent
        self.steps = steps
        self.references = 0
        self.parts: list[Node] = []
        self.is_filled = True

    def path(self) -> list[Step]:
        """Return the way to it from the whole value."""
        steps: list[Step] = []
        node: Node | None = self
        while node is not None:
            steps = node.steps + steps
            node = node.parent
        return steps


class Survey(CarefulWalker):
    """Visits each object of a value once, one after the other, so that no web of them is too deep.

    The trees that it makes hold nothing.

    Attributes:
        makings: what was made of objects to be stored in their place, by id.
        asks: whether some object needs its parts whole when it is read back.
    """

    __slots__ = ("_constant", "_here", "_nodes", "_waiting", "asks", "makings")

    def __init__(self) -> None:
        super().__init__()
        self._nodes: dict[int, Node] = {}
        self._waiting: deque[Node] = deque()
        self._here: Node | None = None
        self._constant: dict[int, bool] = {}
        self.makings: dict[int, Any] = {}
        self.asks = False

    def take(self, value: Any) -> None:
        """Visit ``value`` and all that it holds.

        Raises:
            Refused: some of it has no stored form; `path` leads there.
        """
        self.tree(value)
        try:
            while self._waiting:
                self._visit(self._waiting.popleft())
        except Exception:
            self.path = (self._here.path() if self._here else []) + self.path
            raise

    def tree(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind in SCALARS:
            return None
        if kind not in ENCODERS and kind not in ATOMS and kind is not list and kind is not dict:
            find_encoder(kind)
        if kind in ATOMS:
            return ATOMS[kind](value, self, depth)
        node = self._nodes.get(id(value))
        if node is None:
            if len(self._nodes) >= tree.MAX_CONTAINERS:
                raise too_many()
            node = self._nodes[id(value)] = Node(value, self._here, self.path.copy())
            self._waiting.append(node)
        node.references += 1
        if self._here is not None:
            self._here.parts.append(node)
        return None

    def made(self, value: Any, make: Callable[[Any], Any], depth: int) -> Any:
        if id(value) not in self.makings:
            self.makings[id(value)] = make(value)
        return self.tree(self.makings[id(value)], depth + 1)

    def _visit(self, node: Node) -> None:
        self._here, self.path = node, []
        made = self.parts(node.value, type(node.value), 0)
        if isinstance(made, Ext):
            node.is_filled = made.code in FORMS
            self.asks = self.asks or (made.code in OF_WHOLE_PARTS and not self._is_constant(node))

    def shared(self) -> dict[int, Node]:
        """Return what has to stand by itself, by id: what is referred to more than once.

        What is made of its parts, as a tuple is, cannot be read before them: where it stands by itself they do too,
        and so may refer to it.

        Raises:
            CannotBeMade: something could not be read back.
        """
        found = {at: node for at, node in self._nodes.items() if node.references > 1 and not self._is_constant(node)}
        waiting = [node for node in found.values() if not node.is_filled]
        while waiting:
            for part in waiting.pop().parts:
                if part.is_filled:
                    found[id(part.value)] = part
                elif id(part.value) not in found:
                    waiting.append(part)
        _check_order(found.values())
        return found

    def _is_constant(self, node: Node) -> bool:
        return is_constant(node.value, self._constant)


def _check_order(nodes: Iterable[Node]) -> None:
    """Check that what is made of its parts can be: each after these, and none of too many levels of them.

    Raises:
        CannotBeMade: one cannot.
    """
    levels: dict[Node, int] = {}
    for start in nodes:
        if start.is_filled or start in levels:
            continue
        open_: dict[Node, Iterator[Node]] = {start: iter(start.parts)}
        while open_:
            node, parts = next(reversed(open_.items()))
            part = next(parts, None)
            if part is None:
                del open_[node]
                levels[node] = 1 + max((levels.get(part, 0) for part in node.parts), default=0)
                if levels[node] > _MAX_LEVELS:
                    raise CannotBeMade(node, TooDeep(_MAX_LEVELS))
            elif part in open_:
                raise CannotBeMade(part, _made_of_itself(part))
            elif not part.is_filled and part not in levels:
                open_[part] = iter(part.parts)


def _made_of_itself(node: Node) -> Refused:
    return Refused(
        f"is of type {type_name(type(node.value))} and refers back to itself, through nothing that can be made "
        f"before its parts",
        "Hold one of them in a list, a dict or an object, or store ids.",
    )


class CannotBeMade(Exception):
    """Raise while encoding when there is no order to read an object and its parts back in.

    Args:
        node: the object.
        refused: why.
    """

    def __init__(self, node: Node, refused: Refused) -> None:
        super().__init__(refused.fact)
        self.node = node
        self.refused = refused
