"""Numbers, ticks and choices."""

import gradio as gr

PAIRS = [("One", 1), ("Two", 2), ("Three", 3.5)]

MADE = {
    "number": gr.Number(label="Number"),
    "whole": gr.Number(3, precision=0, label="Whole"),
    "rounded": gr.Number(precision=2, minimum=-5, maximum=5, label="Rounded"),
    "slider": gr.Slider(0, 10, value=2, step=0.5, label="Slider"),
    "whole_slider": gr.Slider(1, 5, step=1, precision=0, label="Whole slider"),
    "checkbox": gr.Checkbox(True, label="Checkbox", info="i"),
    "group": gr.CheckboxGroup(["a", "b", "c"], value=["a"], label="Group"),
    "group_places": gr.CheckboxGroup(PAIRS, type="index", label="Group places"),
    "radio": gr.Radio(["a", "b"], label="Radio"),
    "radio_pairs": gr.Radio(PAIRS, value=2, label="Radio pairs"),
    "radio_places": gr.Radio(PAIRS, type="index", label="Radio places"),
    "dropdown": gr.Dropdown(["a", "b"], label="Dropdown"),
    "none": gr.Dropdown(["a", "b"], value=None, label="None"),
    "many": gr.Dropdown(["a", "b", "c"], value=["b"], multiselect=True, max_choices=2, label="Many"),
    "custom": gr.Dropdown(["a"], allow_custom_value=True, label="Custom"),
    "places": gr.Dropdown(PAIRS, type="index", label="Places"),
}

with gr.Blocks() as demo:
    told, given = gr.Textbox(label="Told"), gr.JSON(label="Given")
    go = gr.Button("Go")
    for name, component in MADE.items():
        component.render()
        go.click(lambda value: f"{type(value).__name__} {value!r}", component, told, api_name=f"{name}_in")
        go.click(lambda value: value, given, component, api_name=f"{name}_out")

demo.launch()
