"""Gradio's own clients, unmodified: the one for Python, and in Node the one for JavaScript."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.support.dev import ROOT

PLAYER = Path(__file__).with_name("player.mjs")
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Step:
    """One call.

    Attributes:
        session: the client's name.
        api: the endpoint, with its slash.
        data: the arguments, in order.
        watch: whether every event is wanted instead of the data; only in JavaScript.
        event_data: what a page tells of its event; only in JavaScript, and with ``watch``.
    """

    session: str
    api: str
    data: Sequence[Any]
    watch: bool = False
    event_data: Any = None


@dataclass(frozen=True)
class Played:
    """What the JavaScript client made of its steps.

    Attributes:
        results: one for each step: ``data``, ``error`` with ``title``, or ``events``.
        apis: what its ``view_api()`` returned.
    """

    results: list[dict[str, Any]]
    apis: dict[str, Any]

    @property
    def outputs(self) -> list[Any]:
        """The single output of each step; fails if a step has none."""
        assert all(len(result.get("data", ())) == 1 for result in self.results), self.results
        return [result["data"][0] for result in self.results]


class Player(Protocol):
    """A client that plays the steps of a transcript."""

    def replay(self, url: str, steps: Sequence[Step]) -> list[Any]:
        """Play ``steps`` one after the other, with new sessions; return each one's output, or its list of them."""
        ...

    def apis(self, url: str) -> dict[str, Any]:
        """Return its description of the API."""
        ...


def python_client(url: str, *, session: str | None = None, **options: Any) -> Any:
    """Return a ``gradio_client.Client``.

    Args:
        url: of the app.
        session: its ``session_hash``; its own choice unless given.
        options: of its constructor.
    """
    from gradio_client import Client  # imports for a second: only where it is used

    # without certificates to load, which takes longer than a call; the addresses are of this machine
    options = {"ssl_verify": False, "httpx_kwargs": {"trust_env": False, "timeout": PATIENCE_SECONDS}, **options}
    client = Client(url, verbose=False, analytics_enabled=False, **options)
    if session is not None:
        client.session_hash = session
    return client


class Python:
    """``gradio_client``, with one client for each name."""

    def __init__(self) -> None:
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, url: str, name: str = "A") -> Any:
        """Return the client called ``name``."""
        if (url, name) not in self._clients:
            self._clients[url, name] = python_client(url)
        return self._clients[url, name]

    def replay(self, url: str, steps: Sequence[Step]) -> list[Any]:
        for name in {step.session for step in steps}:
            self.client(url, name).reset_session()
        results = [self.client(url, step.session).predict(*step.data, api_name=step.api) for step in steps]
        return [list(result) if isinstance(result, tuple) else result for result in results]

    def apis(self, url: str) -> dict[str, Any]:
        found: dict[str, Any] = self.client(url).view_api(return_format="dict")
        return found


class Node:
    """``@gradio/client``, with one client for each name, in one process for all plays."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._answers: queue.Queue[str | None] = queue.Queue()
        self._playing = threading.Lock()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def play(
        self, url: str, steps: Sequence[Step], *, sessions: Mapping[str, str] | None = None, at_once: bool = False
    ) -> Played:
        """Play ``steps``.

        Args:
            url: of the app.
            steps: the calls.
            sessions: ``session_hash`` by the client's name; those left out get new ones.
            at_once: whether the calls overlap.
        """
        plan = {
            "url": url,
            "sessions": {step.session: (sessions or {}).get(step.session) for step in steps} or {"A": None},
            "steps": [asdict(one) for one in steps],
            "at_once": at_once,
        }
        assert self._process.stdin is not None
        with self._playing:
            self._process.stdin.write(json.dumps(plan) + "\n")
            self._process.stdin.flush()
            line = self._answers.get(timeout=PATIENCE_SECONDS)
        assert line is not None, "Node ended"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return Played(**answer)

    def replay(self, url: str, steps: Sequence[Step]) -> list[Any]:
        played = self.play(url, steps)
        assert all("data" in result for result in played.results), played.results
        return [result["data"][0] if len(result["data"]) == 1 else result["data"] for result in played.results]

    def apis(self, url: str) -> dict[str, Any]:
        return self.play(url, []).apis

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put(None)

    def end(self) -> None:
        """End the process."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:  # a client that waits for ever, which its test has told already
            self._process.kill()
            self._process.wait()
        self._reader.join()


@contextmanager
def running_node() -> Iterator[Node]:
    """Give the JavaScript client.

    Without Node or the client the test is skipped; under ``CI=true`` it fails.
    """
    if shutil.which("node") is None or not (ROOT / "tests/node_modules/@gradio/client").is_dir():
        missing = "no Node with @gradio/client in tests/node_modules/; run scripts/setup test"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    node = Node(subprocess.Popen(["node", PLAYER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    try:
        yield node
    finally:
        node.end()
