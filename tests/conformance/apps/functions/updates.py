"""What a function may return beside values: updates, components, skips, dicts of them."""

import gradio as gr

with gr.Blocks() as demo:
    choice = gr.Dropdown(["a", "b"], label="Choice")
    number = gr.Slider(0, 10, value=1, label="Number")
    text = gr.Textbox("start", label="Text")
    box = gr.Accordion("More", open=False)
    with box:
        inner = gr.Markdown("inner")
    with gr.Row(visible=False) as row:
        button = gr.Button("Go")
    tabs = gr.Tabs()
    with tabs:
        with gr.Tab("One", id="one"):
            gr.Markdown("1")
        with gr.Tab("Two", id="two"):
            gr.Markdown("2")

    def listener(fn, inputs, outputs, **options):
        button.click(fn, inputs, outputs, **options)

    listener(lambda: gr.update(choices=["c", "d"], value="c"), None, choice, api_name="update")
    listener(lambda: gr.Dropdown(choices=["e", ("F", "f")]), None, choice, api_name="component")
    listener(lambda choice: choice, choice, text, api_name="chosen")
    listener(lambda: gr.Slider(maximum=100, value=50), None, number, api_name="wider")
    listener(lambda number: str(number), number, text, api_name="number")
    listener(lambda: gr.skip(), None, text, api_name="skip")
    listener(lambda: gr.skip(), None, [text, number], api_name="skip_both")
    listener(lambda: (gr.skip(), 3), None, [text, number], api_name="skip_one")
    listener(lambda: gr.update(), None, text, api_name="empty_update")
    listener(lambda: {text: gr.update(visible=False), number: 4}, None, [text, number], api_name="dict")
    listener(lambda: {}, None, [text, number], api_name="empty_dict")
    listener(lambda: gr.Accordion(open=True), None, box, api_name="layout")
    listener(lambda: gr.Row(visible=True), None, row, api_name="row")
    listener(lambda: gr.Tabs(selected="two"), None, tabs, api_name="tabs")
    listener(lambda: gr.Button("Gone", interactive=False, variant="stop"), None, button, api_name="button")
    listener(lambda: gr.Textbox(label="Other", lines=3, placeholder="p"), None, text, api_name="textbox")
    listener(lambda: gr.Textbox(), None, text, api_name="empty_component")
    listener(lambda: [gr.Textbox("x"), gr.Slider(value=2)], None, [text, number], api_name="several")

demo.launch()
