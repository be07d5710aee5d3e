"""Graphs of objects of every kind, drawn by hypothesis; and what it means that two are the same."""

from __future__ import annotations

import random
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas
from hypothesis import strategies as st

from adapter.state import codec
from adapter.state.codec.tree import is_constant
from tests.state.codec import app

pd: Any = pandas
codec.register_type(app.Wrapped, name="test.Wrapped", encode=lambda wrapped: wrapped.parts, decode=app.Wrapped)
codec.register_type(app.Copied, encode=lambda copied: copied.parts, decode=lambda parts: app.Copied([*parts]))

Fill = Callable[[Any, list[Any]], Any]


def _set_parts(value: Any, parts: list[Any]) -> None:
    object.__setattr__(value, "parts", parts)


def _set_model(value: app.Tree, parts: list[Any]) -> None:
    value._parts = parts
    trees = [part for part in parts if isinstance(part, app.Tree)]
    value.children = trees
    value.parent = trees[0] if trees else None


def _set_keys(value: dict[Any, Any], parts: list[Any]) -> None:
    value.update((part, [part]) for part in _hashable(parts))


def _object_array(parts: list[Any]) -> Any:
    array = np.empty(len(parts), dtype=object)
    for at, part in enumerate(parts):
        array[at] = part
    return array


def _hashable(parts: list[Any]) -> list[Any]:
    return [part for part in parts if isinstance(part, app.Thing | app.SlottedThing | app.Member | app.FrozenMember)]


FILLED: dict[str, tuple[Callable[[int], Any], Fill]] = {
    "list": (lambda label: [label], list.extend),
    "dict": (lambda label: {"label": label}, lambda value, parts: value.update(zip("abc", parts, strict=False))),
    "keys": (lambda label: {"label": label}, _set_keys),
    "ordered": (lambda label: OrderedDict(label=label), _set_keys),
    "default": (lambda label: defaultdict(list, label=[label]), _set_keys),
    "counter": (lambda label: Counter({label: 1}), lambda value, parts: value.update(_hashable(parts))),
    "deque": (lambda label: deque([label], maxlen=4), deque.extend),
    "set": (lambda label: {label}, lambda value, parts: value.update(_hashable(parts))),
    "object": (app.Thing, _set_parts),
    "slots": (app.SlottedThing, _set_parts),
    "dataclass": (app.Member, _set_parts),
    "frozen": (lambda label: app.FrozenMember(label, []), lambda value, parts: value.parts.extend(parts)),
    "model": (lambda label: app.Tree(label=label), _set_model),
}  # fmt: skip
"""What may be made first and filled after that."""

MADE: dict[str, Callable[[int, list[Any]], Any]] = {
    "tuple": lambda label, parts: (label, *parts),
    "namedtuple": app.Holder,
    "frozenset": lambda label, parts: frozenset([label, *_hashable(parts)]),
    "array": lambda label, parts: _object_array([label, *parts]),
    "numbers": lambda label, parts: np.arange(label + 2),
    "bytearray": lambda label, parts: bytearray([label]),
    "frame": lambda label, parts: pd.DataFrame({"label": [label, label], "parts": _object_array([parts, parts])}),
    "custom": lambda label, parts: app.Wrapped([label, *parts[:1]]),
}
"""What is made of its parts."""


@dataclass(frozen=True)
class Recipe:
    """What a graph is made of: for each object its kind, its label and the numbers of its parts."""

    objects: tuple[tuple[str, int, tuple[int, ...]], ...]

    def build(self, seed: int) -> Any:
        """Return the first object, with all that it refers to; the seed decides on the order of what has none."""
        shuffled = random.Random(seed)
        made: dict[int, Any] = {}
        order = list(range(len(self.objects)))
        shuffled.shuffle(order)  # of addresses in memory, on which the order of a set depends
        keep = [bytearray(shuffled.randrange(1, 64)) for _ in order]
        for at in order:
            kind, label, _ = self.objects[at]
            if kind in FILLED:
                made[at] = FILLED[kind][0](label)
        for at, (kind, label, parts) in enumerate(self.objects):
            if kind in MADE:
                made[at] = MADE[kind](label, [made[part] for part in parts if part in made])
        for at in order:
            kind, _, parts = self.objects[at]
            if kind in FILLED:
                FILLED[kind][1](made[at], [made[part] for part in parts])
        del keep
        return [made[0], made[len(made) - 1]]


def recipes(kinds: list[str], *, labels: int, most: int = 8) -> st.SearchStrategy[Recipe]:
    """Return a strategy of recipes: drawn as bytes, which is quick."""

    def recipe(drawn: bytes) -> Recipe:
        objects = [drawn[at : at + 5] for at in range(0, len(drawn) - 4, 5)]
        return Recipe(
            tuple(
                (kinds[kind % len(kinds)], label % labels, tuple(part % len(objects) for part in parts if part < 200))
                for kind, label, *parts in objects
            )
        )

    return st.binary(min_size=5, max_size=5 * most).map(recipe)


class Isomorphism:
    """Pairs the objects of two values, each with one other."""

    def __init__(self) -> None:
        self._there: dict[int, int] = {}
        self._back: dict[int, int] = {}
        self._kept: list[Any] = []

    def same(self, a: Any, b: Any) -> bool:
        """Return whether ``a`` and ``b`` are equal by structure, and by which of their objects are one."""
        if type(a) is not type(b):
            return False
        if a is None or isinstance(a, str | int | float):
            return bool(a == b)
        if not is_constant(a, {}):
            if id(a) in self._there or id(b) in self._back:
                return self._there.get(id(a)) == id(b) and self._back.get(id(b)) == id(a)
            self._there[id(a)], self._back[id(b)] = id(b), id(a)
            self._kept += [a, b]
        return self._same_parts(a, b)

    def _same_parts(self, a: Any, b: Any) -> bool:
        if isinstance(a, dict):
            factories = (getattr(a, "default_factory", None), getattr(b, "default_factory", None))
            return factories[0] is factories[1] and self.all_same(_flat(a), _flat(b))
        if isinstance(a, set | frozenset):
            return self.all_same(sorted(a, key=_label), sorted(b, key=_label))
        if isinstance(a, list | tuple):
            return self.all_same(a, b)
        if isinstance(a, deque):
            return a.maxlen == b.maxlen and self.all_same(a, b)
        if isinstance(a, np.ndarray):
            return a.dtype == b.dtype and self.all_same(a.tolist(), b.tolist())
        if isinstance(a, bytearray):
            return bool(a == b)
        if isinstance(a, pd.DataFrame):
            return self.all_same(a.to_numpy().ravel().tolist(), b.to_numpy().ravel().tolist())
        return self.all_same(_attributes(a), _attributes(b))

    def all_same(self, some: Any, others: Any) -> bool:
        """Return whether they have the same parts in the same order."""
        some, others = list(some), list(others)
        return len(some) == len(others) and all(map(self.same, some, others))


def _label(value: Any) -> tuple[bool, int]:
    return (isinstance(value, int), value if isinstance(value, int) else value.label)


def _flat(values: dict[Any, Any]) -> list[Any]:
    return [part for pair in values.items() for part in pair]


def _attributes(value: Any) -> list[Any]:
    if isinstance(value, app.Tree):
        return [value.label, value.parent, value.children, value._parts]
    return [getattr(value, "label", None), getattr(value, "parts", None)]
