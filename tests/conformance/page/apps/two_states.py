"""Blocks with two States, of which one is shown whenever it changes."""

import gradio as gr

with gr.Blocks() as demo:
    count, names = gr.State(0), gr.State([])
    name = gr.Textbox(label="Name")
    add = gr.Button("Add")
    listed, counted = gr.Textbox(label="Listed"), gr.Textbox(label="Counted")

    def put(text, total, known):
        if not text:
            raise gr.Error("A name is needed.")
        known.append(text)
        return "", total + 1, known

    add.click(put, [name, count, names], [name, count, names]).success(lambda known: ", ".join(known), names, listed)
    count.change(lambda total: f"{total} so far", count, counted)

if __name__ == "__main__":
    demo.launch()
