"""Scripts whose conversations are pairs say what they said in Gradio 5.50, whichever environment answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.clients.drivers import PATIENCE_SECONDS, Node, Step, python_client
from tests.pairs.calls import CALLS
from tests.pairs.meaning import answers
from tests.support.client_fixtures import node, quiet_clients
from tests.support.dev import dev_server

__all__ = ["node", "quiet_clients"]

HERE = Path(__file__).parent
RECORDED: dict[str, list[Any]] = json.loads((HERE / "gradio_5_50.json").read_text(encoding="utf-8"))["answers"]

pytestmark = pytest.mark.end_to_end

APPS = [pytest.param(name, marks=pytest.mark.xdist_group(f"pairs_{name}")) for name in CALLS]


@pytest.fixture(scope="module", params=APPS)
def app(request: pytest.FixtureRequest) -> str:
    """One app after the other."""
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def url(app: str) -> Iterator[str]:
    """Its address, served by three environments that live for seven invocations."""
    options = ("--as-gradio", "--no-reload", "--environments", "3", "--recycle", "7")
    with dev_server(HERE / f"apps/{app}.py", *options) as server:
        yield server.url


def test_python_clients_are_told_what_gradio_5_told_them(app: str, url: str, tmp_path: Path) -> None:
    """Every yield of every call means the same: as messages where Gradio 5 had pairs."""
    client = python_client(url, download_files=False)
    assert answers(client.submit, CALLS[app], tmp_path, client.config) == RECORDED[app]


def test_javascript_clients_are_told_what_gradio_5_told_python(app: str, url: str, node: Node, tmp_path: Path) -> None:
    """The last yield of every call means the same."""
    client = Javascript(url, node, f"pairs-{app}")
    config = httpx.get(f"{url}/config", trust_env=False, timeout=PATIENCE_SECONDS).json()
    found = answers(client.submit, CALLS[app], tmp_path, config)
    assert [yields[-1] for yields in found] == [yields[-1] for yields in RECORDED[app]]


class Javascript:
    """``@gradio/client``, asked as the one for Python is."""

    def __init__(self, url: str, node: Node, session: str) -> None:
        self.url = url
        self.node = node
        self.session = session

    def submit(self, *given: Any, api_name: str) -> Job:
        """Call an endpoint and wait for it; files go as what they hold."""
        step = Step(self.session, api_name, [_blobs(one) for one in given])
        [result] = self.node.play(self.url, [step], sessions={self.session: self.session}).results
        assert "data" in result, result
        return Job(result["data"])


class Job:
    """A call that has ended."""

    def __init__(self, data: list[Any]) -> None:
        self.data = data

    def result(self, timeout: float) -> Any:
        """Return its outputs."""
        return tuple(self.data)

    def outputs(self) -> list[Any]:
        """Return its yields, which are the last alone."""
        return [tuple(self.data)]


def _blobs(value: Any) -> Any:
    if isinstance(value, list):
        return [_blobs(one) for one in value]
    if isinstance(value, dict) and value.get("meta") == {"_type": "gradio.FileData"} and "url" not in value:
        return {"blob": Path(value["path"]).read_text(encoding="utf-8"), "name": Path(value["path"]).name}
    return {name: _blobs(one) for name, one in value.items()} if isinstance(value, dict) else value
