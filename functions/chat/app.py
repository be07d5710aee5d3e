"""A chat without a model: it repeats, counts and remembers; each session has a conversation of its own."""

from collections.abc import Iterator
from typing import Any

import adapter as gr


def words(message: dict[str, Any]) -> str:
    """Return the text of a message: a text from the API, a list of parts from the page."""
    content = message["content"]
    return content if isinstance(content, str) else " ".join(part["text"] for part in content)


def chat(message: str, history: list[dict[str, Any]], manner: str) -> Iterator[str]:
    """Repeat the message word by word, and say how many there were and what the first was."""
    if not message.strip():
        raise gr.Error("Say something.")
    said = [words(one) for one in history if one["role"] == "user"]
    first = f" The first was: {said[0]}" if said else ""
    answer = f"{manner} {message} (message {len(said) + 1}).{first}"
    parts = answer.split(" ")
    for end in range(1, len(parts) + 1):
        yield " ".join(parts[:end])


demo = gr.ChatInterface(
    chat,
    additional_inputs=gr.Textbox("You said:", label="It begins with"),
    examples=[["Hello"], ["What did I say first?"]],
    title="A chat that remembers",
    editable=True,
)
handler = gr.handler(demo)

if __name__ == "__main__":
    demo.launch()
