"""States that end: by their time, by a callback, with the page."""

import gradio as gr


def fresh():
    return {"calls": 0}


def ended(value):
    print("ended", value)


def use(calls, short):
    calls["calls"] += 1
    short = [*short, calls["calls"]]
    return str(calls), str(short), calls, short


with gr.Blocks(delete_cache=(60, 60)) as demo:
    calls = gr.State(fresh, delete_callback=ended)
    short = gr.State([], time_to_live=3600, delete_callback=lambda value: print(len(value)))
    left, right = gr.Textbox(label="Calls"), gr.Textbox(label="Short")
    gr.Button("Use").click(use, [calls, short], [left, right, calls, short])
    gr.Button("Forget").click(lambda: None, None, calls, api_name="forget")
    gr.Button("Look").click(lambda calls: repr(calls), calls, left, api_name="look")
    demo.unload(lambda: print("left"))

demo.launch()
