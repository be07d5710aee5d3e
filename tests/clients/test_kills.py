"""Environments are killed at any time, and what was committed is there, once."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import python_client
from tests.support.dev import DevServer

pytestmark = pytest.mark.end_to_end

KILLS = 12
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def server(place: Place) -> Iterator[DevServer]:
    """The lists of `apps/roll_call.py`, served by three environments."""
    with place.serving(HERE / "apps/roll_call.py", "--environments", "3") as server:
        yield server


def environments(server: DevServer) -> list[int]:
    """Return the processes that the dev server's own one has forked."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            parents[int(entry.parent.name)] = int(entry.read_text().rpartition(")")[2].split()[1])
    return [pid for pid, parent in parents.items() if parents.get(parent) == server.process.pid]


@dataclass(frozen=True)
class Course:
    """How far the killing is.

    Attributes:
        hit: set when a call broke off.
        over: set when there are no more kills.
    """

    hit: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)


def killing(server: DevServer, work: Callable[[Course], Any]) -> Any:
    """Run ``work`` while environments are killed at random times, some in the midst of a call."""
    course = Course()
    chance = random.Random()
    hit: list[int] = []

    def kill() -> None:
        kills = 0
        while not course.over.is_set() and not (kills >= KILLS and course.hit.is_set()):
            course.over.wait(chance.uniform(0.05, 0.6))  # the time of a kill, not a wait for something
            victims = environments(server)
            if victims:
                hit.append(chance.choice(victims))
                with contextlib.suppress(ProcessLookupError):
                    os.kill(hit[-1], signal.SIGKILL)
                kills += 1
        course.over.set()

    with ThreadPoolExecutor(1) as killer:
        killed = killer.submit(kill)
        try:
            return work(course)
        finally:
            course.over.set()
            killed.result()
            give_up_at = time.monotonic() + PATIENCE_SECONDS
            while set(hit) & set(environments(server)):  # the server has not noticed yet, and may still ask one
                assert time.monotonic() < give_up_at, hit
                time.sleep(0.01)


def write_until_over(course: Course, client: Any, api: str, name: str) -> tuple[list[str], list[str]]:
    """Write one entry after the other until no more kills come; return those answered and those not."""
    answered: list[str] = []
    failed: list[str] = []
    while not course.over.is_set():
        entry = f"{name}-{len(answered) + len(failed)}"
        try:
            answer = client.predict(entry, api_name=api)
        except Exception:  # noqa: BLE001 - the client has many ways to say that its call broke off
            course.hit.set()
            failed.append(entry)
            assert len(failed) < 500, "nothing goes through"
        else:
            assert entry in answer
            answered.append(entry)
    return answered, failed


def test_kills_neither_lose_nor_double_what_everybody_writes(server: DevServer) -> None:
    """Of two clients: every answered entry is in the global list once, one that failed at most once."""
    # before the first kill: a client that is told nothing of the app at its start gives up
    clients = {name: python_client(server.url) for name in ("ann", "bob")}

    def work(course: Course) -> list[tuple[list[str], list[str]]]:
        with ThreadPoolExecutor(2) as threads:
            writers = [threads.submit(write_until_over, course, one, "/sign", name) for name, one in clients.items()]
            return [writer.result() for writer in writers]

    outcomes = killing(server, work)
    final = clients["ann"].predict("last", api_name="/sign")
    check(final, outcomes)


def test_kills_neither_lose_nor_double_what_a_session_writes(server: DevServer) -> None:
    """The same of one client's own list, whose order is that of the calls."""
    client = python_client(server.url, session="killed now and then")
    answered, failed = killing(server, lambda course: write_until_over(course, client, "/note", "carol"))
    final = client.predict("last", api_name="/note")
    check(final, [(answered, failed)])
    assert [entry for entry in final if entry in answered] == answered


def check(final: list[str], outcomes: list[tuple[list[str], list[str]]]) -> None:
    """Check that a list holds what it must."""
    assert len(set(final)) == len(final)
    for answered, _ in outcomes:
        assert answered
        assert set(answered) <= set(final)
    assert set(final) <= {"last", *(entry for pair in outcomes for entries in pair for entry in entries)}
