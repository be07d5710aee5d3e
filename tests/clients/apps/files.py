"""What apps do with files: read, make, keep and talk about them."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np

import adapter as gr

WORDS = Path(__file__).parents[2] / "components" / "media" / "words.txt"


def shout(file: str) -> str:
    made = Path(tempfile.mkdtemp()) / f"loud-{Path(file).name}"
    made.write_text(Path(file).read_text().upper())
    return str(made)


def join(files: list[bytes]) -> str:
    return b"+".join(files).decode()


def turn(picture: np.ndarray) -> tuple[np.ndarray, str]:
    return np.rot90(picture), str(picture.shape)


def keep(file: str, kept: list[str]) -> tuple[str, list[str]]:
    return f"{len(kept)} before", [*kept, file]


def recall(kept: list[str]) -> str:
    return ", ".join(Path(path).read_text() for path in kept)


def size(file: str) -> str:
    return f"{len(Path(file).read_bytes())} bytes"


def show(kept: list[str]) -> list[str]:
    return kept


def talk(message: dict[str, Any], history: list[Any]) -> dict[str, Any]:
    texts = [Path(path).read_text() for path in message["files"]]
    return {"text": f"{message['text']} {texts} after {len(history)}", "files": message["files"]}


with gr.Blocks() as demo:
    kept = gr.State([])
    file, picture = gr.File(label="File"), gr.Image(format="png")
    several, several_shown = gr.File(file_count="multiple", type="binary"), gr.Files()
    text = gr.Textbox()
    for fn, inputs, outputs in (
        (shout, file, file),
        (join, several, text),
        (turn, picture, [picture, text]),
        (keep, [file, kept], [text, kept]),
        (recall, kept, text),
        (show, kept, several_shown),
        (size, gr.File(WORDS), text),
    ):
        gr.Button(fn.__name__).click(fn, inputs, outputs, api_name=fn.__name__)
    gr.Button("double").click(
        lambda table: [[2 * cell for cell in row] for row in table],
        gr.Dataframe(type="array", headers=["a", "b"]),
        gr.Dataframe(headers=["a", "b"]),
        api_name="double",
    )
    gr.ChatInterface(talk, multimodal=True, api_name="talk")

demo.launch()
