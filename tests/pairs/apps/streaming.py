"""A ChatInterface of type="tuples" whose function yields, and goes through the pairs."""

import gradio as gr


def count(message, history):
    said = [user for user, bot in history]
    said += [bot for user, bot in history]
    text = ""
    for word in [*said, message]:
        text += f"[{word}]"
        yield text


demo = gr.ChatInterface(count, type="tuples", api_name="chat")
demo.launch()
