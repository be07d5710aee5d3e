"""A number per visitor that two buttons move."""

import gradio as gr


def increase(by, number):
    number += by
    return number, number


def decrease(number):
    return number - 1, number - 1


with gr.Blocks() as demo:
    number = gr.State(0)
    by = gr.Slider(1, 10, value=1, step=1, label="By")
    shown = gr.Number(label="Count")
    gr.Button("More").click(increase, [by, number], [shown, number])
    gr.Button("Less").click(decrease, number, [shown, number])

demo.launch()
