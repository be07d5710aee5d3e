"""Examples whose answers are cached, under a name and without; rows with more values than inputs."""

import gradio as gr


def join(text, number):
    return f"{text} x {number:g}"


def grow(text):
    for end in range(1, len(text) + 1):
        yield text[:end]


def both(text):
    return text.upper(), len(text)


with gr.Blocks() as demo:
    text, number = gr.Textbox(label="Text"), gr.Number(label="Number")
    out, count = gr.Textbox(label="Out"), gr.Number(label="Count")
    gr.Examples([["a", 1], ["b", 2]], [text, number], out, join, cache_examples=True, preload=False)
    gr.Examples(
        [["c", 1], ["d", 2]],
        [text, number],
        out,
        join,
        cache_examples=True,
        preload=False,
        api_name="named",
    )
    gr.Examples(["abc", "de"], text, out, grow, cache_examples=True, preload=False, api_name="grown")
    gr.Examples(["abc", "de"], text, [out, count], both, cache_examples=True, preload=False, api_name="both")
    gr.Examples([["e", 5, "more"], ["f", 6]], [text, number], api_name="long")
    gr.Button("Join").click(join, [text, number], out)

demo.launch()
