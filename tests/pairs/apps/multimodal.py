"""A multimodal ChatInterface of type="tuples"."""

import json
import os

import gradio as gr


def answer(message, history):
    names = [os.path.basename(path) for path in message["files"]]
    before = [[os.path.basename(one[0]) if isinstance(one, (tuple, list)) else one for one in pair] for pair in history]
    return f"{message['text']} {names} after {json.dumps(before)}"


demo = gr.ChatInterface(answer, type="tuples", multimodal=True, api_name="chat")
demo.launch()
