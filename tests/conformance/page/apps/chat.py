"""A chat that streams, and knows how long the conversation is."""

import gradio as gr


def answer(message, history):
    words = f"{message}, for the {len(history) // 2 + 1}. time".split()
    for end in range(1, len(words) + 1):
        yield " ".join(words[:end])


demo = gr.ChatInterface(answer)

if __name__ == "__main__":
    demo.launch()
