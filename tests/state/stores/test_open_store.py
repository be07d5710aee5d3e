"""Which store a URL opens."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapter.errors import ConfigurationError, StoreError
from adapter.state.stores import open_store
from adapter.state.stores.connect import dynamodb_client, s3_client
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.sqlite import SQLiteStore
from tests.state.stores.places import Aws, Clock, write

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Invented credentials, and no configuration of whoever runs the tests."""
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def test_memory() -> None:
    """``memory:`` is a new, empty store each time."""
    store = open_store("memory:")
    assert isinstance(store, MemoryStore)
    store.write([write("G#app#g", b"1")])
    assert open_store("memory:").read(["G#app#g"]) == {}


def test_sqlite(tmp_path: Path) -> None:
    """``sqlite://`` and an absolute path is a file, whatever its name."""
    path = tmp_path / "with space & 100%25?#" / "state.db"
    clock = Clock()
    with closing(open_store(f"sqlite://{path}", clock=clock)) as store:
        assert isinstance(store, SQLiteStore)
        store.write([write("S#app#s", b"1", expires_at=int(clock.now) + 1)])
        assert "S#app#s" in store.read(["S#app#s"])
    assert path.exists()


@pytest.mark.usefixtures("credentials")
def test_dynamodb_with_a_bucket(remote: Aws, ministack: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """``dynamodb://TABLE`` and a bucket; where they are is AWS's own setting."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", ministack)
    with closing(open_store(f"dynamodb://{remote.table}", state_bucket=remote.bucket)) as store:
        assert isinstance(store, DynamoDBStore)
        store.write([write("G#app#g", b"x" * 500_000)])
        assert store.read(["G#app#g"])["G#app#g"].payload == b"x" * 500_000
    assert len(remote.objects()) == 1


@pytest.mark.usefixtures("credentials")
def test_clients_give_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Timeouts and retries are set, shorter than botocore's own minute."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    for client, read_seconds in ((dynamodb_client(), 5), (s3_client(), 15)):
        config = client.meta.config
        assert (config.connect_timeout, config.read_timeout) == (2, read_seconds)  # type: ignore[attr-defined]
        assert config.retries == {"mode": "standard", "total_max_attempts": 4}  # type: ignore[attr-defined]
        client.close()


@pytest.mark.usefixtures("credentials")
def test_a_missing_region_is_told_of() -> None:
    """At start, with the variable that sets it."""
    with pytest.raises(ConfigurationError, match="No AWS region for dynamodb: set AWS_DEFAULT_REGION"):
        open_store("dynamodb://scores")


@pytest.mark.usefixtures("credentials")
def test_wrong_settings_of_aws_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that does not exist is the app's configuration, not a failing store."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    with pytest.raises(ConfigurationError, match=r"The AWS settings do not do for dynamodb: .*nobody"):
        open_store("dynamodb://scores")


@pytest.mark.usefixtures("credentials")
def test_missing_credentials_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """At the first call, which is when AWS's own chain looks for them."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    with (
        closing(open_store("dynamodb://scores")) as store,
        pytest.raises(StoreError, match=r"dynamodb:GetItem on table 'scores' .* was not sent: .* Give the process"),
    ):
        store.read(["G#app#g"])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "redis://here",
            r"The store is 'redis://here'; set ADAPTER_STORE to memory:, sqlite:///PATH or dynamodb://TABLE",
        ),
        ("", "The store is ''; set ADAPTER_STORE to memory:"),
        ("memory://x", "The store is 'memory://x'; set ADAPTER_STORE to memory:"),
        ("sqlite://state.db", "names no absolute path; write sqlite:///"),
        ("sqlite:", "names no absolute path; write sqlite:///"),
        ("sqlite:///", "names no absolute path; write sqlite:///"),
        ("dynamodb://", "names no table; write dynamodb://TABLE"),
        ("dynamodb:scores", "names no table; write dynamodb://TABLE"),
        ("dynamodb://scores/x", "names no table; write dynamodb://TABLE"),
    ],
)
def test_another_url_is_refused(url: str, said: str) -> None:
    """With what would do in its place."""
    with pytest.raises(ConfigurationError, match=said):
        open_store(url)


def test_aws_is_imported_only_where_it_is_used() -> None:
    """The other stores start without botocore, which takes longer to import than all of the adapter."""
    program = (
        "import sys; from adapter.state.stores import open_store; open_store('memory:'); "
        "sys.exit(any(name.partition('.')[0] in ('boto3', 'botocore') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
