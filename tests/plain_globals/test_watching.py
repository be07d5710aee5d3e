from __future__ import annotations

import pytest

from adapter.app.plain_globals.watching import MOST_BYTES, Watch
from adapter.commands.dev.own_data import OwnData
from adapter.state import codec
from tests.plain_globals.conftest import App

SOURCE = """
import threading
import store
log, table, n, text, nothing = [], {"a": [1]}, 0, "a", None
lock, big = threading.Lock(), ["x"] * 100_000
class Game:
    turn = 0
    def move(self):
        self.turn += 1
game = Game()
def f():
    global n, text, lock, nothing
    log.append(1)
    table["a"].append(2)
    n, text, lock, nothing = n + 1, text + "b", threading.Lock(), threading.Lock()
    game.turn += 1
    store.total += 1
def look():
    return log, table, n
def grow():
    global big
    big = [*big, "y"]
"""


def test_what_a_call_changes_is_named(app: App) -> None:
    """In place or bound anew, data is named; what cannot be stored, and what is only read, is not."""
    module = app.load(SOURCE, wanted=False, store="total = 0")
    watch = Watch(module.__name__)
    module.look()
    assert watch.changes() == []
    module.f()
    assert sorted(watch.changes()) == ["game", "log", "n", "store.total", "table", "text"]
    assert watch.changes() == []
    assert len(module.big) > MOST_BYTES / 2
    module.grow()
    assert watch.changes() == ["big"]


def test_large_data_costs_nothing_at_each_call(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of many rows is walked once; from then on it is noticed when it is another object."""
    module = app.load("rows = ['x' * 10] * 10_000\nfew = [1]\n", wanted=False)
    watch = Watch(module.__name__)
    walked: list[str] = []

    def encode(value: object, *, name: str) -> bytes:
        walked.append(name)
        return codec.encode(value, name=name)

    monkeypatch.setattr("adapter.app.plain_globals.watching.encode", encode)
    assert watch.changes() == []
    assert "few" in walked
    assert "rows" not in walked


def test_what_is_shared_is_not_told_of(app: App) -> None:
    """Shared data is the same in all environments."""
    module = app.load(SOURCE, wanted=["log", "n"], store="total = 0")
    watch = Watch(module.__name__)
    app.call(module.f)
    assert sorted(watch.changes()) == ["game", "store.total", "table", "text"]


@pytest.mark.parametrize("shares", [False, True])
def test_a_name_is_told_of_once(*, shares: bool) -> None:
    """The next environment that changes it says nothing new."""
    data = OwnData(shares=shares)
    first = data.warning(["scores"])
    assert first is not None
    assert "scores" in first
    assert data.warning(["scores"]) is None
    second = data.warning(["scores", "store.total"])
    assert second is not None
    assert "store.total" in second
    assert "scores" not in second
