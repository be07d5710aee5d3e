"""A chat whose earlier conversations the browser keeps, with flags and edits."""

import gradio as gr


def reply(message, history):
    return f"{len(history)}: {message[::-1]}"


demo = gr.ChatInterface(reply, save_history=True, editable=True, flagging_mode="never")
demo.launch()
