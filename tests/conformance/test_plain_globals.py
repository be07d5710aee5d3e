"""Scripts that keep data at module level: three environments with ``--share-globals`` are as one process of Gradio."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clients.drivers import Node, Python, Step
from tests.conformance.servers import RealGradio
from tests.support.dev import ROOT, dev_server

APPS = ROOT / "tests/plain_globals/apps"


def steps(*calls: tuple[Any, ...]) -> list[Step]:
    """Return calls by two sessions in turn: an endpoint and its arguments each."""
    return [Step("AB"[number % 2], f"/{call[0]}", call[1:]) for number, call in enumerate(calls)]


PLANS = {
    "score_tracker": steps(*(("track_score", score) for score in (3, 9, 4, 9, 1, 12, 5, 2))),
    "counter": steps(("visit", "Ann"), ("visit", "Bob"), ("visit", "Cy"), ("reset", 41), ("visit", "Di")),
    "chat_room": steps(
        ("enter", "Ann", "tea"), ("enter", "Bob", "tea"), ("say", "Ann", "tea", "Hello"), ("say", "Bob", "tea", "Hi"),
        ("read", "tea"), ("enter", "Cy", "rum"), ("who",), ("say", "Ann", "tea", "/leave"), ("who",), ("read", "tea"),
        ("say", "Bob", "tea", "/clear"), ("read", "tea"), ("read", "nowhere"), ("say", "Cy", "rum", "Anybody?"),
    ),
    "guest_book": steps(
        ("sign", "Ann", "Nice"), ("sign", "Bob", "Very nice"), ("sign", "Cy", "Oh"), ("strike", 1), ("sign", "Di", "So")
    ),
    "todo": steps(
        ("add", "Write"), ("add", "Read"), ("finish", 0), ("finish", 0), ("add", "Rest"), ("tidy",), ("finish", 1),
        ("tidy",),
    ),
    "trading_game": steps(
        ("buy", "Ann", "tea", 3), ("buy", "Bob", "rum", 3), ("buy", "Ann", "rum", 3), ("tomorrow",),
        ("buy", "Ann", "tea", 2),
        ("buy", "Bob", "tea", 1), ("tomorrow",), ("buy", "Bob", "tea", 9), ("buy", "Ann", "tea", 1), ("tomorrow",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_data_at_module_level_is_as_in_one_process(name: str, gradio: RealGradio, node: Node) -> None:
    """By both clients, each call of an unchanged script answers over three environments what it does in real Gradio."""
    script, plan = APPS / f"{name}.py", PLANS[name]
    arguments = ("--as-gradio", "--share-globals", "--no-reload", "--environments", "3", "--recycle", "7")
    theirs = [player.replay(gradio.url(script), plan) for player in (Python(), node)]
    with dev_server(script, *arguments) as server:
        ours = [player.replay(server.url, plan) for player in (Python(), node)]
    assert ours == theirs
