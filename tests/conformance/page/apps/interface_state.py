"""An Interface whose function remembers what it was told."""

import gradio as gr


def remember(message, before):
    now = [*before, message]
    return " < ".join(reversed(now)), now


demo = gr.Interface(
    remember,
    [gr.Textbox(label="Message"), gr.State([])],
    [gr.Textbox(label="Messages"), gr.State()],
    flagging_mode="never",
)

if __name__ == "__main__":
    demo.launch()
