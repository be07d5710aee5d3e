"""Components that take and give files; the functions say what they got."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import adapter as gr

GIVEN = Path(tempfile.gettempdir()) / "adapter-browser-tests" / "given <b>.txt"
GIVEN.parent.mkdir(exist_ok=True)
GIVEN.write_text("given\n")


def sizes(paths: Any) -> str:
    """Return the name and the bytes of each file."""
    found = [Path(one) for one in (paths if isinstance(paths, list) else [paths]) if one]
    return ", ".join(f"{one.suffix} {one.stat().st_size}" for one in found) or "nothing"


def describe(one: str | None, several: list[str] | None) -> str:
    """Return what the two lists hold."""
    return f"{sizes(one)}; {sizes(several)}"


def give_back(picture: str | None) -> tuple[str | None, str]:
    """Return the picture, and its size."""
    return picture, sizes(picture)


def at(event: gr.SelectData) -> str:
    """Return where the visitor pointed."""
    return str(event.index)


def gone(event: gr.DeletedFileData) -> str:
    """Return what the visitor took away."""
    return f"without {event.file.orig_name}"


def heard(message: dict[str, Any]) -> str:
    """Return what was said, and with which files."""
    return f"{message['text']}; {sizes(message['files'])}"


def fail(*_: Any) -> None:
    """Raise what a visitor may read."""
    raise gr.Error("Not this one", title="Refused")


with gr.Blocks(title="Files") as demo:
    told = gr.Textbox(label="Told", interactive=False)
    with gr.Row():
        one = gr.File(label="One")
        several = gr.File(label="Several", file_count="multiple", file_types=[".txt", "image"], allow_reordering=True)
    with gr.Row():
        picture = gr.Image(label="Picture", type="filepath")
        answer = gr.Image(label="Answer", type="filepath", interactive=False)
    shown = gr.File(str(GIVEN), label="Given", interactive=False)
    message = gr.MultimodalTextbox(label="Message", placeholder="Say something", file_count="multiple")
    with gr.Row():
        upload = gr.UploadButton("Upload one", file_types=[".txt"])
        gr.DownloadButton("Download one", value=str(GIVEN))
        send = gr.Button("Send files")
        show = gr.Button("Show")
        update = gr.Button("Update")
        failing = gr.Button("Fail")
    send.click(describe, [one, several], told, api_name="send")
    show.click(give_back, picture, [answer, told], api_name="show")
    update.click(lambda: [gr.update(value=str(GIVEN), label="Renamed")] * 2, None, [one, shown], api_name="update")
    failing.click(fail, None, [one, picture, message], api_name="fail")
    upload.upload(sizes, upload, told, api_name="upload_one")
    several.delete(gone, None, told, api_name=False)
    picture.select(at, None, told, api_name=False)
    message.submit(heard, message, told, api_name="heard")
    one.clear(lambda: "cleared", None, told, api_name=False)

handler = gr.handler(demo)
