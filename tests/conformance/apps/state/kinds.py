"""What a State may hold, how it starts, and what a function may do to it."""

import datetime
import decimal

import gradio as gr

KINDS = {
    "set": {1, 2, 3},
    "tuple": (1, ("two", None)),
    "bytes": b"\x00\xff",
    "large": 2**80,
    "date": datetime.date(2026, 1, 2),
    "decimal": decimal.Decimal("1.10"),
    "keys": {1: "one", (1, 2): "pair", None: "none"},
    "complex": 1 + 2j,
    "inf": float("inf"),
}


def put(kind):
    return KINDS[kind]


def look(value):
    return f"{type(value).__name__}: {value!r}"


def alter(value, append):
    value.append(append)


def fail(value):
    value.append("lost")
    raise gr.Error("no")


def crash(value):
    value.append("lost")
    raise ValueError("secret")


with gr.Blocks() as demo:
    anything = gr.State()
    listed = gr.State(["first"])
    made = gr.State(lambda: ["made"])
    kind, text = gr.Dropdown(list(KINDS), label="Kind"), gr.Textbox(label="Text")
    button = gr.Button()
    button.click(put, kind, anything)
    button.click(look, anything, text)
    button.click(alter, [listed, kind], None)
    button.click(look, listed, text, api_name="look_listed")
    button.click(look, made, text, api_name="look_made")
    button.click(lambda made: made + ["more"], made, made, api_name="grow")
    button.click(fail, listed, text)
    button.click(crash, listed, text)
    button.click(lambda: gr.skip(), None, listed, api_name="leave")
    button.click(lambda: None, None, listed, api_name="drop")
    button.click(lambda: gr.update(value=["updated"]), None, listed, api_name="renew")
    button.click(lambda: {listed: ["by dict"]}, None, [listed, anything], api_name="by_dict")
    button.click(lambda listed, made: (made, listed), [listed, made], [listed, made], api_name="exchange")

demo.launch()
