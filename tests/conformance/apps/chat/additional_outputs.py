"""A chat that fills another component beside its answer."""

import gradio as gr

with gr.Blocks() as demo:
    code = gr.Code(render=False, language="python")
    count = gr.Number(render=False, label="Turns")

    def answer(message, history):
        if message == "update":
            return "updated", gr.Code("x = 1", language="javascript"), gr.skip()
        return f"about {message}", f"print({message!r})", len(history) // 2

    with gr.Row():
        gr.ChatInterface(answer, additional_outputs=[code, count])
        code.render()
        count.render()

demo.launch()
