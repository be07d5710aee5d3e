"""An Interface whose function remembers."""

import gradio as gr


def remember(message: str, history: list[str]) -> tuple[dict[str, object], list[str]]:
    """Return the message and those before it."""
    return {"Current messages": message, "Previous messages": history[::-1]}, [*history, message]


demo = gr.Interface(remember, ["textbox", gr.State([])], ["json", gr.State()], title="Your messages")

if __name__ == "__main__":
    demo.launch()
