"""A chat as the ChatInterface makes it, around a function that streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import adapter as gr


def reply(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
    """Say how long the conversation is, word by word."""
    if message == "fail":
        raise gr.Error("Refused")
    said = ""
    for word in f"{message} after {len(history)}".split():
        said = f"{said} {word}".strip()
        yield said


demo = gr.ChatInterface(reply, title="Conversation", examples=["an example"], editable=True)
handler = gr.handler(demo)
