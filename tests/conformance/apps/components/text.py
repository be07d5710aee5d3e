"""Text in all its components: what functions get of it, and what they may return."""

import gradio as gr

MADE = {
    "textbox": gr.Textbox("start", label="Textbox", max_length=20),
    "lines": gr.Textbox(lines=3, label="Lines", info="more", placeholder="p"),
    "password": gr.Textbox(type="password", label="Password"),
    "email": gr.Textbox(type="email", label="Email", interactive=False),
    "area": gr.TextArea(label="Area"),
    "markdown": gr.Markdown("# m", label="Markdown"),
    "html": gr.HTML("<b>h</b>", label="HTML"),
    "code": gr.Code("print()", language="python", label="Code"),
    "button": gr.Button("b"),
    "color": gr.ColorPicker("#ff0000", label="Color"),
}

with gr.Blocks() as demo:
    told, given = gr.Textbox(label="Told"), gr.JSON(label="Given")
    go = gr.Button("Go")
    for name, component in MADE.items():
        component.render()
        go.click(lambda value: f"{type(value).__name__} {value!r}", component, told, api_name=f"{name}_in")
        go.click(lambda value: value, given, component, api_name=f"{name}_out")
        go.click(lambda: gr.skip(), None, component, api_name=f"{name}_skip")

demo.launch()
