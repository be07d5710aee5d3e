"""A long conversation, while environments come and go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Player, Step, python_client

pytestmark = pytest.mark.end_to_end

TURNS = 50


@pytest.fixture(scope="module")
def url(place: Place) -> Iterator[str]:
    """The chat of `apps/chat.py`, by environments that live for 7 invocations: a call takes two."""
    with place.serving(HERE / "apps/chat.py", "--environments", "3", "--recycle", "7") as server:
        yield server.url


def test_fifty_turns_keep_their_history(url: str) -> None:
    """Each answer knows the first message, the one before and how many there were; another session has none."""
    client, other = python_client(url), python_client(url)
    for turn in range(TURNS):
        job = client.submit(f"m{turn}", api_name="/talk")
        known = "0: [] []" if turn == 0 else f"{2 * turn}: ['m0'] ['m{turn - 1}']"
        assert job.result() == f"S: m{turn} after {known}"
        assert job.outputs()[0] == f"S: m{turn}"
    assert other.predict("new", "T", api_name="/talk") == "T: new after 0: [] []"


def test_both_clients_are_answered_alike(url: str, player: Player) -> None:
    """In Python and in JavaScript: a conversation for each session, and the additional input."""
    steps = [Step("A", "/talk", ["a", "S"]), Step("B", "/talk", ["b", "S"]), Step("A", "/talk", ["c", "T"])]

    assert player.replay(url, steps) == [
        "S: a after 0: [] []",
        "S: b after 0: [] []",
        "T: c after 2: ['a'] ['a']",
    ]
