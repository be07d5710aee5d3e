"""A chat that says how many messages it knows, and the first and what was said last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import adapter as gr


def talk(message: str, history: list[dict[str, Any]], system: str = "S") -> Iterator[str]:
    """Answer in two pieces."""
    known = [one["content"] for one in history]
    yield f"{system}: {message}"
    yield f"{system}: {message} after {len(known)}: {known[:1]} {known[-2:-1]}"


demo = gr.ChatInterface(talk, additional_inputs=gr.Textbox("S", label="System"))
handler = gr.handler(demo)
