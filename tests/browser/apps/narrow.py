"""What is hard to show on a narrow page: many tabs, long names beside buttons, large numbers, long messages."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import adapter as gr

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNoEJgAAAI0ASEaGUPxAAAAAElFTkSuQmCC")
PICTURE = Path(mkdtemp()) / "picture.png"
PICTURE.write_bytes(PIXEL)
UNNAMED = ["Textbox", "Number", "Slider", "Checkbox", "CheckboxGroup", "Radio", "Dropdown", "ColorPicker", "DateTime"]
UNNAMED += ["Code", "Label", "File", "Image", "Gallery", "Plot", "MultimodalTextbox", "Chatbot"]


def say() -> None:
    """Tell what HTML has, what only looks like it, and what takes long."""
    gr.Info('See <a href="https://example.org">the <b>page</b></a><script>window.hacked = 1</script>.')
    gr.Warning("It was <class 'int'>, and 1 < 2.")
    gr.Success("long " * 400)


def fail(*_: Any) -> None:
    """Raise what a visitor may read."""
    raise gr.Error("It <b>failed</b>.")


with gr.Blocks(title="Narrow") as demo:
    with gr.Tabs():
        for number in range(12):
            with gr.Tab(f"Tab number {number}"):
                gr.Markdown(f"Panel {number}")
    with gr.Row():
        gr.Image(str(PICTURE), label="A picture", interactive=False)
        gr.Image(str(PICTURE), label="Another picture", interactive=True)
    with gr.Row():
        gr.Slider(0, 1_000_000_000, value=123_456_789, step=1, label="Large")
        gr.Slider(0, 10, value=1, label=WORD)
        gr.Checkbox(label=WORD)
    gr.Dropdown(["fixed"], value=["fixed"], multiselect=True, label="Fixed", interactive=False)
    with gr.Row():
        asked = gr.Textbox(label="Asked")
        answer = gr.Label(label="Answer")
    gr.Button("Say").click(say, None, None, api_name="say")
    gr.Button("Fail").click(fail, asked, [asked, answer], api_name="fail")
    with gr.Column(elem_id="unnamed"):
        for name in UNNAMED:
            getattr(gr, name)()
        gr.Textbox(show_label=False)

handler = gr.handler(demo)
