"""Pillow's images: mode, size, palette and pixels, exactly; an image opened from a file comes back as a plain one."""

from __future__ import annotations

import importlib
import sys
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.careful import CarefulWalker
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, Refused
from adapter.state.codec.tree import RESOLVERS, Encode, Shared, Walker, pack

# Source: https://pillow.readthedocs.io/en/stable/handbook/concepts.html#modes
_BYTES_PER_PIXEL = {
    "L": 1, "P": 1, "LA": 2, "PA": 2, "La": 2, "RGB": 3, "YCbCr": 3, "LAB": 3, "HSV": 3,
    "RGBA": 4, "RGBX": 4, "RGBa": 4, "CMYK": 4, "I": 4, "F": 4, "I;16": 2, "I;16L": 2, "I;16B": 2, "I;16N": 2,
}  # fmt: skip
_PIXELS_PER_BYTE_OF_MODE_1 = 8


def _resolve(kind: type) -> Encode | None:
    image: Any = sys.modules.get("PIL.Image")
    if image is None or not issubclass(kind, getattr(image, "Image", ())):
        return None
    return _image if kind is image.Image or kind.__module__.startswith("PIL.") else None


RESOLVERS.append(_resolve)


def _image(value: Any, walker: Walker, depth: int) -> Ext:
    if value.mode != "1" and value.mode not in _BYTES_PER_PIXEL:
        raise Refused(f"is an image of mode {value.mode!r}", "Convert it first, for example image.convert('RGB').")
    value.load()
    palette = None
    if value.palette is not None:
        mode = value.palette.mode
        palette = [mode, bytes(value.getpalette(mode) or ())]
    info = walker.own(_storable(value.info, depth), (ATTRIBUTE, "info"), depth)
    return Ext(codes.IMAGE, pack([value.mode, value.size, value.tobytes(), palette, info]))


def _storable(info: dict[Any, Any], depth: int) -> dict[Any, Any]:
    """Return what of ``info`` can be stored: format plugins leave objects of their own in it."""
    kept = {}
    for key, value in info.items():
        try:
            pack(CarefulWalker().tree({key: value}, depth + 1))
        except (Refused, Shared, ValueError, OverflowError, RecursionError):
            continue
        kept[key] = value
    return kept


@decodes(codes.IMAGE)
def _read_image(body: memoryview) -> Any:
    image: Any = importlib.import_module("PIL.Image")
    mode, size, data, palette, info = unpack_list(body, 5)
    width, height = size
    row = -(-width // _PIXELS_PER_BYTE_OF_MODE_1) if mode == "1" else width * _BYTES_PER_PIXEL[mode]
    # Before Pillow makes room for the pixels, which a damaged size could ask gigabytes of.
    if min(width, height) < 0 or row * height != len(expect(data, bytes)):
        raise CannotRead(f"it has {len(data):,} bytes where an image {mode} of {width} × {height} pixels belongs")
    made = image.frombytes(mode, (width, height), data)
    if palette is not None:
        made.putpalette(palette[1], palette[0])
    made.info = expect(info, dict)
    return made
