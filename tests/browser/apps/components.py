"""One of each component; buttons send them all, update them all, and fail."""

from __future__ import annotations

from typing import Any

import adapter as gr
from adapter.components.code import Code
from adapter.components.html import HTML

CITIES = ["Accra", "Bergen", "Cusco", "Dakar", "Essen", "Faro", "Ghent", "Hanoi", "Izmir", "Jaipur", "Kyoto", "Lagos"]
CITIES += ["Malmö", "Nara", "Oslo", "Porto", "Quito", "Riga"]
NAMES = ("text", "long", "number", "slider", "tick", "ticks", "radio", "plain", "filtered", "many", "program")


def send(*values: Any) -> tuple[Any, ...]:
    """Return each value for the output that shows its kind."""
    text = values[0]
    scores = {text or "nothing": 0.75, "other": 0.25}
    return dict(zip(NAMES, values, strict=True)), scores, f"**{text}**", f"<em>{text}</em>", f"print({text!r})", text


def change() -> tuple[Any, ...]:
    """Return an update for every field."""
    return (
        gr.update(value="changed", label="New text", info="New hint"),
        gr.update(value="two\nlines"),
        gr.update(value=7),
        gr.update(value=80, maximum=90),
        gr.update(value=True),
        gr.update(choices=["blue", "red"], value=["red"]),
        gr.update(choices=[("Large one", "large")], value="large"),
        gr.update(value="c"),
        gr.update(value="Riga"),
        gr.update(value=["Oslo", "Nara"]),
        gr.update(value="x = 1"),
    )


def fail() -> None:
    """Raise what a visitor may read."""
    raise gr.Error("It was the <b>wrong</b> word.", title="Refused")


with gr.Blocks(title="Components") as demo:
    gr.Markdown("# Components")
    with gr.Tabs():
        with gr.Tab("In"), gr.Row():
            with gr.Column():
                text = gr.Textbox(label="Text", info="A hint", placeholder="Write here")
                long = gr.Textbox(label="Long", lines=3)
                number = gr.Number(label="Number", value=3)
                slider = gr.Slider(0, 100, value=40, step=5, label="Slider")
                tick = gr.Checkbox(label="Tick")
                program = Code(label="Program", language="python", interactive=True)
            with gr.Column():
                ticks = gr.CheckboxGroup(["red", "green", "blue"], value=["green"], label="Ticks")
                radio = gr.Radio(["small", "large"], value="small", label="Radio")
                plain = gr.Dropdown(["a", "b", "c"], value="a", label="Plain")
                filtered = gr.Dropdown(CITIES, value="Accra", label="Filtered")
                many = gr.Dropdown(CITIES, value=["Accra"], multiselect=True, label="Many")
        with gr.Tab("Out"):
            tree = gr.JSON(label="Tree")
            label = gr.Label(label="Label")
            markdown = gr.Markdown("*start*")
            html = HTML("<p>start</p>")
            code = Code(label="Code", language="python", interactive=False)
            plain_out = gr.Textbox(label="Echo", interactive=False)
    with gr.Accordion("More", open=False):
        gr.Markdown("Hidden at first.")
    with gr.Row():
        send_button = gr.Button("Send", variant="primary")
        change_button = gr.Button("Change")
        fail_button = gr.Button("Fail", variant="stop")
    examples = gr.Dataset(components=[text, number], samples=[["first", 1], ["second", 2]], label="Examples")

    fields = [text, long, number, slider, tick, ticks, radio, plain, filtered, many, program]
    outputs = [tree, label, markdown, html, code, plain_out]
    send_button.click(send, fields, outputs, api_name="send")
    long.submit(send, fields, outputs, api_name="submit_long")
    text.submit(send, fields, outputs, api_name="submit_text")
    change_button.click(change, None, fields, api_name="change")
    fail_button.click(fail, None, [tree, text], api_name="fail")
    examples.click(lambda sample: sample, examples, [text, number], api_name="example")

handler = gr.handler(demo)
