"""Each component with three buttons: one sends its value, one updates it, one fails with it as the output."""

from __future__ import annotations

import json
import shutil
import wave
from base64 import b64decode
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pandas as pd

import adapter as gr
from adapter.components.base import Component

CITIES = [f"city {number}" for number in range(20)]
MESSAGES = [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two"}]

PIXEL = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNoEJgAAAI0ASEaGUPxAAAAAElFTkSuQmCC")

FILMS = Path(__file__).with_name("films")
"""Half a second each: 16, 32 and 48 pixels wide."""


def paths(*names: str) -> list[str]:
    """Return the paths of files of these names: of one pixel, or of some words."""
    folder = Path(mkdtemp())
    for name in names:
        (folder / name).write_bytes(PIXEL if name.endswith(".png") else name.encode())
    return [str(folder / name) for name in names]


def sound(name: str, seconds: int) -> str:
    """Return the path of a sound that lasts as long."""
    place = Path(mkdtemp()) / name
    with wave.open(str(place), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(b"\x80" * 8000 * seconds)
    return str(place)


def film(name: str) -> str:
    """Return the path of a copy of a video, where functions may show files from."""
    return shutil.copy(FILMS / name, mkdtemp())


def bar(name: str, height: int) -> dict[str, str]:
    """Return a chart of one bar, as Plotly describes it."""
    return {"type": "plotly", "plot": json.dumps({"data": [{"type": "bar", "x": [name], "y": [height]}]})}


def counts(name: str, count: int) -> pd.DataFrame:
    """Return a table of one row."""
    return pd.DataFrame({"name": [name], "count": [count]})


CASES: dict[str, tuple[Component, Any]] = {
    "textbox": (gr.Textbox("one", label="textbox", render=False), "three"),
    "textarea": (gr.Textbox("one", label="textarea", lines=3, render=False), "three\nfour"),
    "password": (gr.Textbox("one", label="password", type="password", render=False), "three"),
    "number": (gr.Number(1, label="number", render=False), 3),
    "slider": (gr.Slider(0, 10, value=1, step=1, label="slider", render=False), 3),
    "checkbox": (gr.Checkbox(False, label="checkbox", render=False), True),
    "checkboxgroup": (
        gr.CheckboxGroup(["one", "two", "three"], value=["one"], label="checkboxgroup", render=False),
        ["three"],
    ),
    "radio": (gr.Radio(["one", "two", "three"], value="one", label="radio", render=False), "three"),
    "dropdown": (gr.Dropdown(["one", "two", "three"], value="one", label="dropdown", render=False), "three"),
    "filtered": (gr.Dropdown(CITIES, value="city 1", label="filtered", render=False), "city 3"),
    "multiselect": (
        gr.Dropdown(["one", "two", "three"], value=["one"], multiselect=True, label="multiselect", render=False),
        ["three"],
    ),
    "code": (gr.Code("one", language="python", label="code", render=False), "three"),
    "colorpicker": (gr.ColorPicker("#111111", label="colorpicker", render=False), "#333333"),
    "datetime": (
        gr.DateTime("2026-01-01 00:00:00", type="string", label="datetime", render=False),
        "2026-03-03 00:00:00",
    ),
    "json": (gr.JSON({"one": 1}, label="json", render=False), {"three": 3}),
    "label": (gr.Label({"one": 0.75, "two": 0.25}, label="label", render=False), {"three": 1.0}),
    "highlightedtext": (
        gr.HighlightedText([("one", "kind"), (" two", None)], label="highlightedtext", render=False),
        [("three", "kind")],
    ),
    "plot": (gr.Plot(bar("one", 1), label="plot", render=False), bar("three", 3)),
    "barplot": (gr.BarPlot(counts("one", 1), x="name", y="count", label="barplot", render=False), counts("three", 3)),
    "markdown": (gr.Markdown("**one**", label="markdown", render=False), "**three**"),
    "html": (gr.HTML("<b>one</b>", label="html", render=False), "<b>three</b>"),
    "file": (gr.File(paths("one.txt")[0], label="file", render=False), paths("three.txt")[0]),
    "files": (
        gr.File(paths("one.txt"), file_count="multiple", label="files", render=False),
        paths("one.txt", "three.txt"),
    ),
    "image": (gr.Image(paths("one.png")[0], type="filepath", label="image", render=False), paths("three.png")[0]),
    "audio": (gr.Audio(sound("one.wav", 1), type="filepath", label="audio", render=False), sound("three.wav", 3)),
    "video": (gr.Video(film("one.webm"), label="video", render=False), film("three.webm")),
    "gallery": (
        gr.Gallery(paths("one.png"), label="gallery", interactive=True, render=False),
        paths("one.png", "three.png"),
    ),
    "multimodaltextbox": (
        gr.MultimodalTextbox({"text": "one", "files": []}, label="multimodaltextbox", render=False),
        {"text": "three", "files": paths("three.txt")},
    ),
    "dataframe": (
        gr.Dataframe(
            [["one", 1]],
            headers=["a", "b"],
            datatype=["str", "number"],
            type="array",
            label="dataframe",
            interactive=True,
            render=False,
        ),
        [["three", 3]],
    ),
    "chatbot": (gr.Chatbot(MESSAGES, label="chatbot", render=False), [*MESSAGES, {"role": "user", "content": "three"}]),
}


def fail(name: str) -> Any:
    """Return a function that raises what a visitor may read."""

    def failing() -> None:
        raise gr.Error(f"{name} went wrong", title="Refused")

    return failing


with gr.Blocks(title="Matrix") as demo:
    echo = gr.JSON(label="Echo")
    for name, (component, new) in CASES.items():
        with gr.Column(elem_id=name):
            component.render()
            gr.Button(f"Send {name}").click(lambda value: [value], component, echo, api_name=f"send_{name}")
            gr.Button(f"Update {name}").click(
                lambda new=new: gr.update(value=new), None, component, api_name=f"update_{name}"
            )
            gr.Button(f"Fail {name}").click(fail(name), None, component, api_name=f"fail_{name}")

handler = gr.handler(demo)
