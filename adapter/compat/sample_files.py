"""Files that stand for the samples of Gradio's package, for scripts that show one: small, and made here.

They have the sample's name, so that a script finds the kind of file it asks for, and not Gradio's content.
"""

from __future__ import annotations

import json
import math
import os
import struct
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path

RATE = 16_000
"""Samples of the sound in a second."""


def media_root() -> Path:
    """Return the folder of this user's samples."""
    return Path(tempfile.gettempdir()) / f"adapter-samples-{_user()}"


def place_of(folder: str, filename: str, content: Callable[[], bytes]) -> str:
    """Return the path of a sample, which is made when it is asked for first.

    Args:
        folder: of its kind.
        filename: its name; an address (http, https) is returned as it is.
        content: makes it.

    Raises:
        PermissionError: the folder of samples is another user's.
    """
    if filename.startswith(("http://", "https://")):
        return filename
    place = media_root() / folder / Path(filename).name
    if not place.is_file():
        root = media_root()
        root.mkdir(mode=0o700, exist_ok=True)
        if root.is_symlink() or root.stat().st_uid != _user():
            raise PermissionError(f"The folder {root} belongs to another user; remove it, or set TMPDIR to another.")
        place.parent.mkdir(exist_ok=True)
        # Renamed at the end: another environment on this machine may read it meanwhile.
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(content())
        Path(file.name).replace(place)
    return str(place)


def get_audio(filename: str | None = None) -> str:
    """Return the path of a sound (WAV): a short tone, of a pitch of its own for each name.

    Args:
        filename: the sample's name; an address (http, https) is returned as it is.
    """
    name = filename or "sample.wav"
    return place_of("audio", _ending(name, ".wav"), lambda: _wav(220 + zlib.crc32(name.encode()) % 440))


def get_video(filename: str | None = None) -> str:
    """Return the path of a video (MP4): two seconds of colours that turn, with a tone.

    Args:
        filename: the sample's name; an address (http, https) is returned as it is.
    """
    sample = Path(__file__).with_name("samples") / "video.mp4"
    return place_of("videos", _ending(filename or "sample.mp4", ".mp4"), sample.read_bytes)


def get_model3d(filename: str | None = None) -> str:
    """Return the path of a model (OBJ): a pyramid.

    Args:
        filename: the sample's name; an address (http, https) is returned as it is.
    """
    return place_of("models3d", _ending(filename or "sample.obj", ".obj"), _PYRAMID.encode)


def get_file(filename: str | None = None) -> str:
    """Return the path of a small file of data: a table, JSON, subtitles, or a text, as its name ends.

    Args:
        filename: the sample's name; an address (http, https) is returned as it is.
    """
    name = filename or "sample.csv"
    return place_of("data", name, _DATA.get(Path(name).suffix.lower(), _TEXT).encode)


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0  # on Windows each user has a temporary folder


def _ending(name: str, ending: str) -> str:
    return name if name.startswith(("http://", "https://")) else f"{Path(name).stem}{ending}"


def _wav(pitch: int) -> bytes:
    """Return half a second of a tone, which fades out.

    Source: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
    """
    count = RATE // 2
    tone = [
        round(12_000 * (1 - place / count) * math.sin(2 * math.pi * pitch * place / RATE)) for place in range(count)
    ]
    data = struct.pack(f"<{count}h", *tone)
    form = struct.pack("<HHIIHH", 1, 1, RATE, 2 * RATE, 2, 16)
    chunks = b"WAVE" + b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunks)) + chunks


_PYRAMID = """o pyramid
v -1 0 -1
v 1 0 -1
v 1 0 1
v -1 0 1
v 0 1.5 0
f 1 2 3 4
f 1 5 2
f 2 5 3
f 3 5 4
f 4 5 1
"""

_ROWS = [{"name": "Ann", "city": "Bern", "age": 31}, {"name": "Ben", "city": "Graz", "age": 25}]
_TEXT = "A file to try things with.\nIt has two lines.\n"
_DATA = {
    ".csv": "name,city,age\n" + "".join(f"{row['name']},{row['city']},{row['age']}\n" for row in _ROWS),
    ".json": json.dumps(_ROWS, indent=2),
    ".srt": "1\n00:00:00,000 --> 00:00:01,000\nHello.\n\n2\n00:00:01,000 --> 00:00:02,000\nGoodbye.\n",
    ".vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n\n00:01.000 --> 00:02.000\nGoodbye.\n",
}

_FOLDERS = ("images", "videos", "audio", "models3d", "data")


def __getattr__(name: str) -> object:
    # asked for when they are used: where temporary files are may be set by then
    if name == "MEDIA_ROOT":
        return media_root()
    if name == "MEDIA_PATHS":
        return [media_root() / folder for folder in _FOLDERS]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
