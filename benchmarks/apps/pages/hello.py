"""The smallest Interface."""

import gradio as gr


def greet(name: str) -> str:
    """Greet."""
    return f"Hello {name}!"


demo = gr.Interface(greet, gr.Textbox(label="Name"), gr.Textbox(label="Greeting"), title="Hello")

if __name__ == "__main__":
    demo.launch()
