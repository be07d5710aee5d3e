"""The plainest chat."""

import gradio as gr


def echo(message, history):
    """Say it again."""
    return f"{message} ({len(history)})"


gr.ChatInterface(echo, title="Echo", description="What you say").launch()
