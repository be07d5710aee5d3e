"""Where two answers differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ABSENT = "(absent)"


def differences(theirs: Any, ours: Any, place: str = "") -> Iterator[str]:
    """Yield a line for each place where ``ours`` is not ``theirs``; a number's type counts, as it does in JSON."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in [*theirs, *(name for name in ours if name not in theirs)]:
            yield from differences(theirs.get(name, ABSENT), ours.get(name, ABSENT), f"{place}.{name}")
    elif isinstance(theirs, list) and isinstance(ours, list):
        for number in range(max(len(theirs), len(ours))):
            here, there = (one[number] if number < len(one) else ABSENT for one in (theirs, ours))
            yield from differences(here, there, f"{place}[{number}]")
    elif type(theirs) is not type(ours) or theirs != ours:
        yield f"{place}: Gradio {theirs!r}, the adapter {ours!r}"
