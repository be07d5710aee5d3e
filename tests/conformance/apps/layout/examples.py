"""Examples, their functions, datasets and clear buttons."""

import gradio as gr


def join(text, number):
    return f"{text} x {number:g}"


with gr.Blocks() as demo:
    text, number = gr.Textbox(label="Text"), gr.Number(label="Number")
    out = gr.Textbox(label="Out")
    gr.Button("Join").click(join, [text, number], out)
    gr.Examples([["a", 1], ["b", 2]], [text, number])
    gr.Examples([["c", 3]], [text, number], out, join, run_on_click=True, cache_examples=False)
    gr.Examples(["d", "e"], text, label="Texts", examples_per_page=1, example_labels=["D", "E"])
    dataset = gr.Dataset(components=["textbox", gr.Number(visible=False)], samples=[["f", 1], ["g", 2]], label="Data")
    dataset.click(lambda sample: f"{sample[0]} {sample[1]}", dataset, out, api_name="sample")
    by_place = gr.Dataset(components=["textbox"], samples=[["f"], ["g"]], type="index")
    by_place.select(lambda place: str(place), by_place, out, api_name="place")
    gr.ClearButton([text, number], value="Empty")
    clear = gr.ClearButton()
    clear.add([out])

demo.launch()
