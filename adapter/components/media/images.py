"""Pictures between the wire, files and what functions work on: Pillow's images and NumPy's arrays."""

from __future__ import annotations

import base64
import binascii
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, unquote_to_bytes

from adapter.components.libraries import library
from adapter.components.limits import check_pixels
from adapter.components.wire_files import outgoing
from adapter.errors import Error, InvalidInput
from adapter.files.base import safe_name
from adapter.files.in_call import give, take

Type = Literal["numpy", "pil", "filepath"]
Mode = Literal["1", "L", "P", "RGB", "RGBA", "CMYK", "YCbCr", "LAB", "HSV", "I", "F"]
Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]

TYPES = ("numpy", "pil", "filepath")
NEEDED = "An image that is not only shown as the file it is"
ORIENTATION = 0x0112
"""The EXIF tag that says how a picture is to be turned; 1 is upright.
Source: https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E"""

_PROPERTY_OF_IMAGE: dict[str, tuple[str, str]] = {
    "path": ("string", "Path to a local file"),
    "url": ("string", "Publicly available url or base64 encoded image"),
    "size": ("integer", "Size of image in bytes"),
    "orig_name": ("string", "Original filename"),
    "mime_type": ("string", "mime type of image"),
}
"""The clients know a picture's schema by these texts.
Source: https://github.com/gradio-app/gradio/blob/main/client/python/gradio_client/utils.py"""

IMAGE: dict[str, Any] = {
    "properties": {
        **{
            name: {
                "anyOf": [{"type": kind}, {"type": "null"}],
                "default": None,
                "description": text,
                "title": name.replace("_", " ").title(),
            }
            for name, (kind, text) in _PROPERTY_OF_IMAGE.items()
        },
        "is_stream": {
            "default": False,
            "description": "Can always be set to False",
            "title": "Is Stream",
            "type": "boolean",
        },
        "meta": {
            "additionalProperties": True,
            "default": {"_type": "gradio.FileData"},
            "title": "Meta",
            "type": "object",
        },
    },
    "title": "ImageData",
    "type": "object",
}
"""The JSON schema of a picture."""


@dataclass
class WebcamOptions:
    """How a webcam is used.

    Attributes:
        mirror: whether the visitor sees it as in a mirror.
        constraints: for the browser's ``getUserMedia``.
    """

    mirror: bool = True
    constraints: dict[str, Any] | None = None


def webcam(options: WebcamOptions | Mapping[str, Any] | None) -> WebcamOptions:
    """Return the options that an app gives as they are, as a dict, or not at all."""
    return options if isinstance(options, WebcamOptions) else WebcamOptions(**(options or {}))


@dataclass
class WatermarkOptions:
    """A picture put onto those that are shown.

    Attributes:
        watermark: its path, array or Pillow image.
        position: a corner, 10 pixels from the edges, or the pixels (x, y) of its top left.
    """

    watermark: Any = field(default=None)
    position: tuple[int, int] | Corner = "bottom-right"


def pillow() -> Any:
    """Return Pillow's ``Image`` module."""
    return library("PIL.Image", package="pillow", needed=NEEDED)


def open_picture(content: bytes, *, name: str, besides: int = 0) -> Any:
    """Return the picture in ``content``, of which only the head is read, in memory: frames are read when asked for.

    Args:
        content: a file of any of Pillow's kinds.
        name: how errors call what it came for.
        besides: pixels of other pictures that the call has in memory.

    Raises:
        TooLarge: it has more pixels than fit into memory.
        Exception: it is none, as `is_unreadable` tells.
    """
    with warnings.catch_warnings(action="ignore"):  # of Pillow's own limits, which know nothing of this memory
        picture = pillow().open(BytesIO(content))
    check_pixels(picture, name=name, besides=besides)
    return picture


def picture_in(file: Path, *, name: str, besides: int = 0) -> Any:
    """Return the picture in ``file``, read as a whole; see `open_picture`."""
    picture = open_picture(file.read_bytes(), name=name, besides=besides)
    picture.load()
    return picture


def in_address(address: str) -> bytes:
    """Return the bytes in a ``data:`` address.

    Raises:
        InvalidInput: it is none.
    """
    head, comma, body = address.partition(",")
    try:
        if comma and head.endswith(";base64"):
            return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise InvalidInput(f"{head} is followed by what is no base64: {error}.") from error
    return unquote_to_bytes(body)


def upright(picture: Any) -> Any:
    """Return ``picture`` turned as its camera was held."""
    if picture.getexif().get(ORIENTATION, 1) == 1:
        return picture
    return library("PIL.ImageOps", package="pillow", needed=NEEDED).exif_transpose(picture)


def to_type(picture: Any, type: Type) -> Any:
    """Return ``picture`` as ``type`` says: a NumPy array, or itself."""
    if type != "numpy":
        return picture
    return library("numpy", package="numpy", needed="An image as an array").array(picture)


@contextmanager
def _temporary(name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="adapter-") as folder:
        yield Path(folder) / name


def save(picture: Any, *, name: str = "image", format: str = "webp") -> dict[str, Any]:
    """Keep ``picture`` (an array or Pillow's) as a file of the session; return the wire's data for it.

    Args:
        picture: what a function made.
        name: the file's name, without its ending.
        format: as Pillow calls it; PNG is taken where it does not know it.
    """
    picture = from_array(picture) if is_array(picture) else picture
    try:
        content, ending = encode(picture, format), format
    except (KeyError, ValueError):  # not a format of Pillow's
        content, ending = encode(picture, "png"), "png"
    except OSError as error:
        raise Error(
            f"A picture of mode {picture.mode} cannot be saved as {format}: {error}. Choose another format=, or "
            f"convert('RGB') it."
        ) from error
    with _temporary(f"{name}.{ending}") as place:
        place.write_bytes(content)
        return give(place)


def save_here(picture: Any, *, name: str, format: str) -> str:
    """Keep ``picture`` as `save` does; return where the file is on this machine."""
    return str(take(save(picture, name=name, format=format)))


def encode(picture: Any, format: str) -> bytes:
    """Return ``picture`` as a file of ``format`` has it, with its frames and what cameras noted."""
    output = BytesIO()
    if format.lower() == "gif":
        sequence = library("PIL.ImageSequence", package="pillow", needed=NEEDED)
        first, *others = [frame.copy() for frame in sequence.Iterator(picture)]
        first.save(output, format=format, save_all=True, append_images=others, loop=0)
    elif format.lower() == "png":
        notes = library("PIL.PngImagePlugin", package="pillow", needed=NEEDED).PngInfo()
        for name, text in picture.info.items():
            if isinstance(name, str) and isinstance(text, str):
                notes.add_text(name, text)
        picture.save(output, format=format, pnginfo=notes)
    else:
        exif = picture.info.get("exif")
        picture.save(output, format, **({"exif": exif} if exif else {}))
    return output.getvalue()


def place_of_address(address: str, name: str) -> Path:
    """Keep what is in a ``data:`` address as a file called ``name``; return where it is on this machine."""
    with _temporary(safe_name(name)) as place:
        place.write_bytes(in_address(address))
        return take(give(place))


def is_array(value: Any) -> bool:
    """Return whether ``value`` is an array of NumPy's."""
    return hasattr(value, "__array_interface__") and hasattr(value, "dtype") and hasattr(value, "shape")


def is_picture(value: Any) -> bool:
    """Return whether ``value`` is an image of Pillow's."""
    return hasattr(value, "getexif") and hasattr(value, "mode")


def is_unreadable(error: Exception) -> bool:
    """Return whether Pillow raised ``error`` for a file that is no picture, is broken or has too many pixels."""
    return isinstance(error, OSError | SyntaxError | ValueError) or type(error).__name__ == "DecompressionBombError"


def from_array(array: Any) -> Any:
    """Return the picture of an array: floats from 0 to 1, truth values, or integers, whose largest fit into 8 bits.

    Raises:
        Error: its floats are outside -1 to 1, or its shape is no picture's.
    """
    numpy: Any = library("numpy", package="numpy", needed="An image as an array")
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind == "b":
        array = array.astype(numpy.uint8) * 255
    elif kind == "f":
        if array.size and (array.min() < -1.0 or array.max() > 1.0):
            raise Error(
                f"A picture's floats are from {array.min():g} to {array.max():g}; they must be from 0 to 1. Divide by "
                f"255, or return .astype('uint8')."
            )
        array = numpy.clip(numpy.rint(array.astype(numpy.float64) * 255), 0, 255).astype(numpy.uint8)
    elif kind in "iu" and array.dtype != numpy.uint8:
        bits = 8 * size - (kind == "i")
        if bits < 8:
            array = array.astype(numpy.int32) * 129 // 64  # 7 bits to 8, 127 to 255
        elif array.size and array.max() > 255:
            array = array // 2 ** (bits - 8)
        array = numpy.clip(array, 0, 255).astype(numpy.uint8)
    try:
        return pillow().fromarray(array)
    except (TypeError, ValueError) as error:
        raise Error(
            f"An array of shape {array.shape} and type {array.dtype} is no picture; it must be (height, width), or "
            f"(height, width, 3 or 4)."
        ) from error


def open_any(value: Any) -> Any:
    """Return the picture that is an array, an image of Pillow's, or in a file."""
    if is_array(value):
        return from_array(value)
    return value if is_picture(value) else pillow().open(value)


def with_watermark(value: Any, options: WatermarkOptions) -> Any:
    """Return the picture ``value`` with the watermark on it; one that does not fit stands at the bottom right."""
    picture, mark = open_any(value), open_any(options.watermark).convert("RGBA")
    right, bottom = picture.width - mark.width, picture.height - mark.height
    corners = {"top-left": (10, 10), "top-right": (right - 10, 10), "bottom-left": (10, bottom - 10)}
    position = options.position
    x, y = corners.get(position, (right - 10, bottom - 10)) if isinstance(position, str) else position
    if not (0 <= x <= right and 0 <= y <= bottom):
        x, y = right - 10, bottom - 10
    whole = picture.convert("RGBA")
    whole.paste(mark, (x, y), mask=mark)
    return whole.convert(picture.mode)


def drawing(place: str) -> dict[str, Any]:
    """Return the wire's data for an SVG file: the drawing itself, in the address."""
    data = outgoing(place)
    content = take(data).read_text(encoding="utf-8")
    return {**data, "path": None, "url": f"data:image/svg+xml,{quote(content)}", "orig_name": Path(place).name}
