"""A figure of matplotlib's."""

import gradio as gr
from matplotlib.figure import Figure


def plotted(height):
    figure = Figure()
    figure.subplots().plot([0, height])
    return figure


with gr.Blocks() as demo:
    height, plot = gr.Number(label="Height"), gr.Plot(label="Plot")
    gr.Button("Go").click(plotted, height, plot)

demo.launch()
