"""Calls that are cancelled, and what follows: by a listener that does nothing else, and by one that does."""

from __future__ import annotations

import time
from collections.abc import Iterator

import gradio as gr


def count(start: str) -> Iterator[tuple[str, str]]:
    """Yield for six seconds."""
    for number in range(120):
        yield f"{start}{number}", f"at {number}"
        time.sleep(0.05)


def slow(word: str) -> str:
    """Answer late."""
    time.sleep(1.5)
    return f"late {word}"


with gr.Blocks() as demo:
    start = gr.Textbox("n", label="Start")
    shown = gr.Textbox(label="Shown")
    at = gr.Textbox(label="At")
    kept = gr.Textbox(label="Kept")
    log = gr.Textbox(label="Log")
    ends = gr.Textbox(label="Ends")
    fails = gr.Textbox(label="Fails")
    succeeds = gr.Textbox(label="Succeeds")

    counting = gr.Button("Count").click(count, start, [shown, at])
    counting.then(lambda: "ended", None, ends)
    counting.failure(lambda: "failed", None, fails)
    counting.success(lambda: "succeeded", None, succeeds)
    answering = gr.Button("Answer").click(slow, start, shown)
    gr.Button("Stop").click(None, None, None, cancels=[counting])
    reset = gr.Button("Reset")
    reset.click(None, cancels=[counting, answering]).then(lambda: ("", ""), None, [shown, at])
    gr.Button("Keep").click(None, None, None, cancels=counting).then(
        lambda shown, at: f"{shown} {at}", [shown, at], kept
    )
    gr.Button("Swap").click(lambda: "swapped", None, log, cancels=[counting])

demo.launch()
