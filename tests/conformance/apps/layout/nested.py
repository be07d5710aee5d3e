"""Apps in apps, every layout, components rendered elsewhere."""

import gradio as gr

from_outside = gr.Textbox(label="Made before")


def shout(text):
    return text.upper()


def whisper(text):
    return text.lower()


with gr.Blocks(title="Inner") as inner:
    a, b = gr.Textbox(label="A"), gr.Textbox(label="B")
    gr.Button("Shout").click(shout, a, b)

interface = gr.Interface(whisper, "textbox", "textbox", api_name="predict")

with gr.Blocks(title="Outer", fill_height=True) as demo:
    with gr.Sidebar(open=False):
        gr.Markdown("# Side")
    with gr.Row(equal_height=True), gr.Column(scale=2, min_width=100), gr.Group(), gr.Accordion("More", open=False):
        from_outside.render()
        deep = gr.Number(label="Deep", render=False)
    with gr.Tabs(selected=1):
        with gr.Tab("First", id=0):
            inner.render()
        with gr.TabItem("Second", id=1):
            interface.render()
        with gr.Tab("Third"):
            deep.render()
    with gr.Blocks():
        c = gr.Textbox(label="C")
        gr.Button("Whisper").click(whisper, c, c)
    gr.Button("Both").click(lambda text, number: f"{text} {number}", [from_outside, deep], c, api_name="both")

demo.launch()
