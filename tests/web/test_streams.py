from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

import adapter as gr
from adapter.state.backoff import Backoff
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import SessionId
from tests.support.http import Door
from tests.web.conftest import Serve


class Deadline:
    """An invocation that ends soon."""

    aws_request_id = "4f1b2c3d"

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def get_remaining_time_in_millis(self) -> int:
        return int((self._end - time.monotonic()) * 1_000)


def join(door: Door, *data: object) -> None:
    """Queue a call of ann's."""
    body = {"data": data, "fn_index": 0, "session_hash": "ann"}
    assert door("POST", "/gradio_api/queue/join", json=body).status == 200


def test_a_stream_that_fails_says_so_and_closes(door: Door, tmp_path: Path) -> None:
    """A client whose stream fails without a word waits for ever; the answer is 200 whatever happens."""
    join(door, "hi")
    with closing(sqlite3.connect(tmp_path / "state.db")) as database:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            database.execute(f"DROP TABLE {table}")
    found = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    assert [message["msg"] for message in found] == ["unexpected_error", "close_stream"]
    assert found[0]["event_id"] is None
    assert found[0]["message"]


def test_calls_that_would_outlast_the_stream_are_refused(serve: Serve) -> None:
    """With the stream's environment all answers would end, also of the calls before; nobody is left without one."""
    ran: list[str] = []

    def work(text: str) -> str:
        ran.append(text)
        deadline = time.monotonic() + 0.3
        while time.monotonic() < deadline:
            pass
        return text

    door = serve(gr.Interface(work, "textbox", "textbox", api_name="predict"))
    for text in ("one", "two", "three"):
        join(door, text)
    door.context = Deadline(1.45)  # a second of it is kept for the answer
    found = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    ended = [message for message in found if message["msg"] == "process_completed"]
    assert [message["success"] for message in ended] == [True] * len(ran) + [False] * (3 - len(ran))
    assert 1 <= len(ran) <= 2
    assert ended[2]["output"]["error"].startswith("The calls before this one took all the time")
    assert found[-1]["msg"] == "close_stream"


@pytest.mark.parametrize("seconds", [0.0, 0.5, 0.99])
def test_a_call_that_its_environment_had_no_time_for_is_told_so(serve: Serve, seconds: float) -> None:
    """Nothing ran before it, so nothing else is said to have taken the time."""
    door = serve(gr.Interface(lambda text: text, "textbox", "textbox", api_name="predict"))
    for text in ("one", "two"):
        join(door, text)
    event_id = door("POST", "/gradio_api/call/predict", json={"data": ["a"]}).json["event_id"]
    door.context = Deadline(seconds)
    found = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    told = [message["output"]["error"] for message in found if message["msg"] == "process_completed"]
    [(event, shown)] = door.get(f"/gradio_api/call/predict/{event_id}").events
    assert event == "error"
    expected = "The execution environment had no time left for this call; it was not run. Try again."
    assert [*told, shown["error"]] == [expected] * 3


def test_a_result_that_takes_longer_than_a_request_may_wait_is_told(serve: Serve) -> None:
    """A second request for the result of a call that still runs elsewhere is not answered by silence."""
    demo = gr.Interface(lambda text: text, "textbox", "textbox", api_name="predict")
    door = serve(demo)
    event_id = door("POST", "/gradio_api/call/predict", json={"data": ["a"]}).json["event_id"]
    warm_store = door.handler.app.state.service.warm_store
    backoff = Backoff(time.monotonic() + 10)
    Mailbox(warm_store, SessionId("event", event_id), shared=True).open(
        "another", until=time.time() + 60, backoff=backoff
    )

    door.context = Deadline(1.3)
    [(event, shown)] = door.get(f"/gradio_api/call/predict/{event_id}").events
    assert (event, "still running" in shown["error"]) == ("error", True)
