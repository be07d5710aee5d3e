"""The items of an event stream, read by Gradio's rules."""

from __future__ import annotations

import json
from typing import Any

import pytest
from gradio_client.exceptions import AppError
from hypothesis import given
from hypothesis import strategies as st

from adapter.calls.call import Step
from adapter.calls.notices import Notice
from adapter.components.state import State
from adapter.errors import Error, FunctionFailed, InvalidInput, StoreError
from adapter.gradio_api import messages
from adapter.gradio_api.messages import GENERIC_ERROR, CallFormat, QueueFormat, error_shown

TEXTS = st.text() | st.sampled_from(["a\nb", "\r\n", "\u2028", "data: x\n\n", "\x00", ": comment"])


def read(block: bytes) -> dict[str, Any]:
    """Return a block's message as Gradio's Python client reads it, which takes no other form."""
    assert block.endswith(b"\n\n")
    [line] = block.removesuffix(b"\n\n").split(b"\n")
    assert b"\r" not in line
    assert line.startswith(b"data: ")
    found: dict[str, Any] = json.loads(line[len(b"data: ") :])
    return found


@given(TEXTS)
def test_a_block_is_one_line_whatever_it_says(text: str) -> None:
    """No text of a function can break the stream's form."""
    step = Step([text, {text: [text]}], final=True)
    [message] = QueueFormat().step("the-event", step, None)

    assert read(QueueFormat().block(message))["output"]["data"] == [text, {text: [text]}]
    event, data = CallFormat().block({"event": "complete", "data": [text]}).removesuffix(b"\n\n").split(b"\n")
    assert (event, json.loads(data.removeprefix(b"data: "))) == (b"event: complete", [text])


def test_a_call_begins_and_ends() -> None:
    """Gradio's messages around the values."""
    form = QueueFormat()
    assert [one["msg"] for one in form.begin("e")] == ["estimation", "process_starts"]
    assert form.close() == [{"msg": "close_stream", "event_id": None}]
    assert (CallFormat().begin("e"), CallFormat().close()) == ([], [])


def test_yields_are_whole_first_and_then_differences() -> None:
    """Each output has its own list of edits; the end is whole, for clients that missed some."""
    form = QueueFormat()
    first, second = Step(["a", [1]], final=False), Step(["ab", [1]], final=False)

    assert form.step("e", first, None)[0]["output"]["data"] == ["a", [1]]
    assert form.step("e", second, first)[0]["output"]["data"] == [[["append", [], "b"]], []]
    [last] = form.step("e", Step(["ab", [1]], final=True), second)
    assert (last["msg"], last["success"], last["output"]["data"]) == ("process_completed", True, ["ab", [1]])
    assert [CallFormat().step("e", step, first)[0] for step in (second, Step(["ab"], final=True))] == [
        {"event": "generating", "data": ["ab", [1]]},
        {"event": "complete", "data": ["ab"]},
    ]


def test_changed_states_are_named_by_their_ids() -> None:
    """Which States a call changed, never what they hold."""
    state = State("secret")
    output = messages.output(Step([None], final=True, changed=(state,), seconds=0.5))

    assert output["changed_state_ids"] == [state.id]
    assert (output["is_generating"], output["duration"]) == (False, 0.5)
    assert "secret" not in str(output)


def test_notices_are_logs() -> None:
    """What a function says meanwhile; ``/call`` has no place for it."""
    notice = Notice("careful", "warning", duration=None, visible=False, title="Look")
    [message] = QueueFormat().notice("e", notice)

    assert message == {
        "msg": "log", "event_id": "e", "log": "careful", "level": "warning", "duration": None, "visible": False,
        "title": "Look",
    }  # fmt: skip
    assert CallFormat().notice("e", notice) == []


def failed(error: Exception) -> FunctionFailed:
    """Return the failure of a function that raised ``error``."""
    failure = FunctionFailed("/f raised")
    failure.__cause__ = error
    return failure


@pytest.mark.parametrize("show_error", [True, False])
@pytest.mark.parametrize(
    "error",
    [
        Error("told", duration=None),
        failed(ValueError("inside")),
        failed(KeyError()),
        InvalidInput("wrong"),
        StoreError("busy"),
    ],
)
def test_an_error_is_one_that_the_python_client_can_raise(error: Any, show_error: bool) -> None:
    """The client passes every key on to its own error, and fails on one that it does not know."""
    shown = error_shown(error, show_error=show_error)
    [message] = QueueFormat().failure("e", shown)
    output = read(QueueFormat().block(message))["output"]

    assert (message["msg"], message["success"], message["title"]) == ("process_completed", False, output["title"])
    raised = AppError(message=output.pop("error"), **output)
    assert raised.message == shown["error"]
    assert isinstance(raised.message, str)


def test_a_functions_own_exception_is_hidden_unless_it_is_to_be_shown() -> None:
    """The generic text, its own text, or its name where it has no text."""
    assert error_shown(failed(ValueError("inside")), show_error=False)["error"] == GENERIC_ERROR
    assert error_shown(failed(ValueError("inside")), show_error=True)["error"] == "inside"
    assert error_shown(failed(KeyError()), show_error=True)["error"] == "KeyError"
