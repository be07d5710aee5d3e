"""Every failure is clear JSON with the right status, and changes nothing."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any

import pytest

import adapter as gr
from adapter import errors
from adapter.gradio_api.messages import GENERIC_ERROR, STORAGE_ERROR
from adapter.web.errors import status_of
from tests.support.http import SESSION, Answer, Door
from tests.web.conftest import Serve

KEYS = {"error", "duration", "visible", "title", "detail"}


class Unstorable(SimpleQueue[int]):
    """A value that has no stored form: what it holds is not in its attributes."""


def made_by(failure: Exception | None) -> gr.Interface:
    """An app whose State counts its calls, and whose function fails at "fail" with ``failure``."""

    def count(text: str, number: float, before: list[Any]) -> tuple[int, list[Any]]:
        before.append(text)  # in place: a failure must undo it
        if text == "fail" and failure is not None:
            raise failure
        if text == "unstorable":
            before.append(Unstorable())
        return len(before), before

    return gr.Interface(
        count, [gr.Textbox(label="Text"), gr.Number(1, label="Number"), gr.State([])], ["number", gr.State()],
        api_name="predict",
    )  # fmt: skip


def shown(answer: Answer) -> dict[str, Any]:
    """Return an error's body, which has Gradio's keys and FastAPI's ``detail``."""
    body: dict[str, Any] = answer.json
    assert body.keys() == KEYS
    assert body["detail"] == body["error"]
    assert isinstance(body["error"], str)
    assert body["error"]
    return body


def counted(door: Door) -> int:
    """Return how many calls the session of "ann" counts, with this one."""
    return int(door.run("ok", 1, session="ann").data[0])


# -- the table ----------------------------------------------------------------------------------

TREE = dict(re.findall(r"[├└│ ─]+(\w+) +(\d{3})? ", errors.__doc__ or ""))


def test_the_tree_in_the_documentation_is_whole() -> None:
    """Each class that is there stands in the docstring's tree, and with its status if a caller can meet it."""
    kinds = {
        name: kind
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.AdapterError) and kind is not errors.AdapterError
    }

    assert TREE.keys() == kinds.keys()
    for name, status in TREE.items():
        assert not status or status_of(kinds[name].__new__(kinds[name])) == int(status)


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (gr.Error("told"), 500),
        (errors.MalformedRequest("told"), 400),
        (errors.InvalidToken("told"), 401),
        (errors.NotAllowed("told"), 403),
        (errors.NotFound("told"), 404),
        (errors.StateConflict("told"), 409),
        (errors.TooLarge("told"), 413),
        (errors.InvalidInput("told"), 422),
        (errors.CannotStore("told"), 422),
        (errors.StoreError("told"), 503),
        (errors.CannotRead("told"), 500),
        (errors.NotAvailable("told"), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_each_error_has_its_status_on_every_way(serve: Serve, failure: Exception, status: int) -> None:
    """The same error by ``/run``, the queue and ``/call``; the State is as before."""
    door = serve(made_by(failure))
    assert counted(door) == 1

    answer = door.run("fail", 1, session="ann")
    body = shown(answer)
    wanted = {name: body[name] for name in ("error", "duration", "visible", "title")}

    told = (
        STORAGE_ERROR if isinstance(failure, errors.StoreError) else "told"
    )  # which storage, and where, is for the log
    assert (answer.status, body["error"], body["visible"], body["title"]) == (status, told, True, "Error")
    failed = door.queue("fail", 1)[-2]
    assert (failed["msg"], failed["success"], failed["output"], failed["title"]) == (
        "process_completed", False, wanted, "Error"
    )  # fmt: skip
    assert door.call("fail", 1, session_hash="ann") == [("error", wanted)]
    assert counted(door) == 2


def test_error_has_its_own_duration_visibility_and_title(serve: Serve) -> None:
    """What the function says of its message arrives as it stands, ``None`` for "until closed" too."""
    door = serve(made_by(gr.Error("told", duration=None, visible=False, title="Look")))

    assert shown(door.run("fail", 1)) == {
        "error": "told", "duration": None, "visible": False, "title": "Look", "detail": "told"
    }  # fmt: skip


# -- the function's own exception ---------------------------------------------------------------


@pytest.mark.parametrize("way", ["run", "queue", "call"])
def test_a_functions_exception_is_generic_and_logged(serve: Serve, caplog: pytest.LogCaptureFixture, way: str) -> None:
    """Visitors read no text of it, the log has its traceback, and the State is as before."""
    door = serve(made_by(ValueError("the password is 1234")))
    counted(door)

    if way == "run":
        answer = door.run("fail", 1, session="ann")
        assert answer.status == 500
        text, said = answer.body.decode(), shown(answer)["error"]
    elif way == "queue":
        messages = door.queue("fail", 1)
        text, said = str(messages), messages[-2]["output"]["error"]
    else:
        events = door.call("fail", 1, session_hash="ann")
        text, said = str(events), events[0][1]["error"]

    assert said == GENERIC_ERROR
    assert "1234" not in text
    [record] = [one for one in caplog.records if one.levelno >= logging.ERROR and one.name == "adapter.web"]
    assert "ValueError: the password is 1234" in (record.exc_text or logging.Formatter().format(record))
    assert counted(door) == 2


def test_with_show_error_its_text_is_shown(serve: Serve) -> None:
    """By the setting or by ``launch(show_error=True)``; the setting decides where both speak."""
    demo = made_by(ValueError("the reason"))
    assert shown(serve(demo, show_error=True).run("fail", 1))["error"] == "the reason"
    demo.show_error = True
    assert shown(serve(demo).run("fail", 1))["error"] == "the reason"
    assert shown(serve(demo, show_error=False).run("fail", 1))["error"] == GENERIC_ERROR


def test_an_exception_without_text_is_shown_by_its_name(serve: Serve) -> None:
    """An empty message would tell nobody anything."""
    assert shown(serve(made_by(KeyError()), show_error=True).run("fail", 1))["error"] == "KeyError"


def test_an_error_that_is_not_to_be_printed_is_not_logged(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """``print_exception=False`` keeps what is no fault out of the log."""
    serve(made_by(gr.Error("told", print_exception=False))).run("fail", 1)
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []

    serve(made_by(gr.Error("told"))).run("fail", 1)
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == ["a call failed: told"]


def test_a_generator_that_fails_later_keeps_its_yields_and_no_state(serve: Serve) -> None:
    """What was yielded was seen; the State of the call is not kept."""

    def climb(before: list[int]) -> Iterator[tuple[int, list[int]]]:
        before.append(1)
        yield len(before), before
        raise ValueError("later")

    door = serve(gr.Interface(climb, gr.State([]), ["number", gr.State()], api_name="predict"))
    messages = [door.queue() for _ in range(2)][-1]

    assert [one["msg"] for one in messages[2:]] == ["process_generating", "process_completed", "close_stream"]
    assert messages[2]["output"]["data"] == [1, None]
    assert (messages[3]["success"], messages[3]["output"]["error"]) == (False, GENERIC_ERROR)


# -- bad input ----------------------------------------------------------------------------------

WRONG: dict[str, tuple[list[Any], int, str]] = {
    "too few": (["a"], 422, "/predict got 1 inputs; it takes 2: Text, Number."),
    "too many": (["a", 1, None, 2], 422, "/predict got 4 inputs; it takes 2: Text, Number."),
    "none": ([], 422, "/predict got 0 inputs; it takes 2: Text, Number."),
    "wrong type": (["a", "one"], 422, "The input of 'Number' is 'one' (str); a number is wanted."),
    "unstorable": (["unstorable", 1], 422, "Unstorable"),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_data_is_told_and_changes_nothing(serve: Serve, what: str) -> None:
    """By ``/run`` with its status, by the queue as a call that failed; the session is as before."""
    data, status, said = WRONG[what]
    door = serve(made_by(None))
    counted(door)

    answer = door.run(*data, session="ann")
    assert (answer.status, said in shown(answer)["error"]) == (status, True), answer.body
    failed = door.queue(*data)[-2]
    assert (failed["success"], failed["output"].keys()) == (False, KEYS - {"detail"})
    assert said in failed["output"]["error"]
    assert counted(door) == 2


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("run/nothing", {"data": []}, "there is no endpoint /nothing; this app's endpoints are: /predict"),
        ("run/predict", {"data": [], "fn_index": 99}, "there is no fn_index 99"),
        ("run/predict", {"data": [], "fn_index": -1}, "there is no fn_index -1"),
        ("queue/join", {"data": [], "fn_index": 99, "session_hash": "ann"}, "there is no fn_index 99"),
        ("call/nothing", {"data": []}, "there is no endpoint /nothing"),
        ("call/v2/nothing", {}, "there is no endpoint /nothing"),
        ("nowhere", {}, "Not Found"),
    ],
)
def test_what_does_not_exist_is_404(serve: Serve, path: str, body: Any, said: str) -> None:
    """The answer names what was asked for and what there is."""
    answer = serve(made_by(None))("POST", f"/gradio_api/{path}", json=body)
    assert (answer.status, said in shown(answer)["error"]) == (404, True), answer.body


BODIES: dict[str, tuple[bytes, str]] = {
    "no JSON": (b'{"data": [', "the body is not JSON"),
    "nothing": (b"", "the body is no JSON object"),
    "a list": (b"[1]", "the body is no JSON object"),
    "a text": (b'"data"', "the body is no JSON object"),
    "NaN": (b'{"data": [NaN, 1]}', "the body is not JSON"),
    "an infinite number": (b'{"data": [1e999, 1]}', "the body is not JSON: Number out of range"),
    "half a surrogate pair": (b'{"data": ["\\ud800", 1]}', "the body is not JSON"),
    "no UTF-8": (b'{"data": ["\xff", 1]}', "the body is not JSON"),
    "too deep and cut off": (b'{"data": ' + b"[" * 100_000, "in one another"),
    **{
        f"{levels} lists deep": (
            b'{"data": [' + b"[" * levels + b"]" * levels + b"]}",
            "more than 90 lists and objects",
        )
        for levels in (89, 100, 450, 700, 980, 5_000)
    },
    "objects too deep": (b'{"data": [' + b'{"a":' * 600 + b"1" + b"}" * 600 + b"]}", "more than 90 lists and objects"),
    "too deep beside the data": (b'{"data": ["a", 1], "event_data": ' + b"[" * 500 + b"]" * 500 + b"}", "more than 90"),
    "data that is no list": (b'{"data": {"a": 1}}', "body.data"),
    "data that is null": (b'{"data": null}', "body.data"),
    "fn_index that is no number": (b'{"data": [], "fn_index": "one"}', "body.fn_index"),
    "session_hash that is no text": (b'{"data": [], "session_hash": 5}', "body.session_hash"),
}


@pytest.mark.parametrize("path", ["run/predict", "queue/join", "call/predict"])
@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_cannot_be_read_is_400(door: Door, path: str, what: str) -> None:
    """Malformed JSON, and JSON of another shape, is the caller's mistake; the answer says where."""
    if what.startswith("fn_index") and path == "call/predict":
        return  # that body has no such field
    content, said = BODIES[what]
    answer = door("POST", f"/gradio_api/{path}", body=content, headers={"content-type": "application/json"})
    assert (answer.status, said in shown(answer)["error"]) == (400, True), answer.body


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/json/x", ""])
def test_json_must_be_called_json(door: Door, kind: str) -> None:
    """A form on another site can send any text, but not as JSON: it cannot run anything here."""
    answer = door("POST", "/gradio_api/run/predict", body=b'{"data": ["a"]}', headers={"content-type": kind})
    assert (answer.status, "content-type: application/json" in shown(answer)["error"]) == (400, True)


def test_a_queue_needs_a_session(door: Door) -> None:
    """Without a session there is nobody to give the result to; Gradio's words."""
    for method, path in [("POST", "/gradio_api/queue/join"), ("GET", "/gradio_api/queue/data")]:
        answer = door(method, path, json={"data": [], "fn_index": 0})
        assert (answer.status, shown(answer)["detail"]) == (400, "Session hash not found.")


def test_a_join_without_a_number_is_told(door: Door) -> None:
    """Which function is to run is needed."""
    answer = door("POST", "/gradio_api/queue/join", json={"data": [], "session_hash": "ann"})
    assert (answer.status, "fn_index" in shown(answer)["error"]) == (400, True)


def test_a_wrong_method_is_405(door: Door) -> None:
    """What exists for another method says so."""
    assert (door.get("/gradio_api/run/predict").status, door("DELETE", "/config").status) == (405, 405)


def test_a_listener_without_a_function_cannot_be_called(serve: Serve) -> None:
    """What runs in the page only is not there for callers."""
    with gr.Blocks() as demo:
        gr.Button("Page").click(None, None, None, js="() => {}")
    answer = serve(demo)("POST", "/gradio_api/run/x", json={"fn_index": 0})
    assert (answer.status, "fn_index 0" in shown(answer)["error"]) == (404, True)


# -- the adapter's own --------------------------------------------------------------------------


class Broken:
    """A component's value whose conversion breaks in a way that nobody foresaw."""

    def __str__(self) -> str:
        raise RuntimeError("the inside")


def test_an_error_of_the_adapters_own_is_generic_json(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever breaks, callers read JSON and no inside unless it is to be shown; the log has all of it."""
    demo = gr.Interface(lambda: Broken(), [], "textbox", api_name="predict")
    door = serve(demo)

    answer = door.run()
    assert (answer.status, shown(answer)["error"]) == (500, GENERIC_ERROR)
    assert "the inside" in caplog.text
    assert door.queue()[-2]["output"]["error"] == GENERIC_ERROR
    assert door.call()[0][1]["error"] == GENERIC_ERROR
    told = (
        "output 1 of /predict, the Textbox 'output', cannot show what the function returned, of type Broken: the inside"
    )
    assert shown(serve(demo, show_error=True).run())["error"] == told


def test_a_function_that_ends_the_program_only_ends_its_call(serve: Serve) -> None:
    """``sys.exit()`` is a failure of the function, by every way."""
    door = serve(gr.Interface(lambda: sys.exit(3), [], "textbox", api_name="predict"))

    assert (door.run().status, shown(door.run())["error"]) == (500, GENERIC_ERROR)
    assert door.queue()[-2]["output"]["error"] == GENERIC_ERROR
    assert door.call()[0][1]["error"] == GENERIC_ERROR


def test_what_a_function_returns_is_never_more_than_json_can_hold(serve: Serve) -> None:
    """Half a surrogate pair comes from files' names; the call is committed, so it must be answered."""
    door = serve(gr.Interface(lambda: ("\ud800", {"a": float("nan")}), [], ["textbox", "json"], api_name="predict"))
    assert door.run().data == ["?", {"a": None}]


def test_a_refused_token_leaves_no_trace_in_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Not even a forged token is written down."""
    caplog.set_level(logging.DEBUG)
    token = door.run("a", headers={SESSION: "new"}).headers[SESSION]
    door.run("b", headers={SESSION: token})
    door.run("b", headers={SESSION: token[:-3]})

    assert "start a new session" in caplog.text
    assert token[:-3] not in caplog.text
    assert token.split(".")[0] not in caplog.text
