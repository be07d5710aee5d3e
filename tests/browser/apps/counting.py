"""A counter that all share, besides what each session remembers."""

from __future__ import annotations

import adapter as gr

everybody = gr.GlobalCounter(name="everybody")


def count(name: str, mine: int) -> tuple[str, int]:
    """Count for ``name``: in the session, and among all."""
    mine += 1
    everybody.add(1)
    return f"{name}: {mine} of {everybody.value}", mine


demo = gr.Interface(count, [gr.Textbox(label="Name"), gr.State(0)], [gr.Textbox(label="Counted"), gr.State()])
handler = gr.handler(demo)
