"""A session that outlives a reload of its page."""

import adapter as gr


def remember(message: str, history: list[str]) -> tuple[str, list[str]]:
    """Return all messages so far."""
    history = [*history, message]
    return " ".join(history), history


demo = gr.Interface(remember, ["textbox", gr.State([])], ["textbox", gr.State()], persist_session=True)
