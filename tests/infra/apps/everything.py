"""One function for each way in which an app uses the table and the bucket."""

import os
import tempfile
from pathlib import Path
from typing import Any

import adapter as gr

ended: list[Any] = []
notes: gr.GlobalState[list[bytes]] = gr.GlobalState([b""], name="notes")
visits = gr.GlobalCounter("visits", shards=3)


def small(text: str, said: list[str]) -> tuple[str, list[str]]:
    visits.add()
    return f"{len(said)} before, {visits.value} in all", [*said, text] if text else said


def large(text: str, kept: bytes) -> tuple[str, bytes]:
    return text, os.urandom(100_000) if text else kept


def everybody(text: str, said: list[str]) -> tuple[str, list[str]]:
    notes[0] = os.urandom(int(text))
    return text, [*said, text]


def read(file: str, said: list[str]) -> tuple[str, list[str]]:
    return Path(file).read_text(encoding="utf-8"), said


def write(text: str, said: list[str]) -> tuple[str, list[str]]:
    made = Path(tempfile.mkdtemp(), "made.txt")
    made.write_text(text, encoding="utf-8")
    return str(made), said


with gr.Blocks() as demo:
    text, shown, button = gr.Textbox(), gr.Textbox(), gr.Button()
    file, made = gr.File(), gr.File()
    said = gr.State([])
    kept = gr.State(b"", delete_callback=ended.append)

    button.click(small, [text, said], [shown, said], api_name="small")
    button.click(small, [text, said], [shown, said], api_name="alone", concurrency="lease")
    button.click(large, [text, kept], [shown, kept], api_name="large")
    button.click(everybody, [text, said], [shown, said], api_name="everybody")
    button.click(read, [file, said], [shown, said], api_name="read")
    button.click(write, [text, said], [made, said], api_name="write")
