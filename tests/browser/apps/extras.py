"""The components that few pages have."""

from __future__ import annotations

from typing import Any

import adapter as gr
from adapter.components.color_picker import ColorPicker
from adapter.components.date_time import DateTime
from adapter.components.highlighted_text import HighlightedText
from adapter.components.layout import Sidebar
from adapter.components.timer import Timer


def mark(colour: str, moment: str) -> tuple[list[tuple[str, Any]], str]:
    """Return a marked text, and what came in."""
    return [("a ", None), ("red", "colour"), (" car", "thing"), (" fast", 0.5)], f"{colour} {moment}"


with gr.Blocks(title="Extras") as demo:
    with Sidebar(label="Side"):
        gr.Markdown("At the side.")
    colour = ColorPicker(value="#336699", label="Colour")
    moment = DateTime(label="Moment", type="string")
    marked = HighlightedText(label="Marked")
    echo = gr.Textbox(label="Echo", interactive=False)
    ticks = gr.Textbox("0", label="Ticks", interactive=False)
    timer = Timer(0.1, active=False)
    gr.Button("Mark").click(mark, [colour, moment], [marked, echo], api_name="mark")
    gr.Button("Start").click(lambda: gr.update(active=True), None, timer, api_name="start")
    timer.tick(lambda ticks: str(int(ticks) + 1), ticks, ticks, api_name="tick")

    visits = gr.BrowserState(0, storage_key="visits")
    shown = gr.Textbox(label="Visits", interactive=False)
    gr.Button("Visit").click(lambda n: (n + 1, str(n + 1)), visits, [visits, shown], api_name="visit")

handler = gr.handler(demo)
