"""An app that says what it got of a file, and gives the file back."""

from __future__ import annotations

import hashlib
from pathlib import Path

import adapter as gr


def check(file: str) -> tuple[str, str]:
    """Return the file, its bytes and their hash."""
    content = Path(file).read_bytes()
    return file, f"{len(content)} {hashlib.sha256(content).hexdigest()}"


with gr.Blocks(title="Large files") as demo:
    told = gr.Textbox(label="Told", interactive=False)
    with gr.Row():
        one = gr.File(label="One")
        back = gr.File(label="Back", interactive=False)
    gr.Button("Check").click(check, one, [back, told], api_name="check")

handler = gr.handler(demo)
