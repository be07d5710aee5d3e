"""A gallery to look at, and one to fill; a picture for each by its colour."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import adapter as gr

EVIL = '<img src=x onerror="window.hacked=1">'


def plain(colour: str) -> str:
    """Return the address of a picture of one colour."""
    size = "width='40' height='20'"
    return "data:image/svg+xml," + quote(
        f"<svg xmlns='http://www.w3.org/2000/svg' {size}><rect {size} fill='{colour}'/></svg>"
    )


PICTURES = [(plain("red"), "first"), (plain("green"), EVIL), (plain("blue"), "third")]


def chosen(event: gr.SelectData) -> str:
    """Return which one the visitor chose."""
    return f"{event.index} {event.value['caption']}"


def count(pictures: list[Any] | None) -> str:
    """Return how many there are."""
    return f"{len(pictures or [])} pictures"


def fail() -> None:
    """Raise what a visitor may read."""
    raise gr.Error("Not these", title="Refused")


with gr.Blocks(title="Pictures") as demo:
    told = gr.Textbox(label="Told", interactive=False)
    shown = gr.Gallery(PICTURES, label="Shown", columns=3, interactive=False)
    filled = gr.Gallery(label="Filled", interactive=True)
    gr.Button("Count").click(count, filled, told, api_name="count")
    gr.Button("Update").click(lambda: gr.update(value=PICTURES[:1], label="Renamed"), None, shown, api_name="update")
    gr.Button("Fail").click(fail, None, shown, api_name="fail")
    shown.select(chosen, None, told, api_name=False)
    shown.preview_close(lambda: "closed", None, told, api_name=False)
    filled.delete(lambda: "deleted", None, told, api_name=False)

handler = gr.handler(demo)
