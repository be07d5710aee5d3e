"""A chatbot of pairs, and what its events tell."""

from __future__ import annotations

from typing import Any

import adapter as gr

Pairs = list[list[Any]]


def like(data: gr.LikeData) -> str:
    return f"like {data.index} {data.value}"


def select(data: gr.SelectData) -> str:
    return f"select {data.index} {data.value}"


def undo(history: Pairs, data: gr.UndoData) -> tuple[Pairs, str]:
    place: Any = data.index
    return history[: place[0]], f"undo {data.index} {data.value}"


def tell(history: Pairs) -> str:
    return str(history)


def fill(history: Pairs) -> Pairs:
    history[-1] = ["now", "Then."]
    return history


with gr.Blocks() as demo:
    chatbot = gr.Chatbot([["hi", "Hello."], (None, "Still there?"), ("yes", "Good.")])
    told = gr.Textbox(label="Told")
    chatbot.like(like, None, told)
    chatbot.select(select, None, told)
    chatbot.undo(undo, chatbot, [chatbot, told])
    gr.Button("Blank").click(lambda history: [*history, [None, None]], chatbot, chatbot).then(tell, chatbot, told)
    gr.Button("Fill").click(fill, chatbot, chatbot)

handler = gr.handler(demo)
