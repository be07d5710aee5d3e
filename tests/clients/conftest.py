"""Where state is kept while clients are at work."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from adapter.state.stores.base import StateStore
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.provision import create_table
from adapter.state.stores.sqlite import SQLiteStore
from tests.clients.drivers import Player, Python
from tests.support import aws
from tests.support.client_fixtures import node, quiet_clients
from tests.support.dev import DevServer, dev_server
from tests.support.ministack import running_ministack

__all__ = ["node", "quiet_clients"]

APP = "tested"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Place:
    """A store that the dev server's environments share with the test.

    Attributes:
        url: as ``--store`` takes it.
        store: the same one, opened here.
        environment: variables that the environments need for it.
    """

    url: str
    store: StateStore
    environment: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def serving(self, app: Path, *arguments: str) -> Iterator[DevServer]:
        """Run ``adapter dev APP`` over this store."""
        variables = {"ADAPTER_APP": APP, **self.environment}
        with dev_server(app, "--no-reload", "--store", self.url, *arguments, environment=variables) as server:
            yield server

    def forget(self, global_state: str) -> None:
        """Remove a GlobalState, so that it starts anew."""
        self.store.delete([f"G#{APP}#{global_state}"])


@pytest.fixture(scope="session")
def emulator() -> Iterator[str]:
    """The address of an emulator of DynamoDB."""
    with running_ministack() as url:
        yield url


@contextmanager
def sqlite_place(folder: Path) -> Iterator[Place]:
    """Give a SQLite file."""
    store = SQLiteStore(str(folder / "state.db"))
    yield Place(f"sqlite://{folder / 'state.db'}", store)
    store.close()


@contextmanager
def dynamodb_place(endpoint: str) -> Iterator[Place]:
    """Give a table of the emulator's."""
    table = f"clients-{secrets.token_hex(4)}"
    variables = {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_DEFAULT_REGION": aws.REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    with aws.dynamodb(endpoint) as client:
        create_table(client, table)
        yield Place(f"dynamodb://{table}", DynamoDBStore(client, table), variables)


@pytest.fixture(scope="module", params=["sqlite", "dynamodb"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """One store after the other."""
    opened: Any = (
        sqlite_place(tmp_path_factory.mktemp("state"))
        if request.param == "sqlite"
        else dynamodb_place(request.getfixturevalue("emulator"))
    )
    with opened as found:
        yield found


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The embedded store, for what does not depend on the store."""
    with sqlite_place(tmp_path_factory.mktemp("state")) as found:
        yield found


@pytest.fixture(scope="module")
def python() -> Python:
    """The Python client."""
    return Python()


@pytest.fixture(params=["python", "node"])
def player(request: pytest.FixtureRequest) -> Player:
    """One client after the other."""
    found: Player = request.getfixturevalue(request.param)
    return found
