"""Calls to DynamoDB and S3 for each request, counted where botocore sends them.

python -m benchmarks.round_trips
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import adapter as gr
from adapter.settings import Settings
from adapter.state.stores import connect
from benchmarks.apps import stateful
from benchmarks.emulator import BUCKET, TABLE, emulator
from benchmarks.measure import table
from benchmarks.visitor import KEYS, Handler, Visitor

Cases = dict[str, list[str]]
"""What each request sent, by the name of the case: ``["GetItem", "UpdateItem"]``."""


class Wire:
    """What was sent, in order; retries count as well."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def during(self, request: Callable[[], object]) -> list[str]:
        """Return what is sent during ``request``."""
        self.sent.clear()
        request()
        return list(self.sent)

    def watched(self, connect: Callable[[], Any]) -> Callable[[], Any]:
        """Return ``connect`` with a hook on the client that it makes."""

        def watched() -> Any:
            client = connect()
            client.meta.events.register("before-send", self._note)
            return client

        return watched

    def _note(self, event_name: str, **_: Any) -> None:
        self.sent.append(event_name.rpartition(".")[2])


@contextmanager
def watched_clients() -> Iterator[Wire]:
    """Watch every client to AWS that is made meanwhile."""
    wire = Wire()
    makers = {name: getattr(connect, name) for name in ("dynamodb_client", "s3_client")}
    for name, maker in makers.items():
        setattr(connect, name, wire.watched(maker))
    try:
        yield wire
    finally:
        for name, maker in makers.items():
            setattr(connect, name, maker)


def environment() -> Handler:
    """Return a handler as a new execution environment has it, with nothing warm."""
    settings = Settings(store=f"dynamodb://{TABLE}", state_bucket=BUCKET, session_keys=(KEYS,), log_level="WARNING")
    return gr.handler(stateful.demo, settings=settings)


def sessions(wire: Wire, here: Handler, there: Handler) -> Cases:
    """Count for the state of one session, kept as the page does and as Gradio's clients do."""
    page, client = Visitor(), Visitor(session_hash=os.urandom(6).hex())
    cases = {
        "no state": wire.during(lambda: page.call(here, "stateless", 1)),
        "session: first call": wire.during(lambda: Visitor().call(here, "session", 1, None)),
        "session: first call, `session_hash`": wire.during(lambda: client.call(here, "session", 1, None)),
    }
    page.call(here, "session", 1, None)
    cases |= {
        "session: read, warm, echo": wire.during(lambda: page.call(here, "session", 0, None)),
        "session: changed, warm, echo": wire.during(lambda: page.call(here, "session", 1, None)),
        "session: read, no echo": wire.during(lambda: client.call(here, "session", 0, None)),
        "session: changed, no echo": wire.during(lambda: client.call(here, "session", 1, None)),
        "session: changed, under a lease": wire.during(lambda: client.call(here, "leased", 1, None)),
        "session: changed, another environment": wire.during(lambda: page.call(there, "session", 1, None)),
    }
    page.call(here, "session", 1, None)
    other_tab = page.copy()
    page.call(there, "session", 1, None)
    cases["session: changed, another tab was first"] = wire.during(lambda: other_tab.call(here, "session", 1, None))
    return cases


def spilled(wire: Wire, here: Handler, there: Handler) -> Cases:
    """Count for a session whose state is kept in S3."""
    page = Visitor()
    return {
        "200 KB: first call": wire.during(lambda: page.call(here, "large", 1, None)),
        "200 KB: read, warm, echo": wire.during(lambda: page.call(here, "large", 0, None)),
        "200 KB: changed, warm, echo": wire.during(lambda: page.call(here, "large", 1, None)),
        "200 KB: changed, another environment": wire.during(lambda: page.call(there, "large", 1, None)),
    }


def shared(wire: Wire, here: Handler) -> Cases:
    """Count for state that all share."""
    page = Visitor()
    page.call(here, "session", 1, None)
    return {
        "global: read, nothing warm": wire.during(lambda: page.call(here, "read_shared", 1)),
        "global: read, warm": wire.during(lambda: page.call(here, "read_shared", 1)),
        "global: changed, first call": wire.during(lambda: page.call(here, "shared", 1)),
        "global: changed, later calls": wire.during(lambda: page.call(here, "shared", 1)),
        "global and session: changed, warm, echo": wire.during(lambda: page.call(here, "both", 1, None)),
    }


def queued(wire: Wire, here: Handler) -> Cases:
    """Count for a call through the queue, as `gradio_client` makes it."""
    session_hash = os.urandom(6).hex()
    client = Visitor(session_hash=session_hash)
    client.call(here, "session", 1, None)
    number = next(entry["id"] for entry in client.config(here)["dependencies"] if entry["api_name"] == "session")
    body = {"data": [1, None], "fn_index": number, "session_hash": session_hash}
    return {
        "queue: `/queue/join`": wire.during(lambda: client.send(here, "/gradio_api/queue/join", body)),
        "queue: `/queue/data`, session changed": wire.during(
            lambda: client.send(here, f"/gradio_api/queue/data?session_hash={session_hash}")
        ),
    }


def run() -> str:
    """Count and return the Markdown."""
    with emulator() as variables, watched_clients() as wire:
        os.environ.update(variables)
        there, here = environment(), environment()  # GlobalStates are those of the last one made
        cases = sessions(wire, here, there) | shared(wire, here) | spilled(wire, here, there) | queued(wire, here)
    rows = [(name, str(len(sent)), " · ".join(sent) or "–") for name, sent in cases.items()]
    return table(("request", "calls", "which"), rows)


if __name__ == "__main__":
    print(run())
