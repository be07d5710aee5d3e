"""Components of one kind under several names: what the API calls them."""

import gradio as gr

KINDS = [
    *(gr.BarPlot, gr.LinePlot, gr.ScatterPlot, gr.TextArea, gr.Text, gr.JSON, gr.HighlightedText),
    *(gr.List, gr.Matrix, gr.Numpy, gr.Files, gr.Microphone, gr.PlayableVideo),
]

with gr.Blocks() as demo:
    for kind in KINDS:
        shown = kind(label="shown")
        gr.Button().click(lambda given: given, shown, shown, api_name=kind.__name__.lower())

demo.launch()
