"""Tables: frames, lists, arrays."""

import gradio as gr
import numpy as np
import pandas as pd

with gr.Blocks() as demo:
    told = gr.Textbox(label="Told")
    given = gr.JSON(label="Given")
    frame = gr.Dataframe(headers=["a", "b"], datatype=["number", "str"], label="Frame")
    array = gr.Dataframe(type="array", col_count=2, label="Array")
    numbers = gr.Dataframe(type="numpy", value=[[1, 2], [3, 4]], label="Numbers")
    go = gr.Button("Go")
    for name, component in {"frame": frame, "array": array, "numbers": numbers}.items():
        go.click(lambda value: f"{type(value).__name__} {value}", component, told, api_name=f"{name}_in")
        go.click(lambda value: value, given, component, api_name=f"{name}_out")
    go.click(lambda: pd.DataFrame({"x": [1, 2], "y": ["p", None]}), None, frame, api_name="pandas")
    go.click(lambda: np.arange(4).reshape(2, 2), None, array, api_name="numpy")

demo.launch()
