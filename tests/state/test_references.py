"""Which globals the functions of an app use, by what stands in their code."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from adapter.state.codec import origin, trust_folder
from adapter.state.global_counter import GlobalCounter
from adapter.state.global_state import GlobalState
from adapter.state.references import globals_named

scores: GlobalState[list[int]] = GlobalState([], "scores")
visits = GlobalCounter("visits")
others: GlobalState[dict[str, int]] = GlobalState({}, "others")
by_kind = {"a": others}


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count this file among the app's, whichever folders other tests in the process have trusted."""
    monkeypatch.setattr(origin, "_folders", {})
    trust_folder(Path(__file__).parent)


def direct() -> None:
    """Use one of each."""
    scores.append(1)
    visits.add()


def through_another() -> None:
    """Call a function that uses them."""
    direct()


def nested() -> Callable[[], Any]:
    """Use it in an inner function."""
    return lambda: [other for other in range(2) if scores]


def in_a_dict() -> Any:
    """Find it in a dict."""
    return by_kind["a"]


def from_a_default(state: Any = others) -> Any:
    """Have it as a default."""
    return state


def stream() -> Iterator[int]:
    """Use it in a generator."""
    yield len(scores)


@functools.wraps(stream)
def wrapped(*arguments: Any) -> Any:
    """Stand before another function."""
    return None


class Board:
    """Holds one."""

    def __init__(self) -> None:
        self.held = others

    def show(self) -> Any:
        """Use what it holds, and one of the module's."""
        return self.held, visits.value

    def __call__(self) -> Any:
        """Call a method."""
        return self.show()


def closed_over() -> Callable[[], Any]:
    """Return a function that has it in a closure."""
    mine = others
    return lambda: mine


def nothing(text: Any) -> Any:
    """Use none."""
    return text.upper()


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (direct, {"scores", "visits"}),
        (through_another, {"scores", "visits"}),
        (nested, {"scores"}),
        (in_a_dict, {"others"}),
        (from_a_default, {"others"}),
        (stream, {"scores"}),
        (wrapped, {"scores"}),
        (Board().show, {"others", "visits"}),
        (Board(), {"others", "visits"}),
        (closed_over(), {"others"}),
        (functools.partial(direct), {"scores", "visits"}),
        (functools.partial(nothing, others), {"others"}),
        (functools.lru_cache(direct), {"scores", "visits"}),
        (SimpleNamespace(), set()),
        (nothing, set()),
        (print, set()),
        (None, set()),
    ],
)
def test_the_globals_that_a_function_uses_are_found(function: Any, names: set[str]) -> None:
    """Directly, through others, in closures, defaults, partials, methods and containers."""
    assert globals_named([function]) == names
