"""Scripts that keep data at module level, served by three environments that do not live long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.drivers import python_client
from tests.support.dev import DevServer, dev_server

APPS = Path(__file__).with_name("apps")
SHORT_LIVED = ("--as-gradio", "--no-reload", "--environments", "3", "--recycle", "7")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DevServer]:
    """The seeds' score tracker as it is."""
    with dev_server(APPS / "score_tracker.py", *SHORT_LIVED, cwd=tmp_path_factory.mktemp("alone")) as server:
        yield server


def test_the_dev_server_says_once_what_each_environment_has_of_its_own(alone: DevServer) -> None:
    """A call that changes a list at module level is told of by the list's name, once, with the switch."""
    client = python_client(alone.url)
    for score in range(30):
        client.predict(score, api_name="/track_score")
    output = alone.wait_for("A call has changed scores")
    assert output.count("A call has changed") == 1
    for switch in ("--share-globals", "ADAPTER_SHARE_GLOBALS=1", "share_globals=True", "gr.GlobalState"):
        assert switch in output


def test_with_share_globals_all_environments_have_the_same(tmp_path: Path) -> None:
    """The unchanged script answers each call with the best of all calls, and nothing is warned of."""
    with dev_server(APPS / "score_tracker.py", *SHORT_LIVED, "--share-globals", cwd=tmp_path) as server:
        client = python_client(server.url)
        answers = [client.predict(score, api_name="/track_score") for score in range(30)]
        assert answers == [sorted(range(score + 1), reverse=True)[:3] for score in range(30)]
        assert "has changed" not in server.output
