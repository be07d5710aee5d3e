"""A counter that all share, besides what each session remembers."""

from __future__ import annotations

from collections.abc import Iterator

import adapter as gr

everybody = gr.GlobalCounter(name="everybody")


def count(name: str, mine: int) -> tuple[str, int]:
    """Count for ``name``: in the session, and among all."""
    mine += 1
    everybody.add(1)
    return f"{name}: {mine} of {everybody.value}", mine


def slowly(name: str, mine: int) -> Iterator[tuple[str, int]]:
    """Count in steps that are shown."""
    yield "counting", mine
    yield count(name, mine)


with gr.Blocks(title="Counting") as demo:
    mine = gr.State(0)
    name = gr.Textbox(label="Name")
    counted = gr.Textbox(label="Counted", interactive=False)
    name.submit(count, [name, mine], [counted, mine], api_name="count")
    gr.Button("Slowly").click(slowly, [name, mine], [counted, mine], api_name="slowly")

handler = gr.handler(demo)
