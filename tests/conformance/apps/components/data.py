"""Structured data: JSON, labels, highlighted text, dates, colours by name."""

import datetime

import gradio as gr

MADE = {
    "json": gr.JSON({"a": 1}, label="JSON"),
    "label": gr.Label({"cat": 0.7, "dog": 0.3}, num_top_classes=2, label="Label"),
    "plain_label": gr.Label(label="Plain"),
    "highlighted": gr.HighlightedText([("Ann", "P"), (" met", None)], label="Highlighted"),
    "adjacent": gr.HighlightedText(combine_adjacent=True, adjacent_separator="-", label="Adjacent"),
    "moment": gr.DateTime("2026-01-02 03:04:05", label="Moment", timezone="UTC"),
    "day": gr.DateTime(include_time=False, type="string", label="Day"),
}


class Strange:
    def __str__(self):
        return "strange"


RETURNED = {
    "nan": float("nan"),
    "tuple": (1, (2,)),
    "nested": {"list": [None, True, 1.5, "text"], "empty": {}},
    "date": datetime.date(2026, 1, 2),
    "text": '{"a": [1]}',
    "number": 3,
}


with gr.Blocks() as demo:
    told, given = gr.Textbox(label="Told"), gr.JSON(label="Given")
    kind = gr.Dropdown(list(RETURNED), label="Kind")
    go = gr.Button("Go")
    for name, component in MADE.items():
        component.render()
        go.click(lambda value: f"{type(value).__name__} {value!r}", component, told, api_name=f"{name}_in")
        go.click(lambda value: value, given, component, api_name=f"{name}_out")
    day = gr.DateTime(type="datetime", timezone="UTC", label="Python day")
    go.click(lambda day: day and day.isoformat(), day, told, api_name="python_day")
    go.click(lambda kind: RETURNED[kind], kind, given, api_name="returned")
    go.click(lambda: {"a": {1: "one"}}, None, given, api_name="numbered_keys")
    go.click(lambda: [("Bob", "P"), (" ran", None)], None, MADE["highlighted"], api_name="pairs")
    go.click(
        lambda: datetime.datetime(2026, 5, 6, 7, 8, 9, tzinfo=datetime.UTC), None, MADE["moment"], api_name="moment"
    )

demo.launch()
