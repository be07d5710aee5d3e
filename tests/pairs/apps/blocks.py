"""A conversation in pairs, as the tutorials for Gradio 3 to 5 write it; the Chatbot's type is not said."""

import json
import os
import tempfile

import gradio as gr

SAMPLE = os.path.join(tempfile.mkdtemp(), "cat.txt")
with open(SAMPLE, "w") as sample:
    sample.write("meow")


def user(message, history):
    return "", history + [[message, None]]


def bot(history):
    history[-1][1] = ""
    for word in ("How ", "are ", "you?"):
        history[-1][1] += word
        yield history


def louder(history):
    history[-1] = (history[-1][0], history[-1][1].upper())
    return history


def undo(history):
    return history[:-1]


def greet(history):
    return history + [(None, "Hello, I begin.")]


def spaced(history):
    return history + [["  indented\n    code ", "\n\nbelow "]]


def files(history):
    return history + [((SAMPLE,), None), ((SAMPLE, "a cat"), "Nice."), ["and", (SAMPLE,)]]


def seen(history):
    return json.dumps(history)


with gr.Blocks() as demo:
    chatbot = gr.Chatbot()
    msg = gr.Textbox()
    told = gr.Textbox()
    clear = gr.Button("Clear")
    msg.submit(user, [msg, chatbot], [msg, chatbot], queue=False).then(bot, chatbot, chatbot)
    for fn in (louder, undo, greet, spaced, files):
        gr.Button(fn.__name__).click(fn, chatbot, chatbot)
    gr.Button("seen").click(seen, chatbot, told)
    clear.click(lambda: None, None, chatbot, queue=False, api_name="clear")

demo.launch()
