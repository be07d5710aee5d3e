"""Pictures that stand for the samples of Gradio's package, for scripts that show one."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from adapter.compat.sample_files import place_of

WIDTH, HEIGHT = 320, 240
"""In pixels."""


def get_image(filename: str | None = None) -> str:
    """Return the path of a picture; it is drawn, the same for a name everywhere, and not Gradio's.

    Args:
        filename: the sample's name, of which the colours are made; an address (http, https) is returned as it is.
    """
    name = filename or "sample"
    shown = name if name.startswith(("http://", "https://")) else f"{Path(name).stem}.png"
    return place_of("images", shown, lambda: _png(name))


def _png(name: str) -> bytes:
    """Return a picture that goes from one colour to another, from corner to corner.

    Source: https://www.w3.org/TR/png-3/#5DataRep
    """
    start, end = (struct.pack(">I", zlib.crc32(text.encode()))[1:] for text in (name, f"{name} "))
    steps = [bytes(a + (b - a) * step // (WIDTH + HEIGHT) for a, b in zip(start, end, strict=True))
             for step in range(WIDTH + HEIGHT)]  # fmt: skip
    rows = b"".join(b"\0" + b"".join(steps[row : row + WIDTH]) for row in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
