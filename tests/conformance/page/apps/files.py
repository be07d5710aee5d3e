"""A file in, a text and a file out."""

import tempfile
from pathlib import Path

import gradio as gr


def shout(path):
    text = Path(path).read_text().upper()
    made = Path(tempfile.mkdtemp(), "loud.txt")
    made.write_text(text)
    return text, str(made)


with gr.Blocks() as demo:
    quiet = gr.File(label="Quiet")
    run = gr.Button("Shout")
    text, loud = gr.Textbox(label="Text"), gr.File(label="Loud")
    run.click(shout, quiet, [text, loud])

if __name__ == "__main__":
    demo.launch()
