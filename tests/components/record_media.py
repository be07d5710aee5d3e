"""Record what real Gradio makes of files, into ``media_6_31.json`` beside this file.

Run it by hand in an environment of its own that has Gradio 6.31 (the project never imports it):

    python tests/components/record_media.py

Files are those in ``media``: ``@photo.png`` stands for the place of one on the disk, and what comes
out is described, so that nothing of one machine is recorded.
"""

from __future__ import annotations

import importlib
import json
import warnings
from pathlib import Path
from typing import Any

gr: Any = importlib.import_module("gradio")
media: Any = importlib.import_module("described_media")  # beside this file
described, resolved = media.described, media.resolved


def file(name: str, **more: Any) -> dict[str, Any]:
    """Return the wire's data for one of the files."""
    return {"path": f"@{name}", "orig_name": name, "meta": {"_type": "gradio.FileData"}, **more}


PHOTO, CLEAR, GREY = file("photo.png"), file("clear.png"), file("grey.png")
WORDS, TURNED = file("words.txt"), file("turned.jpg")
PICTURES = [PHOTO, CLEAR, GREY, file("palette.png"), TURNED, file("moving.gif"), file("drawing.svg"), None]
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
SHOWN = ["@photo.png", {"$array": [[0, 255]], "type": "uint8"}, {"$picture": "RGB"}, {"$picture": "RGBA"}, None]
FRAME = {"a": ["x", "y"], "b": [1.25, 2.5], "c": [True, False]}
SOUNDS = [file(f"{name}.wav") for name in ("mono", "stereo", "eight", "deep", "long", "extended")]
TONES: list[Any] = [
    *({"$array": [0, 0.25, -0.5], "type": kind} for kind in ("float16", "float32", "float64")),
    *({"$array": [0, 100, 7], "type": kind} for kind in ("int8", "uint8", "int16", "uint16", "int32", "int64", "bool")),
    {"$array": [[0.1, 0.2], [-0.3, 0.4]], "type": "float32"},
    {"$array": [0.0, 0.0], "type": "float32"},
    {"$array": [], "type": "int16"},
    {"$array": [[[1]]], "type": "complex64"},
]
SHOWN_SOUNDS = ["@mono.wav", {"$tuple": [8000, TONES[1]]}, None, {"$bytes": "mono.wav"}]
ARRAYS: list[Any] = [
    {"$array": [[[0.0, 0.5, 1.0], [1, 1, 1]]], "type": "float32"},
    {"$array": [[[2.0, 0.5, 1.0], [1, 1, 1]]], "type": "float64"},
    {"$array": [[[0, 100, 255], [1, 1, 1]]], "type": "int64"},
    {"$array": [[[0, 100, 30000], [1, 1, 1]]], "type": "int16"},
    {"$array": [[[0, 100, 127], [-5, 1, 1]]], "type": "int8"},
]

CASES: list[tuple[str, dict[str, Any], list[Any], list[Any]]] = [
    ("File", {}, [WORDS, None], ["@words.txt", None]),
    ("File", {"type": "binary"}, [WORDS], []),
    ("File", {"file_count": "multiple"}, [[WORDS, PHOTO], [], None], [["@words.txt", "@photo.png"], []]),
    ("File", {"file_count": "directory"}, [[WORDS]], [["@words.txt"]]),
    ("File", {"file_types": [".txt"]}, [WORDS, PHOTO], []),
    ("File", {"file_types": ["image", ".JSON"]}, [WORDS, PHOTO], []),
    ("File", {"file_types": ["file"]}, [WORDS], []),
    ("UploadButton", {}, [WORDS, None], ["@words.txt", None]),
    ("UploadButton", {"file_count": "multiple", "file_types": ["text"]}, [[WORDS], [PHOTO]], [["@words.txt"]]),
    ("DownloadButton", {}, [WORDS, None], ["@words.txt", None]),
    (
        "MultimodalTextbox",
        {},
        [{"text": "a", "files": [WORDS, PHOTO]}],
        [{"text": "a", "files": ["@words.txt", "@photo.png"]}, {"files": [WORDS]}],
    ),
    ("MultimodalTextbox", {"file_types": ["image"]}, [{"text": "", "files": [one]} for one in (WORDS, PHOTO)], []),
    (
        "Gallery",
        {},
        [
            [{"image": PHOTO}, {"image": GREY, "caption": "c"}, {"video": file("clip.mp4"), "caption": None}],
            [{"image": TURNED}],
            [{"image": WORDS}],
        ],
        [
            ["@photo.png", ["@grey.png", "c"], "@clip.mp4", ["@clip.mp4", None], "@drawing.svg"],
            [{"$array": [[0, 255]], "type": "uint8"}, [{"$picture": "RGBA"}, "drawn"]],
            "@photo.png",
            [3],
        ],
    ),
    ("Gallery", {"type": "numpy"}, [[{"image": PHOTO}, {"image": CLEAR}, {"video": file("clip.mp4")}]], []),
    ("Gallery", {"type": "pil"}, [[{"image": TURNED}], [{"image": file("broken.png")}]], []),
    ("Gallery", {"file_types": ["image"]}, [[{"image": PHOTO}], [{"video": file("clip.mp4")}]], []),
    ("Gallery", {"format": "png"}, [], [[{"$picture": "RGB"}, [{"$picture": "L"}, "c"]]]),
    (
        "Dataframe",
        {},
        [{"headers": ["a", "b"], "data": [["x", 1], ["y", None]]}, {"headers": ["a"], "data": [[]]}],
        ["@rows.csv", {"$frame": FRAME}, {"$styler": FRAME}, {"$array": [[1, 2]], "type": "int64"}],
    ),
    ("Dataframe", {"type": "numpy"}, [{"headers": ["a", "b"], "data": [[1, 2.5]]}, {"headers": [], "data": []}], []),
    ("Dataframe", {"datatype": "auto", "value": {"$frame": FRAME}}, [], []),
    ("Audio", {}, [*SOUNDS, file("words.txt"), file("broken.png"), None], [*SHOWN_SOUNDS, 3, [8000, [1]], {}]),
    ("Audio", {"type": "filepath"}, [*SOUNDS, WORDS, None], [{"$tuple": [44100, tone]} for tone in TONES]),
    ("Audio", {"type": "filepath", "format": "wav"}, [SOUNDS[1], file("words.txt")], SHOWN_SOUNDS),
    ("Audio", {"format": "mp3"}, [SOUNDS[0]], ["@mono.wav", SHOWN_SOUNDS[1]]),
    ("Microphone", {}, [SOUNDS[0]], SHOWN_SOUNDS),
    ("Video", {}, [file("clip.mp4"), None], ["@clip.mp4", None, {"$tuple": [None, None]}, [None, None], 3, {}]),
    ("Video", {"format": "mp4"}, [file("clip.mp4")], ["@clip.mp4"]),
    ("Video", {"include_audio": False}, [file("clip.mp4")], []),
    ("PlayableVideo", {}, [file("clip.mp4"), WORDS], ["@clip.mp4"]),
    (
        "AnnotatedImage",
        {},
        [{"image": PHOTO, "annotations": [{"image": CLEAR, "label": "a"}]}, {"image": PHOTO, "annotations": []}, None],
        [
            {"$tuple": ["@photo.png", [{"$tuple": [{"$tuple": [0, 0, 2, 2]}, "a"]}]]},
            {"$tuple": [{"$picture": "big"}, [{"$tuple": [{"$tuple": [1, 2, 50, 40]}, "a"]}]]},
            {"$tuple": [{"$picture": "RGB"}, []]},
            {"$tuple": [{"$array": [[0, 255]], "type": "uint8"}, [[{"$array": [[0.0, 0.5]], "type": "float64"}, "b"]]]},
            None,
        ],
    ),
    (
        "AnnotatedImage",
        {"color_map": {"a": "#102030"}, "format": "png"},
        [],
        [{"$tuple": [{"$picture": "big"}, [[[0, 0, 60, 60], "a"], [[50, 50, 90, 90], "b"]]]}],
    ),
    ("Image", {}, [*PICTURES, {"url": DOT, "path": None}], SHOWN),
    ("Image", {"type": "pil"}, [*PICTURES, {"url": DOT, "path": None}], []),
    ("Image", {"type": "filepath"}, [*PICTURES, {"url": DOT, "path": None}], []),
    ("Image", {"type": "filepath", "image_mode": None}, PICTURES, []),
    ("Image", {"type": "pil", "image_mode": None}, PICTURES, []),
    ("Image", {"image_mode": "L"}, PICTURES, []),
    ("Image", {"image_mode": "RGBA"}, PICTURES, []),
    ("Image", {}, [{**PHOTO, "orig_name": None}, file("broken.png"), file("words.txt")], ["@drawing.svg"]),
    ("Image", {"format": "png"}, [], ["@photo.png", *ARRAYS, {"$picture": "RGBA"}, {"$picture": "L"}]),
    ("Image", {"format": "jpeg"}, [], [{"$picture": "RGB"}, "@moving.gif"]),
    ("Image", {"format": "nonsense"}, [], [{"$picture": "RGB"}]),
    ("Image", {"format": "png", "watermark": "@grey.png"}, [], [{"$picture": "big"}, {"$picture": "RGB"}]),
]


def record(name: str, arguments: dict[str, Any], data: list[Any], values: list[Any]) -> Any:
    """Return what one component makes of data and values."""
    component = getattr(gr, name)(**resolved(arguments))

    def read(given: Any) -> Any:
        given = resolved(given)
        return component.preprocess(None if given is None else component.data_model.model_validate(given))

    return {
        "component": name,
        "arguments": arguments,
        "datatype": getattr(component, "datatype", None),
        "preprocess": [tried(read, one) for one in data],
        "postprocess": [tried(lambda value: component.postprocess(resolved(value)), one) for one in values],
    }


def tried(work: Any, given: Any) -> dict[str, Any]:
    """Return what ``work`` makes of ``given``, or how it fails."""
    try:
        return {"given": given, "becomes": described(work(given))}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the fact
        return {"given": given, "fails": type(error).__name__}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    found = [record(*case) for case in CASES]
    target = Path(__file__).with_name("media_6_31.json")
    lines = ",\n".join(json.dumps(one, sort_keys=True, ensure_ascii=False) for one in found)
    target.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(found)} recorded in {target}")
