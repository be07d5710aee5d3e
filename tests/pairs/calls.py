"""What is asked of the apps, of Gradio 5.50 when it was recorded and of the adapter now."""

from __future__ import annotations

from typing import Any

CHAT = {"the": "chat"}
"""Stands for the conversation that the last call with one answered."""

FILE = {"a": "file"}
"""Stands for a file that is uploaded."""

# ``chatbot`` is the chatbot of Gradio's guide as it was, with small modules in place of PyTorch and transformers
CALLS: dict[str, list[tuple[str, list[Any]]]] = {
    "blocks": [
        ("/seen", [[]]),
        ("/user", ["Hi", []]),
        ("/seen", [CHAT]),
        ("/bot", [CHAT]),
        ("/seen", [CHAT]),
        ("/user", ["Fine.", CHAT]),
        ("/bot", [CHAT]),
        ("/louder", [CHAT]),
        ("/seen", [CHAT]),
        ("/undo", [CHAT]),
        ("/seen", [CHAT]),
        ("/greet", [CHAT]),
        ("/greet", [CHAT]),
        ("/spaced", [CHAT]),
        ("/seen", [CHAT]),
        ("/undo", [CHAT]),
        ("/files", [CHAT]),
        ("/seen", [CHAT]),
        ("/undo", [CHAT]),
        ("/user", ["after", CHAT]),
        ("/seen", [CHAT]),
        ("/clear", []),
        ("/greet", [CHAT]),
        ("/seen", [CHAT]),
    ],
    "chatbot": [
        ("/user", ["hello", []]),
        ("/bot", [CHAT]),
        ("/user", ["how are you", CHAT]),
        ("/bot", [CHAT]),
        ("/lambda", []),
        ("/user", ["again", CHAT]),
        ("/bot", [CHAT]),
        ("/user", ["and again", CHAT]),
        ("/bot", [CHAT]),
    ],
    "declared": [
        ("/seen", [CHAT]),
        ("/answer", [CHAT]),
        ("/seen", [CHAT]),
        ("/answer", [CHAT]),
        ("/seen", [CHAT]),
    ],
    "interface": [
        ("/chat", ["one", "plain"]),
        ("/chat", ["two", "odd"]),
        ("/chat", ["", "odd"]),
        ("/chat", ["three", "odd"]),
    ],
    "streaming": [("/chat", ["one"]), ("/chat", ["two"]), ("/chat", ["three"])],
    "multimodal": [
        ("/chat", [{"text": "look", "files": [FILE]}]),
        ("/chat", [{"text": "at", "files": []}]),
        ("/chat", [{"text": "both", "files": [FILE, FILE]}]),
        ("/chat", [{"text": "now", "files": []}]),
    ],
}
