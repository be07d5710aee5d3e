"""Sound between files and arrays: WAV by itself, every other kind by `converter`."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from adapter.components.libraries import library
from adapter.components.media.converter import CannotConvert, convert
from adapter.errors import Error
from adapter.files.in_call import give

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
"""Kinds of WAV. Source: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html"""

OPEN = (0, 0xFFFFFFFF)
"""Lengths that stand in a WAV whose writer did not know yet how long it would be."""

MOST_CHANNELS = 32
"""That browsers play.
Source: https://chromium.googlesource.com/chromium/src/+/main/media/base/limits.h"""

STARTS = ((b"ID3", ".mp3"), (b"\xff\xfb", ".mp3"), (b"fLaC", ".flac"), (b"OggS", ".ogg"), (b"\x1aE\xdf\xa3", ".webm"))


def read(file: Path) -> tuple[int, Any]:
    """Return the sound in ``file``: samples a second, and an array (samples,) or (samples, channels).

    The array has integers of as many bits as the file; those of 24 are the upper ones of 32, and 8 are signed.
    What is no WAV of integers becomes 16 bits.

    Raises:
        CannotConvert: it is no WAV, and nothing here can make one of it.
    """
    content = file.read_bytes()
    found = _samples(content)
    if found is None:
        found = _samples(convert(file, "wav", "-c:a", "pcm_s16le"))
    if found is None:
        raise CannotConvert(f"{file.name!r} has no audio that can be read")
    return found


def _samples(content: bytes) -> tuple[int, Any] | None:
    """Return what a WAV holds; ``None`` for what is none, or a kind of it that is rare."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        return None
    parts = dict(_chunks(content))
    told, body = parts.get(b"fmt ", b""), parts.get(b"data")
    if len(told) < 16 or body is None:
        return None
    kind, channels, rate, _, _, bits = struct.unpack("<HHIIHH", told[:16])
    if kind == EXTENSIBLE and len(told) >= 26:
        [kind] = struct.unpack("<H", told[24:26])
    if not channels or not rate or bits not in ((8, 16, 24, 32) if kind == PCM else (32, 64) if kind == FLOAT else ()):
        return None
    whole = len(body) // (channels * bits // 8) * (channels * bits // 8)  # a recording may end within a sample
    array = _array(body[:whole], kind, bits)
    return rate, array.reshape(-1, channels) if channels > 1 else array


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place + 8 <= len(content):
        name, size = struct.unpack("<4sI", content[place : place + 8])
        if name == b"data" and size in OPEN:
            size = len(content) - place - 8
        yield name, content[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def _array(body: bytes, kind: int, bits: int) -> Any:
    numpy: Any = library("numpy", package="numpy", needed="Audio as an array")
    if kind == FLOAT:
        floats = numpy.frombuffer(body, dtype=f"<f{bits // 8}")
        return numpy.nan_to_num(numpy.clip(floats, -1, 1) * 32767).astype(numpy.int16)
    if bits == 8:
        return (numpy.frombuffer(body, dtype=numpy.uint8) ^ 128).view(numpy.int8)
    if bits == 24:
        wide = numpy.zeros((len(body) // 3, 4), dtype=numpy.uint8)
        wide[:, 1:] = numpy.frombuffer(body, dtype=numpy.uint8).reshape(-1, 3)
        return wide.view("<i4").reshape(-1)
    return numpy.frombuffer(body, dtype=f"<i{bits // 8}").copy()


def written(rate: Any, array: Any) -> bytes:
    """Return a WAV of 16 bits.

    Args:
        rate: samples a second.
        array: (samples,) or (samples, channels). The loudest of floats becomes the loudest there is; integers keep
            their part of their type's range.

    Raises:
        Error: it is no sound.
    """
    numpy: Any = library("numpy", package="numpy", needed="Audio from an array")
    array = numpy.asarray(array)
    if array.ndim not in (1, 2) or (array.ndim == 2 and not 1 <= array.shape[1] <= MOST_CHANNELS):
        raise Error(
            f"An array of shape {array.shape} is no audio; it must be (samples,) or (samples, channels), with up to "
            f"{MOST_CHANNELS} channels. For (channels, samples), return array.T."
        )
    if isinstance(rate, bool) or not hasattr(rate, "__index__") or not 0 < int(rate) < 2**32:
        raise Error(f"Audio has {rate!r} samples a second; it must be an int greater than 0, such as 44100.")
    body: bytes = _sixteen_bits(array, numpy).astype("<i2").tobytes()
    channels = 1 if array.ndim == 1 else array.shape[1]
    told = struct.pack("<HHIIHH", PCM, channels, int(rate), int(rate) * channels * 2 % 2**32, channels * 2, 16)
    head = b"WAVEfmt " + struct.pack("<I", len(told)) + told + b"data" + struct.pack("<I", len(body))
    return b"RIFF" + struct.pack("<I", len(head) + len(body)) + head + body


def _sixteen_bits(array: Any, numpy: Any) -> Any:
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "f" and size <= 8:
        wide = array.astype(numpy.float32) if size == 2 else array
        if not numpy.isfinite(wide).all():
            raise Error("Audio has samples that are no numbers (NaN or infinite); they must be finite.")
        peak = numpy.abs(wide).max() if wide.size else 0
        return (wide / peak * 32767 if peak else wide).astype(numpy.int16)
    known = {
        "i1": lambda: array.astype(numpy.int16) * 256,
        "i2": lambda: array,
        "i4": lambda: (array / 65536).astype(numpy.int16),
        "u1": lambda: (array.astype(numpy.int32) * 257 - 32768).astype(numpy.int16),
        "u2": lambda: (array.astype(numpy.int32) - 32768).astype(numpy.int16),
    }
    if f"{kind}{size}" not in known:
        raise Error(
            f"An array of {array.dtype} is no audio; it must have floats, or integers of 8, 16 or 32 bits. Return "
            f"array.astype('float32'), or 'int16'."
        )
    return known[f"{kind}{size}"]()


def ending_of(content: bytes) -> str:
    """Return the ending of a file's name for sound, by how it begins; "" for what is not known."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return ".wav"
    if content[4:8] == b"ftyp":
        return ".m4a"
    return next((ending for start, ending in STARTS if content.startswith(start)), "")


def in_format(file: Path, format: str) -> bytes:
    """Return the sound in ``file`` as a file of another format.

    Raises:
        CannotConvert: nothing here can make one.
    """
    if format == "wav":
        return written(*read(file))
    return convert(file, format)


def save(content: bytes, name: str) -> dict[str, Any]:
    """Keep ``content`` as a file of the session called ``name``; return the wire's data for it."""
    with tempfile.TemporaryDirectory(prefix="adapter-") as folder:
        place = Path(folder) / name
        place.write_bytes(content)
        return give(place)
