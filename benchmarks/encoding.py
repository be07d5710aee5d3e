"""What it costs to keep the identity of objects in States: encoding, next to an encoder that looks for none."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

from adapter.state.codec import encode, registry
from adapter.state.codec.refusal import TooDeep
from adapter.state.codec.tree import ATOMS, ENCODERS, MAX_DEPTH, SCALARS, Walker, pack
from benchmarks.measure import Figures, interleaved, table

ROUNDS = 41
SECONDS = 0.01


class _Forgetful(Walker):
    """The walk as it was before identity was kept: it counts what it meets and does not remember it."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = 1_000_000

    def items(self, values: Sequence[Any], depth: int) -> Sequence[Any]:
        if SCALARS.issuperset(map(type, values)):
            return values
        return list(map(self.tree, values, repeat(depth + 1)))

    def attributes(self, values: dict[Any, Any], depth: int) -> dict[Any, Any]:
        for value in values.values():
            if type(value) not in SCALARS:
                break
        else:
            return values
        tree, depth = self.tree, depth + 1
        return {name: value if type(value) in SCALARS else tree(value, depth) for name, value in values.items()}

    def tree(self, value: Any, depth: int = 0) -> Any:
        kind = type(value)
        if kind in SCALARS:
            return value
        self._left -= 1
        if depth >= MAX_DEPTH or self._left < 0:
            raise TooDeep(MAX_DEPTH)
        if kind is dict:
            return self.mapping(value, depth)
        if kind is list:
            return self.items(value, depth)
        return (ENCODERS.get(kind) or ATOMS[kind])(value, self, depth)


@registry.register_type
@dataclass
class Piece:
    """A part of a game."""

    name: str
    at: tuple[int, int]
    moves: list[tuple[int, int]] = field(default_factory=list)


def _values() -> dict[str, Any]:
    drawn = random.Random(1)
    return {
        "a chat of 100 messages": [
            {"role": "user", "content": "word " * 20, "metadata": {"title": None}, "options": []} for _ in range(100)
        ],
        "a board of 20 × 20 numbers": [[drawn.randrange(9) for _ in range(20)] for _ in range(20)],
        "200 dataclasses": [Piece(str(n), (n, drawn.randrange(9)), [(n, 1)]) for n in range(200)],
        "a cart of nested dicts": {
            f"item {n}": {"price": n / 7, "tags": {"new", f"tag {n}"}, "at": {"shelf": {"row": n}}} for n in range(100)
        },
        "a short dict": {"count": 1, "names": ["a", "b"], "at": (1, 2)},
    }


def run() -> str:
    """Return the table: time to encode, and the ratio to the encoder without identity, in interleaved rounds."""
    rows = []
    for name, value in _values().items():
        ways: dict[str, Callable[[], bytes]] = {
            "without": lambda value=value: pack(_Forgetful().tree(value)),  # type: ignore[misc]
            "with": lambda value=value: encode(value, name="value"),  # type: ignore[misc]
        }
        assert ways["with"]() == ways["without"]()
        samples = interleaved({way: lambda run=run: _measured(run) for way, run in ways.items()}, rounds=ROUNDS)  # type: ignore[misc]
        before, now = (min(figures["µs"] for figures in samples[way]) for way in ("without", "with"))
        rows.append([name, f"{before:,.1f}", f"{now:,.1f}", f"{now / before:.2f}"])
    return table(["value", "without identity, µs", "with, µs", "ratio"], rows)


def _measured(encode_once: Callable[[], bytes]) -> Figures:
    """Measure for about a hundredth of a second of CPU time."""
    times, started = 0, time.process_time()
    while (spent := time.process_time() - started) < SECONDS:
        for _ in range(5):
            encode_once()
        times += 5
    return {"µs": spent / times * 1e6}
