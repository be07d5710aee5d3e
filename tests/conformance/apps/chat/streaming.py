"""An answer that grows, word by word, and one that fails half way."""

import gradio as gr


def stream(message, history):
    said = ""
    for word in message.split():
        said += f"{word} "
        yield said
        if word == "fail":
            raise gr.Error("failed")
    if message == "count":
        yield str(len(history))


demo = gr.ChatInterface(stream, api_name="chat", stop_btn="Halt", autoscroll=False)
demo.launch()
