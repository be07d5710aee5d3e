"""The routes of Gradio's wire, over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import adapter as gr
from tests.support.http import SESSION, Answer, Door
from tests.web.conftest import Serve


def several() -> gr.Blocks:
    """An app with endpoints of several kinds."""
    runs: list[str] = []

    def add(a: float, b: float = 2) -> float:
        """Add two numbers."""
        return a + b

    def count_down(start: float) -> Iterator[str]:
        for number in range(int(start), 0, -1):
            gr.Info(f"at {number}")
            yield "*" * number

    def remember(word: str, before: list[str]) -> tuple[str, list[str]]:
        runs.append(word)
        return f"{len(runs)}: {' '.join([*before, word])}", [*before, word]

    with gr.Blocks(title="Several") as demo:
        words = gr.State([])
        a, b, word = gr.Number(label="A"), gr.Number(2, label="B"), gr.Textbox(label="Word")
        shown = gr.Textbox(label="Shown")
        total = gr.Number(label="Sum")
        gr.Button("Add").click(add, [a, b], total)
        gr.Button("Count").click(count_down, a, shown)
        gr.Button("Remember").click(remember, [word, words], [shown, words])
        words.change(None, js="() => {}")
        gr.Button("Hidden").click(lambda: "undocumented", None, shown, api_name="extra", api_visibility="undocumented")
        gr.Button("Private").click(lambda: "private", None, shown, api_name=False)
        gr.Button("Page").click(None, None, None, js="() => {}")
    return demo


@pytest.fixture
def door(serve: Serve) -> Door:
    """One environment of the app `several`, alone with its store."""
    return serve(several(), store="memory:")


def posted(door: Door, path: str, body: Any) -> Answer:
    """Send JSON to a route of the API."""
    return door("POST", f"/gradio_api/{path}", json=body)


# -- what there is ------------------------------------------------------------------------------


def test_the_config_and_info_are_served(door: Door) -> None:
    """Clients read both before their first call."""
    config, info = door.get("/config").json, door.get("/gradio_api/info", query={"serialize": False}).json

    assert (config["title"], config["max_file_size"]) == ("Several", 4_000_000)
    assert list(info["named_endpoints"]) == ["/add", "/count_down", "/remember"]


@pytest.mark.parametrize(
    ("path", "answer"),
    [("startup-events", True), ("app_id", {"app_id": 0}), ("login_check", None)],
)
def test_what_clients_ask_in_passing(door: Door, path: str, answer: Any) -> None:
    """Small questions of Gradio's clients and pages have Gradio's answers."""
    assert door.get(f"/gradio_api/{path}").json == answer


def test_a_heartbeat_is_one_sign_of_life(door: Door) -> None:
    """The stream ends at once, so that no open page keeps an invocation running."""
    answer = door.get("/gradio_api/heartbeat/ann")

    assert (answer.status, answer.body) == (200, b"data: ALIVE\n\n")
    assert answer.headers["content-type"].startswith("text/event-stream")


# -- run ----------------------------------------------------------------------------------------


def test_run_answers_with_what_the_javascript_client_reads(door: Door) -> None:
    """The answer of ``/run`` has Gradio's keys, and ``null`` for a State."""
    body = {"data": ["a", None], "event_data": None, "fn_index": 2, "trigger_id": None, "session_hash": "ann"}
    answer = posted(door, "run/remember", body).json

    assert answer["data"] == ["1: a", None]
    assert answer["changed_state_ids"] == [door.get("/config").json["dependencies"][2]["inputs"][1]]
    assert answer.keys() == {
        "data", "is_generating", "duration", "average_duration", "render_config", "changed_state_ids", "used_cache"
    }  # fmt: skip
    assert (answer["is_generating"], answer["render_config"], answer["used_cache"]) == (False, None, None)
    assert answer["duration"] >= 0


def test_run_takes_the_data_with_or_without_the_states(door: Door) -> None:
    """What stands in a State's place is ignored, and the place may be left out."""
    assert door.run("a", None, api="remember", session="ann").data == ["1: a", None]
    assert door.run("b", ["forged"], api="remember", session="ann").data == ["2: a b", None]
    assert door.run("c", api="remember", session="ann").data == ["3: a b c", None]


def test_run_by_number_and_by_name(door: Door) -> None:
    """``fn_index`` counts before the name; ``/api`` is the older name of ``/run``."""
    assert posted(door, "run/predict", {"data": [1, 2], "fn_index": 0}).data == [3]
    assert posted(door, "api/add", {"data": [1, 2]}).data == [3]
    assert posted(door, "run/extra", {}).data == ["undocumented"]


def test_run_gives_the_last_of_a_generator(door: Door) -> None:
    """One plain answer has room for one value: the last, which is the result."""
    answer = door.run(3, api="count_down").json

    assert (answer["data"], answer["is_generating"]) == (["*"], False)
    assert [log["log"] for log in answer["logs"]] == ["at 3", "at 2", "at 1"]


# -- join and data ------------------------------------------------------------------------------


def test_join_and_data_run_a_call_in_its_stream(door: Door) -> None:
    """The messages of one call, in Gradio's order, and ``close_stream`` at the end."""
    estimation, starts, completed, closed = door.queue("a", None, fn_index=2)

    event_id = estimation["event_id"]
    assert (estimation["msg"], estimation["rank"], estimation["queue_size"]) == ("estimation", 0, 1)
    assert (starts["msg"], starts["event_id"]) == ("process_starts", event_id)
    assert (completed["msg"], completed["success"], completed["event_id"]) == ("process_completed", True, event_id)
    assert completed["output"]["data"] == ["1: a", None]
    assert "error" not in completed["output"]
    assert closed == {"msg": "close_stream", "event_id": None}


def test_a_generator_sends_whole_values_then_differences(door: Door) -> None:
    """The first yield is whole, later ones are edits, the end is whole again; notices come before their yield."""
    messages = door.queue(3, fn_index=1)

    assert [(one["msg"], (one.get("output") or {}).get("data")) for one in messages[2:-1]] == [
        ("log", None),
        ("process_generating", ["***"]),
        ("log", None),
        ("process_generating", [[["replace", [], "**"]]]),
        ("log", None),
        ("process_generating", [[["replace", [], "*"]]]),
        ("process_completed", ["*"]),
    ]
    assert {"log": "at 3", "level": "info", "duration": 10, "visible": True, "title": "Info"}.items() <= messages[
        2
    ].items()


def test_one_stream_carries_every_pending_call_of_its_session(door: Door) -> None:
    """Calls joined before the stream run in it, in their order; other sessions' calls do not."""
    ids = {
        name: posted(door, "queue/join", {"data": [name], "fn_index": 2, "session_hash": session}).json["event_id"]
        for name, session in [("a", "ann"), ("b", "bob"), ("c", "ann")]
    }
    messages = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages

    completed = [one["event_id"] for one in messages if one["msg"] == "process_completed"]
    assert completed == [ids["a"], ids["c"]]
    assert [one["msg"] for one in messages].count("close_stream") == 1


def test_a_call_may_run_in_another_environment_than_it_was_joined_in(serve: Serve) -> None:
    """The queue is shared state, like all else."""
    demo = several()
    one, other = serve(demo), serve(demo)
    posted(one, "queue/join", {"data": ["a"], "fn_index": 2, "session_hash": "ann"})

    messages = other.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    assert messages[-2]["output"]["data"] == ["1: a", None]
    assert one.run("b", api="remember", session="ann").data[0] == "2: a b"


def test_a_stream_without_calls_closes(door: Door) -> None:
    """A client that listens for nothing is told so, and does not fail."""
    assert door.get("/gradio_api/queue/data", query={"session_hash": "nobody"}).messages == [
        {"msg": "close_stream", "event_id": None}
    ]


def test_a_page_with_a_token_uses_the_queue_too(door: Door) -> None:
    """With a session token the hash of the address does not matter."""
    token = door.run("a", api="remember", headers={SESSION: "new"}).headers[SESSION]

    messages = door.queue("b", fn_index=2, session="whatever", headers={SESSION: token})
    assert messages[-2]["output"]["data"] == ["2: a b", None]


def test_a_cancelled_call_does_not_run(door: Door) -> None:
    """Cancelled before its stream came, a call is gone; cancelling what is not there is no error."""
    event_id = posted(door, "queue/join", {"data": ["a"], "fn_index": 2, "session_hash": "ann"}).json["event_id"]
    body = {"session_hash": "ann", "fn_index": 2, "event_id": event_id}

    assert posted(door, "cancel", {**body, "session_hash": "bob"}).json == {"success": True}  # not bob's to cancel
    assert posted(door, "cancel", body).json == {"success": True}
    assert posted(door, "cancel", body).json == {"success": True}
    assert len(door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages) == 1
    assert door.run("b", api="remember", session="ann").data[0] == "1: b"


def test_reset_is_answered(door: Door) -> None:
    """Clients say which call they no longer wait for; there is nothing to forget."""
    assert posted(door, "reset", {"event_id": "anything"}).json == {"success": True}


def test_a_session_can_be_ended(door: Door) -> None:
    """After ``/session/reset`` the session's State starts anew."""
    door.run("a", api="remember", session="ann")
    assert door("POST", "/gradio_api/session/reset", query={"session_hash": "ann"}).json == {"success": True}
    assert door.run("b", api="remember", session="ann").data[0] == "2: b"


# -- call ---------------------------------------------------------------------------------------


def test_call_and_its_stream(door: Door) -> None:
    """The two requests of Gradio's cURL guide."""
    assert door.call(1, 2, api="add") == [("complete", [3])]


def test_call_gives_a_generators_values_whole(door: Door) -> None:
    """Each yield is an event with all values; the last event is the result."""
    assert door.call(2, api="count_down") == [("generating", ["**"]), ("generating", ["*"]), ("complete", ["*"])]


def test_a_repeated_get_gives_the_same_answer_and_runs_nothing(door: Door) -> None:
    """A retried request for the result costs no second run."""
    event_id = posted(door, "call/remember", {"data": ["a"], "session_hash": "ann"}).json["event_id"]
    answers = [door.get(f"/gradio_api/call/remember/{event_id}") for _ in range(3)]

    assert {answer.body for answer in answers} == {b'event: complete\ndata: ["1: a",null]\n\n'}
    assert door.run("b", api="remember", session="ann").data[0] == "2: a b"


def test_call_without_a_session_starts_anew(door: Door) -> None:
    """Only a ``session_hash`` keeps State between calls."""
    assert [door.call(word, api="remember")[0][1][0] for word in "ab"] == ["1: a", "2: b"]
    assert [door.call(word, api="remember", session_hash="ann")[0][1][0] for word in "cd"] == ["3: c", "4: c d"]


def test_call_with_a_page_token_keeps_its_session(door: Door) -> None:
    """The token comes with the first request only; the event's id is enough for the second."""
    token = door.run("a", api="remember", headers={SESSION: "new"}).headers[SESSION]
    joined = door("POST", "/gradio_api/call/remember", json={"data": ["b"]}, headers={SESSION: token})

    assert door.get(f"/gradio_api/call/remember/{joined.json['event_id']}").events[0][1][0] == "2: a b"


def test_an_unknown_event_is_told_in_the_stream(door: Door) -> None:
    """As in Gradio, the status is 200 and the event says what is missing."""
    for event_id in ("nothing", "0" * 32):
        assert door.get(f"/gradio_api/call/add/{event_id}").events == [("error", "404: Not Found")]


def test_call_by_named_inputs(door: Door) -> None:
    """``/call/v2`` takes inputs by name and fills in the defaults."""

    def named(api: str, **inputs: Any) -> list[tuple[str, Any]]:
        event_id = posted(door, f"call/v2/{api}", inputs).json["event_id"]
        return door.get(f"/gradio_api/call/v2/{api}/{event_id}").events

    assert named("add", b=5, a=1) == [("complete", [6])]
    assert named("add", a=1) == [("complete", [3])]
    assert named("remember", word="x") == [("complete", ["1: x", None])]


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"b": 1}, "/add needs the input 'a'"),
        ({"a": 1, "c": 2}, "/add has no input 'c'; it takes: a, b"),
        ({"a": "one"}, "'A'"),
    ],
)
def test_wrong_named_inputs_are_named(door: Door, inputs: dict[str, Any], said: str) -> None:
    """What is missing or unknown is an error at once; what does not fit is one when the call runs."""
    answer = posted(door, "call/v2/add", inputs)
    if answer.status == 200:
        [(event, shown)] = door.get(f"/gradio_api/call/v2/add/{answer.json['event_id']}").events
        assert event == "error"
    else:
        assert answer.status == 422
        shown = answer.json
    assert said in shown["error"]


# -- the OpenAPI document -----------------------------------------------------------------------


def test_the_openapi_document_is_whole(door: Door) -> None:
    """Every path has a summary, an id of its own, and the error's shape; every reference leads somewhere."""
    document = door.get("/openapi.json").json
    operations = [one for methods in document["paths"].values() for one in methods.values()]

    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "Several"
    assert all(one["summary"] for one in operations)
    assert len({one["operationId"] for one in operations}) == len(operations)
    for reference in json.dumps(document).split('"$ref": "')[1:]:
        where: Any = document
        for part in reference.split('"')[0].removeprefix("#/").split("/"):
            where = where[part]
    api = [one for path, methods in document["paths"].items() if path != "/config" for one in methods.values()]
    failures = [one["responses"]["default"]["content"]["application/json"]["schema"]["$ref"] for one in api]
    assert set(failures) == {"#/components/schemas/Failure"}
    assert "HTTPValidationError" not in document["components"]["schemas"]


@pytest.mark.parametrize(
    ("path", "body", "answer"),
    [
        ("/gradio_api/run/{api_name}", "RunBody", "RunOutput"),
        ("/gradio_api/queue/join", "RunBody", "EventId"),
        ("/gradio_api/call/{api_name}", "CallBody", "EventId"),
        ("/gradio_api/cancel", "CancelBody", "Success"),
        ("/gradio_api/reset", "ResetBody", "Success"),
    ],
)
def test_bodies_and_answers_are_typed(door: Door, path: str, body: str, answer: str) -> None:
    """The document says what each route takes and gives."""
    post = door.get("/openapi.json").json["paths"][path]["post"]

    assert post["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith(f"/{body}")
    assert post["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].endswith(f"/{answer}")


def test_the_documents_shapes_are_those_of_the_answers(door: Door) -> None:
    """What is documented of an answer and of an error is what comes."""
    schemas = door.get("/openapi.json").json["components"]["schemas"]

    assert schemas["RunOutput"]["properties"].keys() == door.run(1, 2, api="add").json.keys()
    assert schemas["Failure"]["properties"].keys() == door.run(api="nothing").json.keys()


def test_the_documentation_has_a_page(door: Door) -> None:
    """``/docs`` shows the OpenAPI document."""
    answer = door.get("/docs")
    assert (answer.status, b"/openapi.json" in answer.body) == (200, True)
