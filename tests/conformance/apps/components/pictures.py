"""Pictures and galleries."""

import gradio as gr
import numpy as np
from PIL import Image


def drawn(width):
    return np.full((2, int(width), 3), 128, dtype=np.uint8)


def kind(value):
    return f"{type(value).__name__} {getattr(value, 'shape', getattr(value, 'size', ''))}"


with gr.Blocks() as demo:
    number, told = gr.Number(label="Number"), gr.Textbox(label="Told")
    array = gr.Image(label="Array")
    pil = gr.Image(type="pil", format="png", image_mode="L", label="PIL")
    path = gr.Image(type="filepath", label="Path")
    gallery = gr.Gallery(label="Gallery", format="png")
    go = gr.Button("Go")
    go.click(drawn, number, array)
    go.click(lambda width: Image.new("RGB", (int(width), 1), "red"), number, pil, api_name="drawn_pil")
    go.click(lambda width: [(drawn(width), "first"), drawn(2)], number, gallery, api_name="gallery")
    site = "http://127.0.0.1:9"  # where nobody answers
    go.click(lambda: [f"{site}/a.png", (f"{site}/b.mp4?x=1", "A film")], None, gallery, api_name="addresses")
    go.click(kind, array, told, api_name="array_kind")
    go.click(kind, pil, told, api_name="pil_kind")
    go.click(lambda value: kind(value).split()[0], path, told, api_name="path_kind")

demo.launch()
