"""Messages with files."""

import gradio as gr


def echo(message, history):
    names = [file.split("/")[-1] for file in message["files"]]
    return f"{message['text']} {names} {len(history)}"


demo = gr.ChatInterface(echo, multimodal=True, textbox=gr.MultimodalTextbox(file_count="multiple"))
demo.launch()
