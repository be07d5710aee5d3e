"""Every kind of listener, on every component that has it."""

import gradio as gr

EVENTS = (
    "apply", "blur", "change", "clear", "click", "close", "collapse", "copy", "delete", "double_click", "edit",
    "example_select", "expand", "focus", "input", "key_up", "like", "option_select", "release", "retry", "select",
    "stop", "stream", "submit", "tick", "undo", "upload",
)  # fmt: skip

with gr.Blocks() as demo:
    out = gr.Textbox(label="Out")
    made = [
        gr.Textbox(label="Textbox"),
        gr.Number(label="Number"),
        gr.Slider(label="Slider"),
        gr.Checkbox(label="Checkbox"),
        gr.CheckboxGroup(["a"], label="CheckboxGroup"),
        gr.Radio(["a"], label="Radio"),
        gr.Dropdown(["a"], label="Dropdown"),
        gr.JSON(label="JSON"),
        gr.Label(label="Label"),
        gr.HighlightedText(label="HighlightedText"),
        gr.Markdown(label="Markdown"),
        gr.HTML(label="HTML"),
        gr.Code(label="Code"),
        gr.Button("Button"),
        gr.ClearButton(value="ClearButton"),
        gr.ColorPicker(label="ColorPicker"),
        gr.DateTime(label="DateTime"),
        gr.Timer(1000, active=False),
        gr.Chatbot(label="Chatbot"),
        gr.State(0),
        gr.BrowserState("b"),
    ]
    made += [gr.Accordion("Accordion"), gr.Sidebar(), gr.Group()]
    for component in made:
        for event in EVENTS:
            listen = getattr(component, event, None)
            if listen is not None:
                name = f"{type(component).__name__}_{event}".lower()
                listen(lambda name=name: f"{name} was heard", None, out, api_name=name)
    with gr.Tabs() as tabs, gr.Tab("Tab") as tab:
        tabs.select(lambda: "tabs_select was heard", None, out, api_name="tabs_select")
        tab.select(lambda: "tab_select was heard", None, out, api_name="tab_select")
    demo.load(lambda: "loaded", None, out, api_name="loaded")

demo.launch()
