"""What a script draws by chance or by the clock, in environments that are killed all the time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Player, Step
from tests.support.dev import DevServer

pytestmark = pytest.mark.end_to_end

CALLS = 6
"""Of which environments that had drawn for themselves would answer two thirds otherwise."""
FIXED = ("key", "first", "state_uuid", "state_shuffled", "state_clock", "state_set")
"""Endpoints without an input, whose answer was drawn."""
PLACED = ("closure", "method", "partial", "default")
"""Endpoints that answer by a place in a list that was drawn."""


@pytest.fixture(scope="module")
def server(sqlite: Place) -> Iterator[DevServer]:
    """The quiz on three environments, each killed after seven invocations."""
    with sqlite.serving(HERE / "apps" / "quiz.py", "--environments", "3", "--recycle", "7") as running:
        yield running


def shown(server: DevServer) -> dict[str, dict[str, Any]]:
    """Return the props of the components with a label, as the page of some environment shows them."""
    config = httpx.get(f"{server.url}/config", trust_env=False).json()
    return {one["props"]["label"]: one["props"] for one in config["components"] if one["props"].get("label")}


def test_all_pages_show_what_the_first_environment_drew(server: DevServer) -> None:
    """A reload shows the same choices and ids, whichever environment answers."""
    first = shown(server)
    assert all(shown(server) == first for _ in range(3 * CALLS))


def test_a_choice_means_in_every_environment_what_it_means_on_the_page(server: DevServer, player: Player) -> None:
    """Its place in a shuffled list, what a dict drawn by chance says of it, and whether it is a choice at all."""
    props = shown(server)
    names = [value for _, value in props["Who?"]["choices"]][:CALLS]
    assert player.replay(server.url, [Step("A", "/pick", [name]) for name in names]) == names
    known = player.replay(server.url, [Step("A", "/look_up", [name]) for name in names])
    assert len(set(known)) == len(names)
    assert player.replay(server.url, [Step("A", "/look_up", [name]) for name in names]) == known
    ids = [value for _, value in props["Ids"]["choices"]]
    assert player.replay(server.url, [Step("A", "/ids", [ids]) for _ in range(3)]) == [",".join(ids)] * 3


def test_a_default_that_was_drawn_is_one_for_all_sessions(server: DevServer, player: Player) -> None:
    """As in Gradio, whose one process draws it once: within a session and between sessions."""
    steps = [Step(session, f"/{api}", []) for api in FIXED for session in "AB" for _ in range(CALLS // 2)]
    answers = [str(answer) for answer in player.replay(server.url, steps)]
    assert [len(set(answers[at : at + CALLS])) for at in range(0, len(answers), CALLS)] == [1] * len(FIXED)


def test_a_function_keeps_what_was_drawn_for_it(server: DevServer, player: Player) -> None:
    """In its closure, its object, its partial's arguments and its defaults."""
    steps = [Step("A", f"/{api}", [place]) for _ in range(CALLS // 2) for place in range(2) for api in PLACED]
    answers = player.replay(server.url, steps)
    assert answers == answers[: 2 * len(PLACED)] * (CALLS // 2)


def test_what_was_drawn_is_said_once(server: DevServer) -> None:
    """By name, and not again by each new environment."""
    said = [line for line in server.output.splitlines() if "drawn by chance or by the clock" in line]
    assert len(said) == 1
    assert "Who?" in said[0]
