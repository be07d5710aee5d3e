"""A dropdown that functions make another kind of."""

from __future__ import annotations

from typing import Any

import adapter as gr


def told(choice: Any) -> str:
    return repr(choice)


with gr.Blocks() as demo:
    choice = gr.Dropdown(["one", "two", "three"], label="Choice")
    out = gr.Textbox(label="Told")
    choice.input(told, choice, out)
    gr.Button("Tell").click(told, choice, out)
    gr.Button("Many").click(lambda: gr.Dropdown(multiselect=True), None, choice)
    gr.Button("One").click(lambda: gr.Dropdown(multiselect=False), None, choice)
    gr.Button("Set").click(lambda: "three", None, choice)
    gr.Button("Own").click(lambda: gr.Dropdown(allow_custom_value=True), None, choice)
    gr.Button("Long").click(lambda: gr.Dropdown(choices=[str(number) for number in range(30)]), None, choice)

handler = gr.handler(demo)
