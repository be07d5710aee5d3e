"""Functions that take fewer or more than they are given, and options by other values than the documented."""

import gradio as gr

nobody = gr.Interface(lambda _: "a", None, "text", api_name="nobody")
few = gr.Interface(lambda a, b: f"{a} {b}", "text", "text", api_name="few")
many = gr.Interface(lambda a: a, ["text", gr.Textbox(label="second")], "text", api_name="many")


def asks(a, request: gr.Request, b):
    return f"{a} {type(request).__name__} {b}"


with gr.Blocks() as demo:
    gr.TabbedInterface([nobody, few, many])
    text, other = gr.Textbox(), gr.Textbox()
    for name, value in {"yes": True, "no": False, "none": None, "other": "other"}.items():
        gr.Button().click(lambda: "seen", None, text, api_name=name, show_progress=value)
    gr.Button().click(lambda: "seen", None, text, api_name="visible", api_visibility="open")
    gr.Button().click(lambda: "seen", None, text, api_name="js", js=False, queue=None, scroll_to_output=None)
    gr.Button().click(asks, text, text, api_name="asks")
    gr.Button().click(lambda: ("a", "b", "c"), None, [text, other], api_name="more")
    gr.Button().click(lambda: "a", None, None, api_name="nowhere")

demo.launch()
