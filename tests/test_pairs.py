"""Conversations in pairs through the API, each call in an environment of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.settings import Settings
from tests.support.http import Door

Make = Callable[[], gr.Blocks]


class Environments:
    """An app of which every call meets an environment that knows nothing yet.

    Args:
        make: the app.
        place: of the store and the files that the environments share.
    """

    def __init__(self, make: Make, place: Path) -> None:
        self.make = make
        self.settings = Settings(store=f"sqlite://{place}/state.db", files=str(place / "files"))

    def __call__(self, api: str, *data: Any) -> list[Any]:
        """Call an endpoint in Ann's session; return its outputs."""
        door = Door(gr.handler(self.make(), settings=self.settings))
        try:
            answer = door.run(*data, api=api, session="ann")
            assert answer.status == 200, answer.json
            return answer.data  # type: ignore[no-any-return]
        finally:
            door.close()


@pytest.fixture
def environments(tmp_path: Path) -> Callable[[Make], Environments]:
    """Start environments of an app."""
    return lambda make: Environments(make, tmp_path)


def texts(chat: list[dict[str, Any]]) -> list[str]:
    """Return what a conversation says."""
    return [f"{row['role']}: {part['text']}" for row in chat for part in row["content"]]


def mixed() -> gr.Blocks:
    """Functions of pairs and of messages around one Chatbot."""
    with gr.Blocks() as demo:
        chatbot, box, told = gr.Chatbot(), gr.Textbox(), gr.JSON()

        def user(message: str, history: Any) -> Any:
            return "", history + [[message, None]]  # noqa: RUF005 - as the tutorials write it

        def bot(history: Any) -> Any:
            history[-1][1] = f"{history[-1][0]}!"
            return history

        def greet() -> Any:
            return [{"role": "assistant", "content": "Welcome."}]

        def note(history: Any) -> Any:
            roles = [message["role"] for message in history]
            return [*history, {"role": "assistant", "content": f"{len(roles)} messages"}]

        def tell(history: Any) -> Any:
            return [one if isinstance(one, list) else one["role"] for one in history]

        gr.on(box.submit, user, [box, chatbot], [box, chatbot], api_name="user")
        gr.on(box.blur, bot, chatbot, chatbot, api_name="bot")
        gr.on(box.blur, greet, None, chatbot, api_name="greet")
        gr.on(box.blur, note, chatbot, chatbot, api_name="note")
        gr.on(box.blur, tell, chatbot, told, api_name="tell")
        gr.on(box.blur, lambda: gr.Chatbot(value=[("a", "b")]), None, chatbot, api_name="update")
        gr.on(box.blur, lambda: {chatbot: [("a", "b")]}, None, chatbot, api_name="by_component")
        gr.Examples([[[["hi", "there"]]], [[("look", None)]]], chatbot, api_name="example")
    return demo


def test_functions_of_both_kinds_get_what_they_gave(environments: Callable[[Make], Environments]) -> None:
    """Whichever has spoken last, and in any environment: pairs for those that write pairs, else messages."""
    call = environments(mixed)
    [chat] = call("greet")
    _, chat = call("user", "hi", chat)
    [chat] = call("bot", chat)
    assert texts(chat) == ["assistant: Welcome.", "user: hi", "assistant: hi!"]
    assert call("tell", chat) == [[[None, "Welcome."], ["hi", "hi!"]]]
    [chat] = call("note", chat)
    assert texts(chat)[3:] == ["assistant: 3 messages"]
    assert call("tell", chat) == [["assistant", "user", "assistant", "assistant"]]
    _, chat = call("user", "ho", chat)
    [chat] = call("bot", chat)
    assert texts(chat)[3:] == ["assistant: 3 messages", "user: ho", "assistant: ho!"]


def test_callers_may_write_messages_by_hand(environments: Callable[[Make], Environments]) -> None:
    """As the API's description says: functions that take pairs get pairs of them."""
    call = environments(mixed)
    said = [{"role": "user", "content": [{"type": "text", "text": "by hand"}]}]
    assert texts(call("bot", said)[0]) == ["user: by hand", "assistant: by hand!"]
    assert texts(call("bot", [["in a pair", None]])[0]) == ["user: in a pair", "assistant: in a pair!"]


def test_updates_and_examples_may_have_pairs(environments: Callable[[Make], Environments]) -> None:
    """Wherever a function or the app gives a value."""
    call = environments(mixed)
    assert call("tell", call("update")[0]["value"]) == [[["a", "b"]]]
    assert call("tell", call("by_component")[0]) == [[["a", "b"]]]
    assert call("tell", call("example", 0)[0]) == [[["hi", "there"]]]
    assert call("tell", call("example", 1)[0]) == [[["look", None]]]


def test_the_description_is_that_of_messages(environments: Callable[[Make], Environments]) -> None:
    """Pairs change nothing of what ``/info`` says."""

    def described(**options: Any) -> Any:
        with gr.Blocks() as demo:
            chatbot = gr.Chatbot(label="Chat", **options)
            gr.on(chatbot.change, lambda history: history, chatbot, chatbot, api_name="same")
        return Door(gr.handler(demo, settings=Settings(store="memory:"))).get("/gradio_api/info").json

    assert described() == described(type="tuples") == described(type="messages")


def by_annotation(message: str, history: list[tuple[str, str]], system: str) -> str:
    """Answer as a Space's template for Gradio 4 does."""
    return f"{system} {[user for user, _ in history]}"


def by_use(message: str, history: Any, system: str) -> str:
    """Go through the pairs, as the guides for Gradio 4 do."""
    return f"{system} {[human for human, assistant in history]}"


def not_to_be_seen(message: str, history: Any, system: str) -> str:
    """Get messages, unless it is told otherwise."""
    return f"{system} {[same(one)[0] for one in history]}"


def same(one: Any) -> Any:
    """Return it."""
    return one


@pytest.mark.parametrize(
    ("fn", "options"),
    [(by_annotation, {}), (by_use, {}), (not_to_be_seen, {"type": "tuples"})],
    ids=["hint", "use", "type"],
)
def test_a_chats_function_gets_pairs(
    environments: Callable[[Make], Environments], fn: Callable[..., Any], options: dict[str, Any]
) -> None:
    """Where it says so, or is seen to take them; from callers and on the page."""
    call = environments(lambda: gr.ChatInterface(fn, additional_inputs="textbox", api_name="chat", **options))

    assert call("chat", "one", "S")[0] == "S []"
    assert call("chat", "two", "S")[0] == "S ['one']"
    _, chat, _ = call("_submit_fn", "three", None, "T")
    assert texts(chat)[-1] == "assistant: T ['one', 'two']"
    assert [row["pair"] for row in chat] == [0, 0, 1, 1, 2, 2]


def test_a_chat_of_pairs_answers_with_files(environments: Callable[[Make], Environments], tmp_path: Path) -> None:
    """A tuple of a path is a file, as in pairs, and comes back as one."""
    place = tmp_path / "made.txt"
    place.write_text("made")

    def answer(message: str, history: Any) -> Any:
        return (str(place), "A file") if not history else str([(Path(bot[0]).name, bot[1]) for _, bot in history])

    call = environments(lambda: gr.ChatInterface(answer, type="tuples", api_name="chat"))
    _, chat, _ = call("_submit_fn", "one", None)
    assert (chat[1]["content"][0]["type"], chat[1]["content"][0]["alt_text"]) == ("file", "A file")
    assert call("chat", "two")[0] == "[('made.txt', 'A file')]"


def test_an_interface_with_a_state_of_pairs(environments: Callable[[Make], Environments]) -> None:
    """As scripts for Gradio 2 and 3 write a chat: the pairs are kept in the State, and shown."""

    def answer(message: str, history: Any) -> Any:
        history = history or []
        history.append((message, f"{len(history)}: {message}"))
        return history, history

    call = environments(lambda: gr.Interface(answer, ["textbox", "state"], ["chatbot", "state"], api_name="predict"))
    call("predict", "one")
    chat, _ = call("predict", "two")
    assert texts(chat) == ["user: one", "assistant: 0: one", "user: two", "assistant: 1: two"]


def test_an_edited_message_is_that_of_its_pair(environments: Callable[[Make], Environments], tmp_path: Path) -> None:
    """The page tells the pair and the side; the conversation goes on from there."""
    make = environments(lambda: gr.ChatInterface(by_use, additional_inputs="textbox", editable=True, api_name="chat"))
    for words in ("one", "two", "three"):
        make("chat", words, "S")
    demo = make.make()
    listener = next(one.id for one in demo.listeners if one.targets and one.targets[0][1] == "edit")
    body = {
        "data": [None, "T"],
        "fn_index": listener,
        "session_hash": "ann",
        "event_data": {"index": [1, 0], "value": "new", "previous_value": "two"},
    }
    answer = Door(gr.handler(demo, settings=make.settings))("POST", "/gradio_api/run/predict", json=body)
    assert texts(answer.data[1])[2:] == ["user: new", "assistant: T ['one']"]
