"""What belongs to the page: timers, browser state, buttons, values that are functions."""

import gradio as gr


def now():
    return "made anew"


with gr.Blocks() as demo:
    timer = gr.Timer(60, active=False)
    kept = gr.BrowserState([1, 2], storage_key="kept", secret="s")
    out, made = gr.JSON(label="Out"), gr.Textbox(now, label="Made")
    depends = gr.Textbox(lambda made: f"after {made}", inputs=made, label="Depends")
    link = gr.Button("Link", link="https://example.org", variant="primary", size="sm")
    timer.tick(lambda: ["tick"], None, out, api_name="tick")
    link.click(lambda: gr.Timer(active=True), None, timer, api_name="start")
    link.click(lambda timer: timer, timer, out, api_name="timer")
    link.click(lambda kept: kept, kept, out, api_name="kept")
    link.click(lambda: ["new"], None, kept, api_name="keep")
    link.click(lambda: gr.Button(value="Other", link=None), None, link, api_name="relabel")

demo.launch()
