"""Components of classes that the app makes itself: what the API calls them."""

import gradio as gr


def own(name: str, base: type) -> type:
    """Return a class of the app's own; a class statement would let Gradio write a file beside this one."""
    return type(base)(name, (base,), {"__module__": __name__})


Card = own("Card", gr.HTML)
KINDS = [
    *(Card, own("BigCard", Card), own("My_Box", gr.Textbox), own("Area", gr.TextArea), own("Note", gr.Markdown)),
    *(own("Bars", gr.BarPlot), gr.BarPlot, gr.LinePlot, gr.ScatterPlot, gr.TextArea, gr.Json, gr.Highlight),
    *(gr.List, gr.Matrix, gr.Numpy, gr.Files, gr.Mic),
]

with gr.Blocks() as demo:
    for kind in KINDS:
        shown = kind(label="shown")
        gr.Button().click(lambda given: given, shown, shown, api_name=kind.__name__.lower())

demo.launch()
