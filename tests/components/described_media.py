"""Files and pictures in a form that can be compared from machine to machine."""

from __future__ import annotations

import math
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from PIL import Image

MEDIA = Path(__file__).with_name("media")


def resolved(given: Any) -> Any:
    """Return ``given`` with the places of its files, and with its arrays and pictures made."""
    if isinstance(given, dict) and "$array" in given:
        return np.array(given["$array"], dtype=given["type"])
    if isinstance(given, dict) and "$tuple" in given:
        return tuple(resolved(one) for one in given["$tuple"])
    if isinstance(given, dict) and "$bytes" in given:
        return (MEDIA / given["$bytes"]).read_bytes()
    if isinstance(given, dict) and "$picture" in given:
        mode = given["$picture"]
        picture = Image.new("RGB" if mode == "big" else mode, (60, 60) if mode == "big" else (4, 4))
        picture.paste(Image.new(picture.mode, (2, 2), "white"))
        return picture
    if isinstance(given, dict) and ("$frame" in given or "$styler" in given):
        frame = pd.DataFrame(given.get("$frame") or given["$styler"])
        frame["when"] = pd.Series([pd.Timestamp("2020-01-02"), None], dtype="datetime64[ns]")
        if "$frame" in given:
            return frame
        return frame.style.format({"b": "{:.1f}"}).highlight_max(subset=["b"], color="red").hide(["when"], axis=1)
    if isinstance(given, dict):
        return {name: resolved(one) for name, one in given.items()}
    if isinstance(given, list):
        return [resolved(one) for one in given]
    return str(MEDIA / given[1:]) if isinstance(given, str) and given.startswith("@") else given


def described(value: Any) -> Any:
    """Return what is to be compared of ``value``: names, sizes, kinds, and corners of pictures, roughly."""
    value = value.model_dump() if hasattr(value, "model_dump") else value
    if isinstance(value, pd.DataFrame):
        return {"frame": described(value.to_dict(orient="split")), "types": [str(kind) for kind in value.dtypes]}
    if isinstance(value, np.ndarray) and (value.ndim < 2 or value.dtype != np.uint8):
        return {"array": value.tolist(), "type": str(value.dtype)}
    if isinstance(value, np.ndarray):
        return {"array": list(value.shape), "type": str(value.dtype), "corners": corners(Image.fromarray(value))}
    if isinstance(value, Image.Image):
        return {"picture": value.mode, "frames": getattr(value, "n_frames", 1), "corners": corners(value)}
    if isinstance(value, bytes):
        return {"bytes": len(value)}
    if isinstance(value, dict):
        told = {name: described(one) for name, one in value.items() if name not in ("meta", "is_stream", "url")}
        address = str(value.get("url"))
        return told | ({"url": address[:30]} if address.startswith("data:") else {})
    if value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, pd.Timestamp):
        return str(value)
    if isinstance(value, list | tuple):
        return [described(one) for one in value]
    is_place = isinstance(value, str) and value.startswith("/") and Path(value).is_file()
    return of_file(Path(value)) if is_place else value


def of_file(place: Path) -> Any:
    """Return what is told of a file."""
    if place.read_bytes()[:4] == b"RIFF" and place.read_bytes()[36:40] == b"data":  # no one's but a writer's of ours
        with wave.open(str(place)) as sound:
            told = [sound.getnchannels(), sound.getsampwidth(), sound.getframerate()]
            return {"file": place.name, "sound": told, "samples": list(sound.readframes(sound.getnframes()))}
    try:
        with Image.open(place) as picture:
            return {"file": place.name, "format": str(picture.format), "picture": described(picture)}
    except OSError:
        return {"file": place.name, "bytes": len(place.read_bytes())}


def corners(picture: Image.Image) -> list[Any]:
    """Return the colours of the top left and the bottom right, in steps of 64: codecs differ a little."""
    whole = picture.convert("RGBA")
    pixels = np.array(whole)
    return [[round(int(part) / 64) for part in pixels[place]] for place in ((0, 0), (-1, -1))]
