"""A ChatInterface of type="tuples"."""

import json

import gradio as gr


def answer(message, history, style):
    return f"{message} {style} after {json.dumps(history)}"


demo = gr.ChatInterface(answer, type="tuples", api_name="chat", additional_inputs=[gr.Textbox("plain", label="Style")])
demo.launch()
