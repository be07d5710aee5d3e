"""Apps behind tabs."""

import gradio as gr


def hello(name):
    return f"Hello {name}"


def bye(name, loudly):
    return f"BYE {name}" if loudly else f"Bye {name}"


def total(a, b=2):
    return a + b


first = gr.Interface(hello, "textbox", "textbox", title="Hello")
second = gr.Interface(bye, ["textbox", "checkbox"], "textbox", title="Bye", description="So long")
with gr.Blocks() as third:
    number = gr.Number(label="Number")
    gr.Button().click(total, [number, gr.Number(2, label="More")], number)

demo = gr.TabbedInterface([first, second, third], ["Hello", "Bye", "Sum"], title="Three")
demo.launch()
