"""The handler of an app that says which of its data is shared."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from adapter.aws_lambda.handler import LambdaHandler
from adapter.calls import runner
from adapter.calls.call import Call
from adapter.errors import ConfigurationError
from tests.plain_globals.conftest import App

SOURCE = """
import adapter as gr

scores, best = [], 0.0

class Board:
    def __init__(self):
        self.names = []
    def sign(self, name):
        self.names.append(name)
        return self.names

board = Board()

def track(score):
    global best
    scores.append(score)
    best = max(best, score)
    return [scores, best]

with gr.Blocks() as demo:
    score, name, shown = gr.Number(), gr.Textbox(), gr.JSON()
    score.submit(track, score, shown)
    name.submit(board.sign, name, shown)
handler = gr.handler(demo{arguments})
"""


def call(handler: LambdaHandler, number: int, value: Any) -> Any:
    """Return what a call of a listener answers."""
    service = handler.app.state.service
    endpoint = service.blocks.listeners[number].endpoint
    return asyncio.run(runner.result(endpoint, Call(data=[value]), service.warm_store)).data[0]


@pytest.mark.parametrize(
    ("arguments", "setting", "shared"),
    [
        (", share_globals=True", "", {"scores", "best", "board"}),
        (", share_globals=['scores']", "", {"scores"}),
        (", share_globals='best'", "", {"best"}),
        ("", "1", {"scores", "best", "board"}),
        ("", "best,board", {"best", "board"}),
        (", share_globals=False", "1", set()),
        ("", "", set()),
    ],
)
def test_what_is_shared_is_said_to_the_handler_or_by_a_setting(
    arguments: str, setting: str, shared: set[str], app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The handler's argument counts, else ADAPTER_SHARE_GLOBALS; what is not shared stays the environment's own."""
    monkeypatch.setenv("ADAPTER_SHARE_GLOBALS", setting)
    module = app.load(SOURCE.replace("{arguments}", arguments), wanted=False)
    for number in (3, 5, 4):
        answers = call(module.handler, 0, number), call(module.handler, 1, f"{number}")
    assert answers == ([[3, 5, 4], 5], ["3", "5", "4"])
    keys = {f"G#app#{name}" for name in ("scores", "best", "board")}
    found = module.handler.app.state.service.warm_store.store.read(sorted(keys))
    assert {key.rpartition("#")[2] for key in found} == shared


def test_a_name_that_is_not_there_is_told_when_the_app_starts(app: App) -> None:
    """A mistake in a name does not leave the data unshared in silence."""
    with pytest.raises(ConfigurationError, match="'points'; the app's modules have no such name"):
        app.load(SOURCE.replace("{arguments}", ", share_globals=['points']"), wanted=False)


def test_a_name_that_a_global_state_has_is_refused(app: App) -> None:
    """Two things of one name would be one in the store."""
    with pytest.raises(ConfigurationError, match="is a GlobalState named 'scores'"):
        app.load(
            SOURCE.replace("{arguments}", ", share_globals=True").replace(
                "board = Board()", "board, other = Board(), gr.GlobalState(0, name='scores')"
            ),
            wanted=False,
        )
