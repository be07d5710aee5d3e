"""Environments over one store: what calls of one app share, and what they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from adapter.state.open_apps import use_warm_store
from adapter.state.stores.base import StateStore
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.sqlite import SQLiteStore
from adapter.state.warm_store import WarmStore

NOW = 1_800_000_000.0


class Clock:
    """Unix time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that the store and every environment go by."""
    return Clock()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, clock: Clock, tmp_path: Path) -> Iterator[StateStore]:
    """Return one store; every test runs over each kind."""
    store: StateStore = (
        MemoryStore(clock=clock) if request.param == "memory" else SQLiteStore(tmp_path / "state.db", clock=clock)
    )
    yield store
    store.close()


@pytest.fixture
def environment(store: StateStore, clock: Clock) -> Iterator[Callable[[], WarmStore]]:
    """Start another execution environment: the same store, a warm memory of its own."""

    def start() -> WarmStore:
        warm_store = WarmStore(store, app="app", session_ttl_seconds=3_600, clock=clock)
        use_warm_store(warm_store)
        return warm_store

    yield start
    use_warm_store(None)


@pytest.fixture
def warm_store(environment: Callable[[], WarmStore]) -> WarmStore:
    """Return one environment."""
    return environment()
