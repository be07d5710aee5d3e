"""Inputs are judged before the function runs."""

import gradio as gr


def short(text):
    return gr.validate(len(text) < 5, "Too long.")


def both(text, number):
    return [gr.validate(bool(text), "Say something."), gr.validate(number > 0, "More than nothing.")]


def plain_bool(text, number):
    return [None, {"__type__": "validate", "is_valid": number < 3, "message": "Less than three."}]


def fails(text):
    raise gr.Error("the validator failed")


async def later(text):
    return gr.validate(text == "now", "Not now.")


def join(text, number):
    return f"{text} {number:g}"


with gr.Blocks() as demo:
    text, number, out = gr.Textbox(label="Text"), gr.Number(label="Number"), gr.Textbox(label="Out")
    button = gr.Button()
    button.click(lambda text: text.upper(), text, out, validator=short, api_name="short")
    button.click(join, [text, number], out, validator=both, api_name="both")
    button.click(join, [text, number], out, validator=plain_bool, api_name="some")
    button.click(lambda text: text, text, out, validator=later, api_name="later")
    button.click(lambda text: text, text, out, validator=fails, api_name="fails")

demo.launch()
