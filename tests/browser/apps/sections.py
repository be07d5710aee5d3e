"""Parts that open: tabs in tabs, accordions; and what an author's head and style have to do with the page."""

from __future__ import annotations

import adapter as gr

HEAD = """
<script type="module" async>window.ran = (window.ran ?? 0) + 1;</script>
<script>window.after = window.ran ?? 0;</script>
"""
NAMES = (
    "markdown",
    "block",
    "row",
    "column",
    "button",
    "head",
    "name",
    "body",
    "tabs",
    "panel",
    "fold",
    "textbox",
    "form",
)
CSS = "".join(f".{name} {{ outline: 7px solid rgb(1, 2, 3); }}" for name in NAMES)

with gr.Blocks(title="Sections", head=HEAD, css=CSS) as demo:
    gr.Markdown("# Sections", elem_classes="markdown")
    with gr.Tabs() as tabs:
        with gr.Tab("First", id="first"):
            word = gr.Textbox(label="Word")
            with gr.Row():
                send = gr.Button("Send")
                go = gr.Button("Go")
        with gr.Tab("Second", id="second"):
            second = gr.Markdown("# Of the second")
            got = gr.Textbox(label="Got")
            level = gr.Slider(2, 9, label="Level")
            back = gr.Button("Back")
            with gr.Tabs():
                with gr.Tab("Inner"):
                    gr.Markdown("The inner one.")
                with gr.Tab("Hidden"):
                    deep = gr.Textbox("deep", label="Deep")
    with gr.Accordion("Folded", open=False) as folded:
        gr.Markdown("What was folded.")
    shown = gr.Textbox(label="Shown")
    picture = gr.Image(label="Picture")
    gr.File(label="File", file_types=[".txt"])

    send.click(
        lambda word, got, level, deep: (f"sent {word}", f"{word!r} {got!r} {level} {deep!r}"),
        [word, got, level, deep],
        [got, shown],
    )
    go.click(lambda: gr.Tabs(selected="second"), None, tabs)
    back.click(lambda: gr.Tabs(selected="first"), None, tabs)
    got.change(lambda got: f"heard {got}", got, shown, api_name="heard")
    folded.expand(lambda: "expanded", None, shown)
    folded.collapse(lambda: "collapsed", None, shown)

handler = gr.handler(demo)
