"""A ChatInterface: what its function gets, what becomes of its answers, and what the page can do."""

# ruff: noqa: D103 - the functions under test have no docstrings, which would stand in the API

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.compat.warnings import AppWarning
from adapter.errors import NotAvailable
from adapter.files import LocalFiles
from adapter.files.base import owner_of
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


# -- files ----------------------------------------------------------------------------------------


def describe(message: Message, history: list[Message]) -> str:
    names = ", ".join(Path(file).read_text() for file in message["files"])
    earlier = [part for one in history for part in one["content"] if isinstance(part, dict)]
    paths = [part["file"]["path"] if "file" in part else part["path"] for part in earlier if part.get("type") != "text"]
    return f"{message['text']}: {names} after {[Path(path).read_text() for path in paths]}"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalFiles:
    """The files of the apps in this test, whose folder has a picture."""
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    Path("cat.txt").write_text("a cat")
    return LocalFiles(tmp_path / "files")


def with_files(demo: gr.Blocks, files: LocalFiles) -> Door:
    """Return an environment of the app that keeps files."""
    return Door(gr.handler(demo, settings=Settings(store="memory:", files=str(files.root))))


def upload(files: LocalFiles, text: str, name: str = "a.txt") -> dict[str, Any]:
    """Return the data of a file that a client has uploaded."""
    return {"path": files.put(name, text.encode()), "orig_name": name, "meta": {"_type": "gradio.FileData"}}


def texts(messages: list[Message]) -> list[str]:
    """Return what a conversation says, with the names of its files."""
    parts = [part for message in messages for part in message["content"]]
    return [part["text"] if part["type"] == "text" else Path(part["file"]["path"]).name for part in parts]


def test_messages_have_files(files: LocalFiles) -> None:
    """The function gets their places on this machine, also in the history; retry and undo have them too."""
    demo = gr.ChatInterface(describe, multimodal=True)
    door = with_files(demo, files)
    first = {"text": "see", "files": [upload(files, "one"), upload(files, "two")]}
    act(demo, door, "submit", first, None)
    shown = act(demo, door, "submit", {"text": "and", "files": []}, None)[-1]["data"][1]

    assert texts(shown) == ["a.txt", "a.txt", "see", "see: one, two after []", "and", "and:  after ['one', 'two']"]
    assert shown[0]["content"][0]["file"]["url"].endswith(shown[0]["content"][0]["file"]["path"])
    assert act(demo, door, "undo", None)[-1]["data"][0] == {"text": "and", "files": []}
    assert texts(act(demo, door, "retry", None)[-1]["data"][1])[-1] == "see: one, two after []"
    taken = act(demo, door, "undo", None)[-1]["data"][0]
    assert (taken["text"], [file["orig_name"] for file in taken["files"]]) == ("see", ["a.txt", "a.txt"])


def test_callers_send_files(files: LocalFiles) -> None:
    """As gradio_client does: text and files are the message."""
    demo = gr.ChatInterface(describe, multimodal=True, api_name="chat")
    door = with_files(demo, files)

    def call(text: str, *uploads: Any) -> Any:
        body = {"data": [{"text": text, "files": [*uploads]}, None], "session_hash": "ann"}
        return door("POST", "/gradio_api/run/chat", json=body).json["data"][0]

    assert call("see", upload(files, "one")) == "see: one after []"
    assert call("and") == "and:  after ['one']"


@pytest.mark.parametrize("place", [0, [0, 2]])
def test_an_edited_message_keeps_its_files(files: LocalFiles, place: Any) -> None:
    """The function gets the new words with the files of the message, and so does the conversation after it."""
    demo = gr.ChatInterface(describe, multimodal=True, editable=True)
    door = with_files(demo, files)
    first = {"text": "see", "files": [upload(files, "one"), upload(files, "two")]}
    act(demo, door, "submit", first, None)
    act(demo, door, "submit", {"text": "and", "files": []}, None)

    told = {"index": place, "previous_value": "see", "value": "look"}
    shown = act(demo, door, "edit", None, told_of=told)[-1]["data"][1]
    assert texts(shown) == ["a.txt", "a.txt", "look", "look: one, two after []"]
    after = act(demo, door, "submit", {"text": "more", "files": []}, None)[-1]["data"][1]
    assert texts(after)[-1] == "more:  after ['one', 'two']"


@pytest.mark.parametrize("place", ["one", None, [], [[0]], -1, {}])
def test_an_edit_of_no_message_is_refused_in_words(place: Any) -> None:
    """The index of an edit that is no number of a message is the caller's mistake."""
    demo = gr.ChatInterface(echo, editable=True)
    told = {"index": place, "previous_value": "see", "value": "look"}
    [answer] = act(demo, served(demo), "edit", None, told_of=told)
    assert "give the number of the edited message" in answer["error"]


def test_answers_have_files(files: LocalFiles) -> None:
    """By path, in a list with a text, as it grows; each is kept once and is the session's own."""

    def draw(message: str, history: list[Message]) -> Iterator[Any]:
        Path("made.txt").write_text(message)
        yield ["wait", {"text": "", "files": ["made.txt"]}]
        yield [{"content": {"path": "made.txt", "alt_text": "made"}}, "done"]

    demo = gr.ChatInterface(draw)
    shown = act(demo, with_files(demo, files), "submit", "a", None)
    assert texts(shown[-1]["data"][1]) == ["a", "made.txt", "done"]
    assert len(list(files.root.glob("files/*/*/made.txt"))) == 1


def test_examples_with_files(files: LocalFiles) -> None:
    """They are shown with the page, and are sent, or put into the textbox, as files of the app."""
    example = {"text": "see", "files": ["cat.txt"]}
    demo = gr.ChatInterface(describe, multimodal=True, examples=[example, "hi"])
    door = with_files(demo, files)
    [shown, _] = demo.chatbot.props()["examples"]
    begun = act(demo, door, "example_select", None, told_of={"index": 0, "value": shown})

    assert (shown["files"][0]["orig_name"], shown["files"][0]["mime_type"]) == ("cat.txt", "text/plain")
    assert door.get(f"/gradio_api/file={shown['files'][0]['path']}").body == b"a cat"
    assert texts(begun[-1]["data"][1])[1:] == ["see", "see: a cat after []"]

    put = gr.ChatInterface(describe, multimodal=True, examples=[example], run_examples_on_click=False)
    [[field]] = [
        one["data"] for one in act(put, with_files(put, files), "example_select", told_of={"index": 0, "value": shown})
    ]
    assert (field["text"], [file["orig_name"] for file in field["files"]]) == ("see", ["cat.txt"])


@pytest.mark.parametrize(
    ("examples", "cards", "begun"),
    [
        ([{"text": "see", "files": ["cat.txt"]}], [("see", ["cat.txt"])], "see"),
        ([{"files": ["cat.txt"]}], [(None, ["cat.txt"])], ""),
        ([{"text": "see", "files": []}, "hi"], [("see", []), ("hi", [])], "see"),
        ([["a", "b", 3]], [("a", [])], "a"),
        ([[{"text": "a", "files": ["cat.txt"]}, None]], [("a", ["cat.txt"])], "a"),
        ([("a", "b")], [("a", [])], "a"),
    ],
)
def test_examples_of_a_chat_of_texts(files: LocalFiles, examples: Any, cards: Any, begun: str) -> None:
    """Their files are shown with them and a text alone is sent; values for which there are no inputs are left out."""
    demo = gr.ChatInterface(echo, examples=examples)
    shown = demo.chatbot.props()["examples"]
    door = with_files(demo, files)
    sent = act(demo, door, "example_select", None, told_of={"index": 0, "value": shown[0]})[-1]["data"][1]

    found = [(one.get("text"), [file["orig_name"] for file in one.get("files", ())]) for one in shown]
    assert found == cards
    assert texts(sent)[:1] == [begun]


def test_rows_of_examples_may_be_longer_or_shorter_than_the_inputs(files: LocalFiles) -> None:
    """With additional inputs they stand in a table: a text where a text is sent, and what is too much left out."""
    rows = [[{"text": "see", "files": ["cat.txt"]}, 3, "more"], ["hi"], "ho"]
    demo = gr.ChatInterface(lambda message, history, n: f"{message} {n}", additional_inputs="number", examples=rows)
    [table] = [block for block in demo.blocks.values() if isinstance(block, gr.Dataset)]

    assert demo.chatbot.props()["examples"] == []
    assert table.raw_samples == [["see", 3], ["hi", None], ["ho", None]]


def test_a_chat_goes_on_without_files_that_are_kept_no_more(files: LocalFiles) -> None:
    """Their names stand in their place."""
    demo = gr.ChatInterface(told, multimodal=True)
    door = with_files(demo, files)
    act(demo, door, "submit", {"text": "see", "files": [upload(files, "one", "old.txt")]}, None)
    for place in files.root.glob("*/*/old.txt"):
        place.unlink()
    for place in files.root.glob("*/*/*/old.txt"):
        place.unlink()

    shown = act(demo, door, "submit", {"text": "and", "files": []}, None)[-1]["data"][1]
    assert texts(shown)[0] == "📎 old.txt"


def test_a_multimodal_textbox_makes_a_multimodal_chat(files: LocalFiles) -> None:
    """Its types of files are checked."""
    demo = gr.ChatInterface(describe, textbox=gr.MultimodalTextbox(label="Message", file_types=[".txt"]))
    door = with_files(demo, files)

    assert texts(act(demo, door, "submit", {"text": "a", "files": []}, None)[-1]["data"][1])[-1] == "a:  after []"
    wrong = act(demo, door, "submit", {"text": "a", "files": [upload(files, "b", "b.exe")]}, None)
    assert "Invalid file type: 'b.exe' for 'Message'" in wrong[-1]["error"]


# -- conversations that the browser keeps, and validators ------------------------------------------


def after(demo: gr.Blocks, event: str) -> dict[str, Any]:
    """Return the listener that follows the one to ``event``."""
    found = listener(demo, event)
    return next(one for one in config(demo)["dependencies"] if one["trigger_after"] == found["id"])


def run(door: Door, found: dict[str, Any], *data: Any, told_of: Any = None) -> list[Any]:
    """Call a listener as the page does; return its data."""
    body = {"data": list(data), "fn_index": found["id"], "session_hash": "ann", "event_data": told_of}
    answer = door("POST", "/gradio_api/run/predict", json=body)
    assert answer.status == 200, answer.body
    data_: list[Any] = answer.json["data"]
    return data_


def test_the_browser_keeps_conversations() -> None:
    """Each is listed by its first words, shown again when chosen, grows with each turn, and goes when cleared."""
    demo = gr.ChatInterface(echo, save_history=True)
    door = served(demo)
    save, remove = after(demo, "submit"), after(demo, "clear")
    new = next(one for one in config(demo)["dependencies"] if one["targets"] and one["targets"][0][1] == "click")
    act(demo, door, "submit", "first " * 10, None)
    _, kept, titles = run(door, save, None, None, [])
    act(demo, door, "submit", "more", None)
    _, kept, _ = run(door, save, None, None, kept)
    run(door, new)
    act(demo, door, "submit", "second", None)
    _, kept, titles = run(door, save, None, None, kept)

    assert titles["samples"] == [["second"], [f"{('first ' * 10)[:40]}..."]]
    assert texts(kept[1])[2:] == ["more", "more after 2"]
    assert run(door, listener(demo, "load"), kept)[0]["samples"] == titles["samples"]
    shown = run(door, listener(demo, "select"), kept, told_of={"index": 1, "value": "first"})
    assert shown[1] == kept[1]
    assert act(demo, door, "submit", "third", None)[-1]["data"][1][-1]["content"][0]["text"] == "third after 4"
    act(demo, door, "clear")
    _, kept, titles = run(door, remove, None, kept)
    assert titles["samples"] == [["second"]]
    assert texts(kept[0]) == ["second", "second after 0"]


def test_what_the_browser_kept_opens_no_file_of_the_machine(files: LocalFiles) -> None:
    """It is the visitor's to change: paths that the session has not been given are only named."""
    demo = gr.ChatInterface(echo, save_history=True)
    door = with_files(demo, files)
    paths = ["cat.txt", "/etc/passwd", files.put("theirs.txt", b"t", owner=owner_of("other"))]
    parts = [{"type": "file", "file": {"path": path, "meta": {}}} for path in paths]
    kept = [[{"role": "user", "content": parts}], "nonsense", [3, {"role": 1}]]

    shown = run(door, listener(demo, "select"), kept, told_of={"index": 0, "value": "x"})
    assert texts(shown[1]) == ["📎 cat.txt", "📎 passwd", "📎 theirs.txt"]
    body = {"data": [kept], "fn_index": listener(demo, "select")["id"], "event_data": {"index": 9, "value": "x"}}
    assert door("POST", "/gradio_api/run/predict", json=body).status == 422


def test_validators_see_the_message_first() -> None:
    """What they refuse is told at the textbox, and the function does not run."""

    def check(message: str) -> Any:
        return gr.validate(len(message) < 5, "too long")

    demo = gr.ChatInterface(echo, validator=check)
    door = served(demo)
    found = listener(demo, "submit")
    body = {"data": ["long message", None], "fn_index": found["id"], "session_hash": "ann"}
    refused = door("POST", "/gradio_api/queue/join", json=body)

    assert refused.status == 422
    assert refused.json["detail"] == [
        {"__type__": "validate", "is_valid": False, "message": "too long", "parameter_name": "message"}
    ]
    assert act(demo, door, "submit", "ok", None)[-1]["data"][1] == said("ok", "ok after 0")


# -- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"flagging_mode": "auto"},
        {"nonsense": 3},
    ],
    ids=lambda options: str(*options),
)
def test_what_is_not_here_is_refused_by_name(options: dict[str, Any]) -> None:
    """When the app is built, with what to do instead."""
    with pytest.raises(NotAvailable, match=next(iter(options))):
        gr.ChatInterface(echo, **options)


def test_inputs_must_fit_the_function() -> None:
    """Too few or too many are warned of when the app is built."""
    with pytest.warns(AppWarning, match=r"echo takes 2 inputs \(message, history\) and is given 3; .* fail"):
        gr.ChatInterface(echo, additional_inputs="textbox")
