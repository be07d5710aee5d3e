"""An app with every kind of value that comes off the wire; its functions never fail of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import adapter as gr

CHOICES = ["a", "b", "c"]


def take(value: Any) -> None:
    """Accept anything."""


def remember(value: Any, before: list[Any]) -> tuple[Any, list[Any]]:
    """Keep the last values."""
    return value, [*before[-3:], value]


def count(number: float) -> Iterator[int]:
    """Yield some numbers."""
    yield from range(3)


def shout(text: Any) -> str:
    """Return a text."""
    return str(text)


with gr.Blocks(title="Everything") as demo:
    kept = gr.State([])
    components = [
        gr.Audio(),
        gr.AnnotatedImage(),
        gr.Button(),
        gr.Chatbot(),
        gr.Checkbox(),
        gr.CheckboxGroup(CHOICES),
        gr.CheckboxGroup(CHOICES, type="index"),
        gr.Code(),
        gr.ColorPicker(),
        gr.Dataframe(),
        gr.Dataframe(type="array"),
        gr.Dataframe(type="numpy"),
        gr.DateTime(),
        gr.DateTime(type="string"),
        gr.Dropdown(CHOICES),
        gr.Dropdown(CHOICES, multiselect=True, allow_custom_value=True),
        gr.File(),
        gr.File(file_count="multiple", type="binary"),
        gr.Gallery(),
        gr.HTML(),
        gr.HighlightedText(),
        gr.Image(),
        gr.Image(type="filepath"),
        gr.JSON(),
        gr.Label(),
        gr.LinePlot(),
        gr.Markdown(),
        gr.MultimodalTextbox(),
        gr.Number(),
        gr.Number(precision=0, minimum=0),
        gr.Plot(),
        gr.Radio(CHOICES),
        gr.Radio(CHOICES, type="index"),
        gr.Slider(0, 10),
        gr.Textbox(max_length=10),
        gr.Textbox(type="password"),
        gr.Timer(active=False),
        gr.UploadButton(),
        gr.Video(),
    ]
    for place, component in enumerate(components):
        gr.Button().click(take, component, api_name=f"take_{place}")
    anything, number = gr.JSON(), gr.Number()
    gr.Button().click(remember, [anything, kept], [anything, kept], api_name="remember")
    gr.Button().click(count, number, number, api_name="count")
    gr.HTML(server_functions=[shout])
