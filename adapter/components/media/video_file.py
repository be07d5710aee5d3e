"""What the file of a video says of itself: of MP4 (also MOV), and WebM (also Matroska)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

SEGMENT, INFO, SCALE, DURATION = 0x18538067, 0x1549A966, 0x2AD7B1, 0x4489
TRACKS, TRACK, TYPE = 0x1654AE6B, 0xAE, 0x83
CLUSTER, TIME, SIMPLE, GROUP, BLOCK = 0x1F43B675, 0xE7, 0xA3, 0xA0, 0xA1
"""Elements of WebM. Source: https://www.rfc-editor.org/rfc/rfc9559"""

SOUND = 2
"""The type of a track of WebM that is heard. Source: https://www.rfc-editor.org/rfc/rfc9559#name-tracktype-element"""

EBML = b"\x1aE\xdf\xa3"
"""How WebM begins."""

NANOSECONDS = 1_000_000
"""Of one unit of time in WebM, where it does not say another."""


def length(place: Path) -> float | None:
    """Return how many seconds the video in ``place`` lasts; ``None`` for a file of another kind, or a broken one."""
    content = place.read_bytes()
    try:
        return _of_webm(memoryview(content)) if content.startswith(EBML) else _of_mp4(memoryview(content))
    except (IndexError, ZeroDivisionError, struct.error):  # it ends before it has said so
        return None


def has_sound(place: Path) -> bool | None:
    """Return whether the video in ``place`` can be heard; ``None`` for a file of another kind, or a broken one."""
    content = place.read_bytes()
    try:
        if content.startswith(EBML):
            kinds = [int.from_bytes(body) for element, body in _elements(memoryview(content)) if element == TYPE]
            return SOUND in kinds if kinds else None
        handlers = [bytes(body[8:12]) for body in _below(memoryview(content), (b"moov", b"trak", b"mdia", b"hdlr"))]
    except (IndexError, struct.error):
        return None
    return b"soun" in handlers if handlers else None


def _below(content: memoryview, names: Sequence[bytes]) -> Iterator[memoryview]:
    """Yield the boxes that stand below boxes of these names."""
    for name, body in _boxes(content):
        if name == names[0] and len(names) == 1:
            yield body
        elif name == names[0]:
            yield from _below(body, names[1:])


def _of_mp4(content: memoryview) -> float | None:
    """Return the seconds of an MP4.

    Source: https://developer.apple.com/documentation/quicktime-file-format/movie_header_atom
    """
    for name, body in _boxes(content):
        if name == b"moov":
            return _of_mp4(body)
        if name == b"mvhd":
            form, at = (">IQ", 20) if body[0] == 1 else (">II", 12)
            scale, duration = struct.unpack_from(form, body, at)
            return float(duration / scale)
    return None


def _boxes(content: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    place = 0
    while place + 8 <= len(content):
        size, name = struct.unpack_from(">I4s", content, place)
        head = 8
        if size == 1:
            [size] = struct.unpack_from(">Q", content, place + 8)
            head = 16
        size = size or len(content) - place
        if size < head:
            return
        yield name, content[place + head : place + size]
        place += size


def _of_webm(content: memoryview) -> float | None:
    scale, told, last, cluster = NANOSECONDS, None, 0, 0
    for element, body in _elements(content):
        if element == SCALE:
            scale = int.from_bytes(body)
        elif element == DURATION:
            [told] = struct.unpack(">f" if len(body) == 4 else ">d", body)
        elif element == TIME:
            cluster = int.from_bytes(body)
        elif element in (SIMPLE, BLOCK):  # what a browser records says no length: its last picture does
            _, size = _number(body, 0)
            last = max(last, cluster + struct.unpack_from(">h", body, size)[0])
    units = last if told is None else told
    return units * scale / 1e9 if units else None


def _elements(content: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield all elements in their order, those of others after these."""
    place = 0
    while place < len(content):
        element, size = _number(content, place, marked=True)
        place += size
        length, size = _number(content, place)
        place += size
        if length == 2 ** (7 * size) - 1:  # not known: until the end, or the next one of its kind
            length = len(content) - place
        if element in (SEGMENT, INFO, TRACKS, TRACK, CLUSTER, GROUP):
            if element == CLUSTER and length == len(content) - place:
                continue  # one that is open is read on in place
            yield from _elements(content[place : place + length])
        else:
            yield element, content[place : place + length]
        place += length


def _number(content: memoryview, place: int, *, marked: bool = False) -> tuple[int, int]:
    """Return the number at ``place``, and how many bytes it has; ``marked`` keeps the bit that says that."""
    first = content[place]
    size = 9 - first.bit_length()
    value = first if marked else first & (0xFF >> size)
    for byte in content[place + 1 : place + size]:
        value = value << 8 | byte
    return value, size
