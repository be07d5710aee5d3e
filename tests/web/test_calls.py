"""What a call brings beside its inputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import adapter as gr
from adapter.calls.progress import Progress
from tests.web.conftest import Serve


def selecting() -> gr.Blocks:
    """A page that tells what was selected, where, and by whom."""

    def told(before: str, event: gr.SelectData, request: gr.Request, after: str) -> str:
        return f"{before} {event.value}@{event.index} in {type(event.target).__name__} {after} {request.method}"

    def plain(event: gr.EventData) -> str:
        return f"{event.target} {event._data}"

    with gr.Blocks() as demo:
        text, choice = gr.Textbox(), gr.Dropdown(["a", "b"])
        choice.select(told, [text, text], text)
        choice.input(plain, None, text)
    return demo


def event(demo: gr.Blocks) -> dict[str, object]:
    """What a page sends when the second choice is picked."""
    [choice] = [block for block in demo.blocks.values() if isinstance(block, gr.Dropdown)]
    return {"trigger_id": choice.id, "event_data": {"index": 1, "value": "b", "selected": True}}


@pytest.mark.parametrize("way", ["run", "queue"])
def test_the_event_reaches_the_function(serve: Serve, way: str) -> None:
    """With its kind, its block and its values, through the queue too, as the request that was posted."""
    demo = selecting()
    door = serve(demo)
    body = {"data": ["x", "y"], "fn_index": 0, "session_hash": "ann", **event(demo)}
    if way == "run":
        found = door("POST", "/gradio_api/run/told", json=body).json["data"]
    else:
        assert door("POST", "/gradio_api/queue/join", json=body).status == 200
        messages = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
        found = next(one for one in messages if one["msg"] == "process_completed")["output"]["data"]
    assert found == ["x b@1 in Dropdown y POST"]


def test_a_call_without_an_event_says_what_it_needs(serve: Serve) -> None:
    """The caller of an API has no event; a function that takes any kind runs all the same."""
    door = serve(selecting())
    refused = door("POST", "/gradio_api/run/told", json={"data": ["x", "y"]})
    assert refused.status == 422
    assert "event_data has no 'index', which SelectData needs" in refused.json["error"]
    assert door("POST", "/gradio_api/run/plain", json={"data": []}).json["data"] == ["None None"]


def test_the_page_is_told_who_wants_events() -> None:
    """Pages send the event's data only where it is collected."""
    demo = gr.Interface(lambda a: a, "textbox", "textbox")
    assert [one["collects_event_data"] for one in selecting().get_config_file()["dependencies"]] == [True, True]
    assert not any(one["collects_event_data"] for one in demo.get_config_file()["dependencies"])


def validated() -> gr.Blocks:
    """A page that takes long names and no negative ages."""

    def check(name: str, age: float) -> list[object]:
        return [gr.validate(len(name) > 2, "too short"), gr.validate(age >= 0, "too young")]

    with gr.Blocks() as demo:
        name, age = gr.Textbox(), gr.Number()
        name.submit(lambda name, age: name, [name, age], name, api_name="go", validator=check)
    return demo


@pytest.mark.parametrize("path", ["run/go", "queue/join", "call/go"])
def test_a_validator_comes_before_the_function(serve: Serve, path: str) -> None:
    """What it refuses is answered at once, with what it said of each input."""
    door = serve(validated())
    body = {"fn_index": 0, "session_hash": "ann"}
    refused = door("POST", f"/gradio_api/{path}", json={**body, "data": ["me", -1]})
    assert refused.status == 422
    assert refused.json["detail"] == [
        {"__type__": "validate", "is_valid": False, "message": "too short", "parameter_name": "name"},
        {"__type__": "validate", "is_valid": False, "message": "too young", "parameter_name": "age"},
    ]
    assert refused.json["error"] == "too short too young"
    assert door("POST", f"/gradio_api/{path}", json={**body, "data": ["ann", 1]}).status == 200


def test_a_batch_is_of_one(serve: Serve) -> None:
    """A function that takes batches gets lists of one; callers see neither."""

    def trim(words: list[str], lengths: list[float]) -> list[list[str]]:
        return [[word[: int(length)] for word, length in zip(words, lengths, strict=True)]]

    async def twice(words: list[str]) -> tuple[list[str], list[str]]:
        return words, [word + word for word in words]

    with gr.Blocks() as demo:
        word, length = gr.Textbox(), gr.Number()
        word.submit(trim, [word, length], word, batch=True, max_batch_size=8)
        word.submit(twice, word, [word, word], batch=True)
    door = serve(demo)
    assert door("POST", "/gradio_api/run/trim", json={"data": ["abc", 2]}).json["data"] == ["ab"]
    assert door("POST", "/gradio_api/run/twice", json={"data": ["a"]}).json["data"] == ["a", "aa"]


def test_progress_goes_out_in_the_stream(serve: Serve) -> None:
    """As Gradio's messages, before the yields and the end that come after; ``/run`` leaves it out."""

    def climb(n: float, progress: Any = Progress()) -> Iterator[float]:  # noqa: B008
        progress(0.5, desc="half")
        gr.Info("look")
        yield n
        progress((1, 2))

    door = serve(gr.Interface(climb, "number", "number", api_name="climb"))
    door("POST", "/gradio_api/queue/join", json={"data": [1], "fn_index": 0, "session_hash": "ann"})
    found = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    kinds = [one["msg"] for one in found if one["msg"] not in ("estimation", "process_starts", "close_stream")]
    assert kinds == ["progress", "log", "process_generating", "progress", "process_completed"]
    progress = [one for one in found if one["msg"] == "progress"]
    assert [one["progress_data"] for one in progress] == [
        [{"index": None, "length": None, "unit": "steps", "progress": 0.5, "desc": "half"}],
        [{"index": 1, "length": 2, "unit": "steps", "progress": None, "desc": None}],
    ]
    assert progress[0]["event_id"] == found[0]["event_id"]
    assert [one["log"] for one in door("POST", "/gradio_api/run/climb", json={"data": [1]}).json["logs"]] == ["look"]
