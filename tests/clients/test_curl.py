"""With curl, as Gradio's guide has it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.clients.conftest import HERE, Place

pytestmark = pytest.mark.end_to_end

# Source: https://www.gradio.app/guides/querying-gradio-apps-with-curl
CALL = """
curl -X POST $URL/gradio_api/call/$API -s -H "Content-Type: application/json" -d "$BODY" \\
  | awk -F'"' '{ print $4}' \\
  | read EVENT_ID; curl -N -s $URL/gradio_api/call/$API/$EVENT_ID
"""

Curl = Callable[..., str]


@pytest.fixture(scope="module")
def curl(sqlite: Place) -> Iterator[Curl]:
    """Run the guide's command line: takes an endpoint and a body (or another command), returns what is printed."""
    with sqlite.serving(HERE / "apps/behaviours.py", "--environments", "2") as server:

        def call(api: str, body: str, command: str = CALL) -> str:
            done = subprocess.run(
                ["bash", "-O", "lastpipe", "-c", command],  # with it `read` sets the variable, as zsh does
                env={**os.environ, "URL": server.url, "API": api, "BODY": body, "no_proxy": "*"},
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            )
            return done.stdout

        yield call


def test_a_call(curl: Curl) -> None:
    """The event `complete` brings the outputs."""
    assert curl("double", '{"data": [5]}') == "event: complete\ndata: [10]\n\n"


def test_a_generator(curl: Curl) -> None:
    """Each yield is an event, with whole values."""
    first, second = '["1 of 2",[0]]', '["2 of 2",[0,1]]'
    assert curl("count", '{"data": [2]}').replace(" [", "[").replace(", ", ",") == "".join(
        f"event: {event}\ndata:{data}\n\n"
        for event, data in (("generating", first), ("generating", second), ("complete", second))
    )


def test_a_session_is_kept_by_its_hash(curl: Curl) -> None:
    """Without one, every call starts anew."""
    assert curl("keep", '{"data": ["one"], "session_hash": "of curl"}') == 'event: complete\ndata: [["one"]]\n\n'
    assert '["one","two"]' in curl("keep", '{"data": ["two"], "session_hash": "of curl"}').replace(", ", ",")
    assert '["three"]' in curl("keep", '{"data": ["three"]}')


def test_an_error(curl: Curl) -> None:
    """The event `error` says what the function raised."""
    printed = curl("refuse", '{"data": [5]}')
    assert printed.startswith("event: error\ndata: ")
    assert "5 is not welcome" in printed


def test_an_event_that_is_not_there(curl: Curl) -> None:
    """Also a stream of nothing is one that ends, with an error."""
    printed = curl("double", "", "curl -N -s $URL/gradio_api/call/$API/of-nobody")
    assert printed == 'event: error\ndata: "404: Not Found"\n\n'
