"""Every store, in every place it can be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from adapter.state.stores.base import StateStore
from tests.state.stores import places
from tests.state.stores.places import Aws, Clients, Clock, Place
from tests.support.ministack import running_ministack
from tests.support.proxy import LossyProxy, lossy_proxy

ALL = ["memory", "sqlite", "moto", "moto+s3", "ministack", "ministack+s3"]
CONCURRENT = ["memory", "sqlite", "ministack", "ministack+s3"]
"""Without moto, which is not atomic under threads."""


@pytest.fixture(scope="session")
def ministack() -> Iterator[str]:
    """The address of an emulator that all tests share."""
    with running_ministack() as url:
        yield url


@pytest.fixture(scope="session")
def ministack_clients(ministack: str) -> Iterator[Clients]:
    """Clients to it."""
    with places.clients(ministack) as opened:
        yield opened


@pytest.fixture(scope="session")
def moto_clients() -> Iterator[Clients]:
    """Clients to AWS, for which moto stands in within `places.moto`."""
    with places.clients(None) as opened:
        yield opened


@pytest.fixture(params=ALL)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """One place after the other."""
    with _place(request, tmp_path) as found:
        yield found


@pytest.fixture(params=CONCURRENT)
def busy_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each place that keeps its promises under concurrency."""
    with _place(request, tmp_path) as found:
        yield found


def _place(request: pytest.FixtureRequest, folder: Path) -> AbstractContextManager[Place]:
    kind, _, spilling = str(request.param).partition("+")
    if kind == "memory":
        return places.memory()
    if kind == "sqlite":
        return places.sqlite(folder)
    clients = request.getfixturevalue(f"{kind}_clients")
    if kind == "moto":
        return places.moto(clients, spilling=bool(spilling))
    return nullcontext(places.dynamodb(clients, spilling=bool(spilling)))


@pytest.fixture
def store(place: Place) -> StateStore:
    """A store in the place."""
    return place.open()


@pytest.fixture
def other(place: Place) -> StateStore:
    """A second store over the same data, as another environment has."""
    return place.open()


@pytest.fixture
def clock(place: Place) -> Clock:
    """The clock of the place."""
    return place.clock


@pytest.fixture
def remote(ministack_clients: Clients) -> Aws:
    """A table and a bucket of its own in the emulator."""
    return ministack_clients.fresh()


@pytest.fixture
def proxy(ministack: str) -> Iterator[LossyProxy]:
    """A network before the emulator that counts requests and loses replies on demand."""
    with lossy_proxy(ministack) as running:
        yield running
