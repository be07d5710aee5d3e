"""A live Interface that keeps a text: "state" stands for a State with the argument's default."""

import gradio as gr


def collect(word, so_far="."):
    so_far = word + so_far
    return so_far, so_far


demo = gr.Interface(collect, ["textbox", "state"], ["textbox", "state"], live=True)

if __name__ == "__main__":
    demo.launch()
