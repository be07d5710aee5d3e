"""Apps served as on Lambda, over a store that several environments may share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest

import adapter as gr
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from tests.support.http import Door

KEYS = ("a-key-for-tests-of-32-bytes-0123",)


class Serve(Protocol):
    def __call__(self, demo: gr.Blocks, **settings: Any) -> Door: ...


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start an execution environment of an app; all of one test share a store and the session keys."""
    doors: list[Door] = []

    def start(demo: gr.Blocks, **settings: Any) -> Door:
        chosen = {"store": f"sqlite://{tmp_path}/state.db", "session_keys": KEYS, "files": str(tmp_path / "files")}
        doors.append(Door(gr.handler(demo, settings=Settings(**{**chosen, **settings}))))
        return doors[-1]

    yield start
    for door in doors:
        door.close()
    use_warm_store(None)


@pytest.fixture
def history() -> gr.Interface:
    """An app that gives back every message of its session."""

    def remember(message: str, before: list[str]) -> tuple[list[str], list[str]]:
        now = [*before, message]
        return now, now

    return gr.Interface(remember, ["textbox", gr.State([])], ["json", gr.State()], api_name="predict")


@pytest.fixture
def door(serve: Serve, history: gr.Interface) -> Door:
    """One environment of the app `history`."""
    return serve(history)
