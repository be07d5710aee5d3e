"""A ChatInterface: what its function gets, what becomes of its answers, and what the page can do."""

# ruff: noqa: D103 - the functions under test have no docstrings, which would stand in the API

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.errors import ConfigurationError, NotAvailable
from adapter.gradio_api.config import config
from adapter.settings import Settings
from tests.support.http import Door

Message = dict[str, Any]


def served(demo: gr.Blocks, place: str = "memory:") -> Door:
    """Return an environment of the app."""
    return Door(gr.handler(demo, settings=Settings(store=place)))


def echo(message: str, history: list[Message]) -> str:
    return f"{message} after {len(history)}"


def told(message: str, history: list[Message]) -> str:
    return str([one["content"] for one in history])


def grow(message: str, history: list[Message]) -> Iterator[str]:
    yield message
    yield f"{message} after {len(history)}"
    if message == "fail":
        raise gr.Error("no!")


def listener(demo: gr.Blocks, event: str) -> dict[str, Any]:
    """Return the page's listener to ``event``."""
    return next(one for one in config(demo)["dependencies"] if one["targets"] and one["targets"][0][1] == event)


def act(demo: gr.Blocks, door: Door, event: str, *data: Any, told_of: Any = None) -> list[dict[str, Any]]:
    """Do on the page what fires ``event``; return the outputs that were sent, the last one last."""
    found = listener(demo, event)
    body = {"data": list(data), "fn_index": found["id"], "session_hash": "ann", "event_data": told_of}
    assert door("POST", "/gradio_api/queue/join", json=body).status == 200
    messages = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    return [message["output"] for message in messages if "output" in message]


def said(*texts: str) -> list[Message]:
    """Return a conversation on the wire, the visitor first."""
    return [
        {
            "role": ("user", "assistant")[place % 2],
            "metadata": None,
            "content": [{"text": text, "type": "text"}],
            "options": None,
        }
        for place, text in enumerate(texts)
    ]


# -- the API ------------------------------------------------------------------------------------


def test_the_history_is_kept_per_session(tmp_path: Path) -> None:
    """Whichever environment answers, a session's function gets its earlier messages and answers, and no others."""
    place = f"sqlite://{tmp_path}/state.db"
    one, other = served(gr.ChatInterface(told), place), served(gr.ChatInterface(told), place)

    assert one.run("a", api="told", session="ann").data == ["[]", None]
    assert other.run("b", api="told", session="ann").data[0] == "['a', '[]']"
    assert one.run("x", api="told", session="bob").data[0] == "[]"
    assert one.run("c", api="told", session="ann").data[0] == str(["a", "[]", "b", "['a', '[]']"])
    one.close()
    other.close()


def test_the_api_is_gradios() -> None:
    """A message and the additional inputs go in by the function's names, the answer comes out; a State is not seen."""

    def talk(message: str, history: list[Message], system: str, n: int = 2) -> str:
        """Talk."""
        return f"{system}{n}"

    demo = gr.ChatInterface(talk, additional_inputs=[gr.Textbox("You are nice", label="System"), gr.Number(label="N")])
    [(name, endpoint)] = served(demo).get("/gradio_api/info").json["named_endpoints"].items()

    assert (name, endpoint["description"]) == ("/talk", "Talk.")
    assert [(one["parameter_name"], one["label"]) for one in endpoint["parameters"]] == [
        ("message", ""), ("system", "System"), ("n", "N")
    ]  # fmt: skip
    assert [one["parameter_default"] for one in endpoint["parameters"]] == [None, "You are nice", None]
    assert [(one["label"], one["component"]) for one in endpoint["returns"]] == [("Response", "Json")]
    assert served(demo).run("a", "S", 3, api="talk").data[0] == "S3"
    renamed = served(gr.ChatInterface(echo, api_name="chat", api_description="Other.")).get("/gradio_api/info").json
    assert renamed["named_endpoints"]["/chat"]["description"] == "Other."


def test_an_answer_grows() -> None:
    """What a generator yields is sent at once; its last is what the history keeps."""
    door = served(demo := gr.ChatInterface(grow))
    place = next(one["id"] for one in config(demo)["dependencies"] if one["api_name"] == "grow")
    outputs = [message["output"] for message in door.queue("a", fn_index=place) if "output" in message]

    assert [one["data"][0] for one in outputs] == ["a", [["append", [], " after 0"]], "a after 0"]
    assert door.run("b", api="grow", session="ann").data[0] == "b after 2"


async def plain_async(message: str, history: list[Message]) -> str:
    return f"{message} after {len(history)}"


async def growing_async(message: str, history: list[Message]) -> AsyncIterator[str]:
    yield "…"
    yield f"{message} after {len(history)}"


@pytest.mark.parametrize("fn", [echo, grow, plain_async, growing_async])
def test_functions_of_every_kind(fn: Callable[..., Any]) -> None:
    """Plain, async, and generators of both kinds answer alike and keep the history."""
    door = served(gr.ChatInterface(fn, api_name="chat"))

    assert [door.run(text, api="chat", session="ann").data[0] for text in "ab"] == ["a after 0", "b after 2"]


THOUGHT = {"content": "a", "metadata": {"title": "T"}}


@pytest.mark.parametrize(
    ("answer", "shown", "kept"),
    [
        ("a", "a", [("assistant", "a")]),
        (THOUGHT, THOUGHT, [("assistant", "a")]),
        (["a", {"role": "user", "content": "b"}], ["a", {"content": "b"}], [("assistant", "a"), ("assistant", "b")]),
        (gr.ChatMessage("a"), {"content": "a", "metadata": {}, "options": []}, [("assistant", "a")]),
        ([], [], []),
    ],
)  # fmt: skip
def test_answers_of_every_kind(answer: Any, shown: Any, kept: list[tuple[str, str]]) -> None:
    """Texts, messages and lists of them; each message of an answer is the assistant's."""

    def fn(message: str, history: list[Message]) -> Any:
        return answer if message == "a" else str([(one["role"], one["content"]) for one in history])

    door = served(gr.ChatInterface(fn))
    found = door.run("a", api="fn", session="ann").data[0]
    for one in found if isinstance(found, list) else [found]:
        assert isinstance(one, str) or one.pop("role") == "assistant"
    assert found == shown
    assert door.run("?", api="fn", session="ann").data[0] == str([("user", "a"), *kept])


def test_a_component_as_an_answer_is_kept() -> None:
    """It goes out and into the history in the wire's form, which can be stored."""

    def fn(message: str, history: list[Message]) -> Any:
        return gr.JSON({"a": 1}) if not history else str(history[-1]["content"][0]["value"])

    door = served(gr.ChatInterface(fn))
    assert door.run("a", api="fn", session="ann").data[0]["content"][0]["component"] == "json"
    assert door.run("b", api="fn", session="ann").data[0] == "{'a': 1}"


@pytest.mark.parametrize("answer", [None, 3, {"role": "assistant"}])
def test_an_answer_that_is_none_fails(answer: Any) -> None:
    """What is no text and no message is an error of the function, and changes nothing."""
    door = served(gr.ChatInterface(lambda message, history: answer if message else str(len(history)), api_name="chat"))

    assert door.run("a", api="chat", session="ann").status == 500
    assert door.run("", api="chat", session="ann").data[0] == "0"


@pytest.mark.parametrize("fn", [grow])
def test_a_turn_that_fails_changes_nothing(fn: Callable[..., Any]) -> None:
    """The visitor hears why; neither the message nor the half answer is in the history."""
    door = served(gr.ChatInterface(fn))

    failed = door.run("fail", api="grow", session="ann")
    assert (failed.status, failed.json["error"]) == (500, "no!")
    assert door.run("a", api="grow", session="ann").data[0] == "a after 0"


def test_what_the_function_appends_is_not_kept() -> None:
    """The history it gets is a list of its own."""

    def fn(message: str, history: list[Message]) -> str:
        history.append({"role": "user", "content": "mine"})
        return str(len(history))

    door = served(gr.ChatInterface(fn))
    assert [door.run("a", api="fn", session="ann").data[0] for _ in range(2)] == ["1", "3"]


def test_the_request_stands_where_the_function_wants_it() -> None:
    """By annotation, before or between the others."""

    def fn(request: gr.Request, message: str, history: list[Message], extra: str) -> str:
        return f"{message} {extra} {request.headers['x-mine']}"

    demo = gr.ChatInterface(fn, additional_inputs="textbox")
    door = served(demo)
    assert door.run("a", "b", api="fn", headers={"x-mine": "c"}).data[0] == "a b c"
    names = [one["parameter_name"] for one in door.get("/gradio_api/info").json["named_endpoints"]["/fn"]["parameters"]]
    assert names == ["message", "extra"]


def test_further_outputs() -> None:
    """What the function returns beside the answer goes to its components, which may stand outside the chat."""

    def fn(message: str, history: list[Message]) -> tuple[str, dict[str, int]]:
        return message, {"known": len(history)}

    with gr.Blocks() as demo:
        shown = gr.JSON(label="J")
        gr.ChatInterface(fn, additional_outputs=shown)
    door = served(demo)
    assert door.run("a", api="fn", session="ann").data == ["a", None, {"known": 0}]
    assert act(demo, door, "submit", "b", None)[-1]["data"] == ["", said("a", "a", "b", "b"), None, {"known": 2}]


# -- the page -----------------------------------------------------------------------------------


def test_a_turn_of_the_page_is_one_call() -> None:
    """It shows the conversation, and its function gets the earlier messages as lists of parts."""
    demo = gr.ChatInterface(lambda message, history: str([one["content"] for one in history]))
    door = served(demo)

    [first] = act(demo, door, "submit", "a", None)
    assert first["data"] == [{"__type__": "update"}, said("a", "[]"), None]
    [second] = act(demo, door, "submit", "b", None)
    assert second["data"][1][:3] == said("a", "[]", "b")
    assert second["data"][1][3]["content"][0]["text"] == str([one["content"] for one in said("a", "[]")])
    chained = [one for one in config(demo)["dependencies"] if one["trigger_after"] is not None]
    assert chained == []


def test_the_page_sees_an_answer_grow() -> None:
    """First the message alone, then the answer with each yield."""
    demo = gr.ChatInterface(grow)
    outputs = act(demo, served(demo), "submit", "a", None)

    assert outputs[0]["data"][1] == said("a")
    assert len(outputs) == 4
    assert outputs[-1]["data"][1] == said("a", "a after 0")


def test_a_turn_that_fails_on_the_page_is_taken_back() -> None:
    """The last that the page is shown before the error is the conversation that the session still has."""
    demo = gr.ChatInterface(grow)
    door = served(demo)
    act(demo, door, "submit", "a", None)
    outputs = act(demo, door, "submit", "fail", None)

    assert outputs[-1]["error"] == "no!"
    [_, _, _, restored] = outputs[:-1]
    assert restored["data"][0] == [["add", ["value"], "fail"]] or "fail" in str(restored["data"][0])
    assert act(demo, door, "submit", "b", None)[-1]["data"][1] == said("a", "a after 0", "b", "b after 2")


def test_retry_and_undo() -> None:
    """Retry answers the last message anew; undo takes it back into the textbox."""
    demo = gr.ChatInterface(lambda message, history, n: f"{message} {n}", additional_inputs="number")
    door = served(demo)
    act(demo, door, "submit", "a", None, 1)
    act(demo, door, "submit", "b", None, 2)

    assert act(demo, door, "retry", None, 3)[-1]["data"][1] == said("a", "a 1", "b", "b 3")
    assert act(demo, door, "undo", None)[-1]["data"] == ["b", said("a", "a 1"), None]
    assert act(demo, door, "submit", "c", None, 4)[-1]["data"][1] == said("a", "a 1", "c", "c 4")


def test_clear() -> None:
    """Clearing the conversation clears the session's."""
    demo = gr.ChatInterface(echo)
    door = served(demo)
    act(demo, door, "submit", "a", None)
    act(demo, door, "clear")

    assert act(demo, door, "submit", "b", None)[-1]["data"][1] == said("b", "b after 0")


def test_options_edits_and_examples_are_turns() -> None:
    """An option is said, an edited message goes on from its place, an example starts."""
    demo = gr.ChatInterface(echo, editable=True, examples=["Hi", {"text": "Ho"}], example_labels=["first", "second"])
    door = served(demo)

    begun = act(demo, door, "example_select", None, told_of={"index": 1, "value": {"text": "Ho", "files": []}})
    assert begun[-1]["data"][1] == said("Ho", "Ho after 0")
    act(demo, door, "option_select", None, told_of={"index": 1, "value": "o"})
    edited = {"index": 2, "previous_value": "o", "value": "p"}
    assert act(demo, door, "edit", None, told_of=edited)[-1]["data"][1] == said("Ho", "Ho after 0", "p", "p after 2")
    assert demo.chatbot.props()["examples"] == [
        {"text": "Hi", "display_text": "first"}, {"text": "Ho", "display_text": "second"}
    ]  # fmt: skip
    assert demo.chatbot.props()["editable"] == "user"


def test_examples_may_only_be_put_into_the_textbox() -> None:
    """Then nothing runs before the visitor sends it."""
    demo = gr.ChatInterface(echo, examples=["Hi"], run_examples_on_click=False)

    [shown] = act(demo, served(demo), "example_select", told_of={"index": 0, "value": {"text": "Hi"}})
    assert shown["data"] == ["Hi"]


def test_examples_with_values_stand_below() -> None:
    """A row fills the textbox and the additional inputs."""
    demo = gr.ChatInterface(
        lambda message, history, n: n, additional_inputs=gr.Number(label="N"), examples=[["a", 1], ["b", 2]]
    )
    assert "dataset" in [one["type"] for one in config(demo)["components"]]
    assert demo.chatbot.props()["examples"] == []
    assert act(demo, served(demo), "click", 1)[-1]["data"] == ["b", 2]


def test_other_listeners_can_set_the_conversation() -> None:
    """What is put into ``chatbot_value`` is shown and is the history from then on."""
    with gr.Blocks() as demo:
        chat = gr.ChatInterface(echo)
        button = gr.Button()
        button.click(lambda: said("x", "y"), None, chat.chatbot_value, api_name="put")
    door = served(demo)

    changed = door.run(api="put", session="ann").json["changed_state_ids"]
    assert changed == [chat.chatbot_value.id]
    assert act(demo, door, "change", None)[-1]["data"][0] == said("x", "y")
    assert act(demo, door, "submit", "a", None)[-1]["data"][1] == said("x", "y", "a", "a after 2")


def test_a_conversation_may_begin_with_messages() -> None:
    """The chatbot's value is every session's first history."""
    demo = gr.ChatInterface(echo, chatbot=gr.Chatbot([{"role": "assistant", "content": "Hello"}], label="Mine"))

    assert act(demo, served(demo), "submit", "a", None)[-1]["data"][1][-1]["content"][0]["text"] == "a after 1"
    assert demo.chatbot.label == "Mine"


def test_a_generator_can_be_stopped() -> None:
    """The textbox's stop ends every kind of turn; a plain function has none, nor one that is told so."""
    demo = gr.ChatInterface(grow, examples=["a"], editable=True)
    turns = {one["id"] for one in config(demo)["dependencies"] if str(one["api_name"]).startswith("_submit_fn")}

    stop = listener(demo, "stop")
    assert set(stop["cancels"]) == turns
    [after] = [one for one in config(demo)["dependencies"] if one["trigger_after"] == stop["id"]]
    assert after["outputs"] == [demo.chatbot.id]
    assert len(turns) == 5
    for other in (gr.ChatInterface(echo), gr.ChatInterface(grow, stop_btn=False)):
        assert not [one for one in config(other)["dependencies"] if one["cancels"]]


def test_a_session_that_persists_shows_its_conversation_again() -> None:
    """With ``persist_session=True`` a reload asks for it."""
    demo = gr.ChatInterface(echo, persist_session=True)
    door = served(demo)
    act(demo, door, "submit", "a", None)

    assert act(demo, door, "load", None)[-1]["data"] == [said("a", "a after 0")]


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"multimodal": True},
        {"type": "tuples"},
        {"flagging_mode": "manual"},
        {"save_history": True},
        {"validator": echo},
        {"nonsense": 3},
    ],
    ids=lambda options: str(*options),
)
def test_what_is_not_here_is_refused_by_name(options: dict[str, Any]) -> None:
    """When the app is built, with what to do instead."""
    with pytest.raises(NotAvailable, match=next(iter(options))):
        gr.ChatInterface(echo, **options)


def test_inputs_must_fit_the_function() -> None:
    """Too few or too many are told when the app is built; so are examples that are too long."""
    with pytest.raises(ConfigurationError, match=r"echo takes 2 inputs \(message, history\), and the chat gives it 3"):
        gr.ChatInterface(echo, additional_inputs="textbox")
    with pytest.raises(ConfigurationError, match="has 2 values for 1 inputs"):
        gr.ChatInterface(echo, examples=[["a", "b"]])
