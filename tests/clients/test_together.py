"""Many clients at once: every update is kept, and every call gets its own answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Node, Step, python_client

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def url(place: Place) -> Iterator[str]:
    """The lists of `apps/roll_call.py`, served by three environments."""
    with place.serving(HERE / "apps/roll_call.py", "--environments", "3") as server:
        yield server.url


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Run all of ``work`` at once and return what each returned."""
    with ThreadPoolExecutor(len(work)) as threads:
        return [one.result() for one in [threads.submit(one) for one in work]]


def test_eight_clients_write_one_global(url: str, place: Place) -> None:
    """Of 8 × 25 entries none is lost or doubled, and each answer has its caller's, after all earlier ones of his."""
    clients = [python_client(url) for _ in range(8)]
    entries = [[f"{number}-{turn}" for turn in range(25)] for number in range(8)]
    place.forget("everybody")

    def write(client: Any, mine: list[str]) -> None:
        for turn, entry in enumerate(mine):
            answer = client.predict(entry, api_name="/sign")
            assert [one for one in answer if one in mine] == mine[: turn + 1]

    at_once(*[lambda c=client, m=mine: write(c, m) for client, mine in zip(clients, entries, strict=True)])
    final = clients[0].predict("last", api_name="/sign")
    assert sorted(final) == sorted([entry for mine in entries for entry in mine] + ["last"])


def test_two_clients_share_a_session(url: str) -> None:
    """Whichever stream runs a call, its own client has the answer; the session's list has every entry once."""
    clients = [python_client(url, session="shared by two") for _ in range(2)]
    entries = [[f"{number}-{turn}" for turn in range(15)] for number in range(2)]

    def write(client: Any, mine: list[str]) -> None:
        for turn, entry in enumerate(mine):
            answer = client.predict(entry, api_name="/note")
            assert [one for one in answer if one in mine] == mine[: turn + 1]

    at_once(lambda: write(clients[0], entries[0]), lambda: write(clients[1], entries[1]))
    final = clients[0].predict("last", api_name="/note")
    assert sorted(final) == sorted([*entries[0], *entries[1], "last"])


def test_both_clients_share_a_session(url: str, node: Node) -> None:
    """One in Python and one in JavaScript: the same."""
    client = python_client(url, session="of both")
    mine = [f"python-{turn}" for turn in range(10)]
    theirs = [f"node-{turn}" for turn in range(10)]
    steps = [Step("A", "/note", [entry]) for entry in theirs]
    mine_shown, theirs_shown = at_once(
        lambda: [client.predict(entry, api_name="/note") for entry in mine],
        lambda: node.play(url, steps, sessions={"A": "of both"}).outputs,
    )
    for own, shown in ((mine, mine_shown), (theirs, theirs_shown)):
        for turn, answer in enumerate(shown):
            assert [one for one in answer if one in own] == own[: turn + 1]
    final = client.predict("last", api_name="/note")
    assert sorted(final) == sorted([*mine, *theirs, "last"])


def test_six_calls_of_one_python_client_at_once(url: str) -> None:
    """All are answered, each with its own entry."""
    client = python_client(url)
    entries = [f"entry {number}" for number in range(6)]
    jobs = [client.submit(entry, api_name="/note_slowly") for entry in entries]
    for entry, job in zip(entries, jobs, strict=True):
        assert entry in job.result(timeout=60)
    assert sorted(client.predict("last", api_name="/note")) == sorted([*entries, "last"])


def test_six_calls_of_one_node_client_at_once(url: str, node: Node) -> None:
    """The same in JavaScript."""
    entries = [f"entry {number}" for number in range(6)]
    steps = [Step("A", "/note_slowly", [entry]) for entry in entries]
    outputs = node.play(url, steps, at_once=True, sessions={"A": "six at once"}).outputs
    assert all(entry in answer for entry, answer in zip(entries, outputs, strict=True))
    (final,) = node.play(url, [Step("A", "/note", ["last"])], sessions={"A": "six at once"}).outputs
    assert sorted(final) == sorted([*entries, "last"])
