"""Additional inputs: a system prompt and a number of words."""

import gradio as gr


def answer(message, history, system="You are kind.", most=10):
    said = f"{system} | {message} | {[(one['role'], one['content']) for one in history]}"
    return " ".join(said.split()[: int(most)])


demo = gr.ChatInterface(
    answer,
    additional_inputs=[gr.Textbox("You are helpful.", label="System prompt"), gr.Slider(1, 50, value=40, label="Most")],
    additional_inputs_accordion=gr.Accordion("Settings", open=True),
    examples=[["Hi", "Be short.", 5], ["Bye", None, None]],
    cache_examples=False,
)

if __name__ == "__main__":
    demo.launch()
