"""Endpoints with inputs of many kinds, some with texts that a shell or a language could trip over."""

from __future__ import annotations

from typing import Any

import adapter as gr

AWKWARD = "it's \"quoted\" $HOME `date` \\ é\n| next 'line'"


def say(*values: Any) -> str:
    """Return what arrived, in words."""
    return f"here: {values!r}"


with gr.Blocks(title="Snippets") as demo:
    out = gr.Textbox(label="Out")
    texts = [gr.Textbox(AWKWARD, label="Awkward"), gr.Textbox(label='It\'s a "label"', lines=3)]
    numbers = [gr.Number(1.5, label="Number"), gr.Slider(0, 10, value=3, label="Slider"), gr.Checkbox(label="Tick")]
    choices = [
        gr.Radio(["one", "it's two"], label="Radio"),
        gr.Dropdown(["one", "two"], multiselect=True, label="Many"),
        gr.CheckboxGroup(["one", "two"], value=["two"], label="Group"),
    ]
    data = [gr.JSON({"it's": [None, True, 1.5, AWKWARD]}, label="Tree"), gr.Code("print('x')", label="Code")]
    state = gr.State([])
    for name, inputs in {"texts": texts, "numbers": numbers, "choices": choices, "data": data, "none": []}.items():
        gr.Button(name).click(say, inputs, out, api_name=name)
    gr.Button("state").click(
        lambda text, kept: (f"here {text}", [*kept, text]), [texts[1], state], [out, state], api_name="state"
    )

handler = gr.handler(demo)
