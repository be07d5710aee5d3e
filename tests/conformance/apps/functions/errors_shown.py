"""The app's own exceptions are shown to visitors."""

import gradio as gr


def divide(a, b):
    return a / b


def empty():
    raise ValueError


def stream(a):
    yield a
    raise LookupError("nothing there")


with gr.Blocks() as demo:
    a, b, out = gr.Number(label="a"), gr.Number(label="b"), gr.Number(label="out")
    button = gr.Button()
    button.click(divide, [a, b], out)
    button.click(empty, None, out)
    button.click(stream, a, out)
    button.click(divide, [a, b], out, queue=False, api_name="divide_at_once")

demo.launch(show_error=True)
