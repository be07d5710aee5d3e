"""A live page: every text that is typed goes before the earlier ones of its session."""

import adapter as gr


def prepend(x: str, state: str = "") -> tuple[str, str]:
    state = x + state
    return state, state


demo = gr.Interface(prepend, ["textbox", "state"], ["textbox", "state"], live=True, api_name="predict")
handler = gr.handler(demo)
