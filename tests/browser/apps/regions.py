"""A picture with two regions, whose labels are told."""

from typing import Any

import numpy as np

import adapter as gr

EVIL = '<img src=x onerror="window.hacked=1">'
PICTURE = np.full((40, 60, 3), 200, dtype=np.uint8)
MASK = np.zeros((40, 60))
MASK[10:20, 10:30] = 0.8
REGIONS: list[tuple[Any, str]] = [((30, 5, 55, 35), EVIL), (MASK, "mask")]


def told(selected: gr.SelectData) -> str:
    """Say which region was chosen."""
    return f"{selected.index} {selected.value}"


def returned(value: tuple[str, list[tuple[str, str]]]) -> str:
    """Say what a function gets."""
    base, masks = value
    return f"{base.rpartition('/')[2]} {[(place.rpartition('/')[2], label) for place, label in masks]}"


with gr.Blocks() as demo:
    shown = gr.AnnotatedImage((PICTURE, REGIONS), label="Shown", color_map={"mask": "rgb(1, 2, 3)"})
    empty = gr.AnnotatedImage(label="Empty", show_legend=False)
    out = gr.Textbox(label="Told")
    shown.select(told, None, out)
    gr.Button("Fill").click(lambda: (PICTURE, REGIONS[1:]), None, empty)
    gr.Button("Describe").click(returned, shown, out)
    gr.Button("Misfit").click(lambda: (PICTURE, [(MASK[:10], "small")]), None, empty)
