"""A conversation that streams, fails, thinks, asks, and tells what was done with its messages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import adapter as gr
from adapter.components.chatbot import Chatbot

LONG = "\n\n".join(f"line {number}" for number in range(60))
GONE = "![a map](gone.png) and more words"
EVIL = "[bad](javascript:alert(1)) <script>boom()</script>"
RICH = f"Some **bold** text\n\n```python\nx = 1\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n{EVIL}"
NO_PICTURE = "data:image/png;base64,AAAA"
PAUSE_SECONDS = 0.05  # between the words of a stream

Message = dict[str, Any]


def answer(message: str) -> Iterator[list[Message]]:
    """Yield what the assistant says to ``message``, as it grows."""
    if message == "think":
        step = {"title": "Searching", "id": 1}
        yield [{"role": "assistant", "content": "looking", "metadata": {**step, "status": "pending"}}]
        threading.Event().wait(10 * PAUSE_SECONDS)
        inner = {"title": "Reading", "parent_id": 1, "status": "done"}
        yield [
            {"role": "assistant", "content": "found", "metadata": {**step, "status": "done", "duration": 2.0}},
            {"role": "assistant", "content": "a page", "metadata": inner},
            {"role": "assistant", "content": "Which?", "options": [{"value": "think"}, {"value": "b", "label": "Bee"}]},
        ]
        return
    said = ""
    for word in {"rich": RICH, "long": LONG, "gone": GONE}.get(message, f"You said {message}").split(" "):
        said += f"{word} "
        yield [{"role": "assistant", "content": said.rstrip(" ")}]
        threading.Event().wait(PAUSE_SECONDS)


def respond(message: str, history: list[Message]) -> Iterator[list[Message]]:
    """Add ``message``, and the answer to it."""
    if message == "fail":
        raise gr.Error("Refused")
    before = [*history, {"role": "user", "content": message}]
    yield before
    for rows in answer(message):
        yield [*before, *rows]


def text(message: Message) -> str:
    """Return the words of ``message``."""
    content = message["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def again(history: list[Message], event: gr.RetryData) -> Iterator[list[Message]]:
    """Answer the message once more."""
    assert isinstance(event.index, int)
    yield from respond(text(history[event.index]), history[: event.index])


def undo(history: list[Message], event: gr.UndoData) -> tuple[list[Message], str]:
    """Take the last message back into the field."""
    assert isinstance(event.index, int)
    return history[: event.index], str(event.value)


def edit(history: list[Message], event: gr.EditData) -> Iterator[list[Message]]:
    """Go on from the message as it is now."""
    assert isinstance(event.index, int)
    yield from respond(str(event.value), history[: event.index])


def choose(history: list[Message], event: gr.SelectData) -> Iterator[list[Message]]:
    """Answer the option or the example that was chosen."""
    chosen = event.value["text"] if isinstance(event.value, dict) else str(event.value)
    yield from respond(chosen, history)


def like(event: gr.LikeData) -> str:
    """Return what was thought of which message."""
    return f"{event.index} {'good' if event.liked else 'bad'}"


with gr.Blocks(title="Chat", mode="chat_interface", fill_height=True) as demo:
    chat = Chatbot(
        label="Talk",
        editable="user",
        placeholder="Say **something**.",
        examples=[{"text": "an example"}],
        avatar_images=(None, NO_PICTURE),
    )
    line = gr.Textbox(label="Message", submit_btn=True, stop_btn=False)
    told = gr.Textbox(label="Told", interactive=False)
    sent = line.submit(respond, [line, chat], [chat], api_name="respond")
    line.stop(None, None, None, cancels=[sent])
    chat.retry(again, chat, chat, api_name=False)
    chat.undo(undo, chat, [chat, line], api_name=False)
    chat.edit(edit, chat, chat, api_name=False)
    chat.option_select(choose, chat, chat, api_name=False)
    chat.example_select(choose, chat, chat, api_name=False)
    chat.like(like, None, told, api_name=False)
    chat.clear(lambda: "cleared", None, told, api_name=False)

handler = gr.handler(demo)
