"""A chat that keeps its conversations in the browser, and whose answers can be stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import adapter as gr

PAUSE_SECONDS = 0.05  # between the words of a slow answer


def reply(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
    """Say how long the conversation is; to "slow", word by word for a while."""
    if message != "slow":
        yield f"{message} after {len(history)}"
        return
    for count in range(100):
        yield "word " * (count + 1)
        time.sleep(PAUSE_SECONDS)


demo = gr.ChatInterface(reply, title="History", save_history=True, fill_height=True)
handler = gr.handler(demo)
