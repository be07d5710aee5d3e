"""A chat that streams."""

from collections.abc import Iterator
from typing import Any

import gradio as gr


def chat(message: str, history: list[dict[str, Any]]) -> Iterator[str]:
    """Repeat the message word by word."""
    words = message.split()
    for end in range(1, len(words) + 1):
        yield " ".join(words[:end])


demo = gr.ChatInterface(chat, examples=["Hello", "How are you?"], title="Chat")

if __name__ == "__main__":
    demo.launch()
