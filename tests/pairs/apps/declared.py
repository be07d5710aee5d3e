"""A Chatbot of type="tuples" that begins with a conversation."""

import json

import gradio as gr


def seen(history):
    return json.dumps(history)


def answer(history):
    return history + [["more", f"{len(history)} before"]]


with gr.Blocks() as demo:
    chatbot = gr.Chatbot([["hi", "there"], (None, "Are you still there?"), ["yes", None]], type="tuples")
    told = gr.Textbox()
    gr.Button("seen").click(seen, chatbot, told)
    gr.Button("answer").click(answer, chatbot, chatbot)

demo.launch()
