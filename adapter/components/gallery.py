"""Images and videos in a grid."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Literal, Unpack
from urllib.parse import unquote, urlsplit

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.media.images import (
    IMAGE,
    TYPES,
    Type,
    drawing,
    is_array,
    is_picture,
    is_unreadable,
    picture_in,
    place_of_address,
    save,
    to_type,
)
from adapter.components.options import EditableOptions
from adapter.components.wire_files import (
    EXAMPLES,
    FILE,
    META,
    check_type,
    check_types_argument,
    example,
    incoming,
    mime_type,
    outgoing,
)
from adapter.errors import Error, FunctionFailed, InvalidInput, NotFound, TooLarge
from adapter.files.file_data import FileData
from adapter.files.in_call import file_data
from adapter.files.published import REMOTE

logger = logging.getLogger("adapter.components")

PATIENCE_SECONDS = 1.0
"""A host that takes longer to give nothing is not asked for the gallery's next picture."""

_CAPTION = {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None, "title": "Caption"}


def _item(name: str, part: str, kind: str) -> dict[str, Any]:
    properties = {part: {"$ref": f"#/$defs/{kind}"}, "caption": _CAPTION}
    return {"properties": properties, "required": [part], "title": name, "type": "object"}


SCHEMA: dict[str, Any] = {
    "$defs": {
        "FileData": FILE,
        "FileDataMeta": META,
        "GalleryImage": _item("GalleryImage", "image", "ImageData"),
        "GalleryVideo": _item("GalleryVideo", "video", "FileData"),
        "ImageData": IMAGE,
    },
    "items": {"anyOf": [{"$ref": "#/$defs/GalleryImage"}, {"$ref": "#/$defs/GalleryVideo"}]},
    "title": "GalleryData",
    "type": "array",
    "additional_description": None,
}
"""The JSON schema of a gallery on the wire."""


class Gallery(Component):
    """Images and videos in a grid; the function gets a list of pairs of image and caption (``None`` for none).

    It returns a list of images (arrays, images of Pillow's, paths, addresses), or of such pairs.
    Videos are always paths; the page lets them be downloaded.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        format: of the files made from arrays and images, as Pillow calls it.
        file_types: extensions (".png") or "image", "video"; ``None`` for any image and video.
        columns: pictures in a row.
        rows: rows shown at once.
        height: pixels, or a CSS length; more scrolls.
        allow_preview: whether a chosen picture is shown large.
        preview: whether one is shown large at first.
        selected_index: which one is chosen at first.
        object_fit: how a picture fills its place, as CSS names it.
        buttons: "share", "download", "download_all", "fullscreen", or Button instances; ``None`` for all.
        type: "numpy", "pil" or "filepath": what the function gets for each picture.
        fit_columns: whether fewer pictures than columns fill the row.
        sources: "upload", "webcam", "clipboard"; ``None`` for "upload".
        options: see `EditableOptions`.

    Raises:
        ValueError: an argument has none of its values.
    """

    TYPE: ClassVar[str] = "gallery"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("format", "file_types", "columns", "rows", "height", "allow_preview", "preview", "selected_index"),
        *("object_fit", "buttons", "type", "fit_columns", "sources"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("type", "file_types")
    select = Event()
    upload = Event()
    change = Event()
    delete = Event()
    preview_close = Event()
    preview_open = Event()

    def __init__(
        self,
        value: Sequence[Any] | Callable[..., Any] | None = None,
        *,
        format: str = "webp",
        file_types: list[str] | None = None,
        columns: int | None = 2,
        rows: int | None = None,
        height: int | float | str | None = None,
        allow_preview: bool = True,
        preview: bool | None = None,
        selected_index: int | None = None,
        object_fit: Literal["contain", "cover", "fill", "none", "scale-down"] | None = None,
        buttons: list[Any] | None = None,
        type: Type = "filepath",
        fit_columns: bool = True,
        sources: list[Literal["upload", "webcam", "clipboard"]] | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        if type not in TYPES:
            raise ValueError(f"type is {type!r}; it must be 'numpy', 'pil' or 'filepath'.")
        check_types_argument(file_types)
        self.format = format
        self.file_types = file_types
        self.columns = columns
        self.rows = rows
        self.height = height
        self.allow_preview = allow_preview
        self.preview = preview
        self.selected_index = selected_index
        self.object_fit = object_fit
        self.buttons = toolbar(buttons, ["share", "download", "download_all", "fullscreen"])
        self.type = type
        self.fit_columns = fit_columns
        self.sources = sources or ["upload"]
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> list[tuple[Any, str | None]] | None:
        """Return the pairs of image (or video) and caption; ``None`` for an empty gallery."""
        if data is None or data == []:
            return None
        if not isinstance(data, list):
            raise self.invalid(data, "a list of objects with an image or a video")
        read: list[tuple[Any, str | None]] = []
        pixels = 0
        for item in data:
            read.append(self._read(item, besides=pixels))
            pixels += _pixels(read[-1][0])
        return read

    def _read(self, item: Any, *, besides: int) -> tuple[Any, str | None]:
        caption = item.get("caption") if isinstance(item, dict) else None
        part = "video" if isinstance(item, dict) and "video" in item else "image"
        if not isinstance(item, dict) or part not in item or not isinstance(caption, str | None):
            raise self.invalid(item, "an object with an image or a video, and perhaps a caption,")
        file = self._place(item[part])
        check_type(self, file, self.file_types)
        if part == "video" or self.type == "filepath":
            return str(file), caption
        try:
            return to_type(picture_in(file, name=self.name(), besides=besides), self.type), caption
        except Exception as error:
            if not is_unreadable(error):
                raise
            raise self.invalid(item, f"a picture that can be read ({error})") from error

    def _place(self, data: Any) -> Path:
        url = data.get("url") if isinstance(data, dict) and not data.get("path") else None
        if isinstance(url, str) and url.startswith("data:"):  # a drawing is shown so
            return place_of_address(url, str(data.get("orig_name") or "image"))
        return incoming(self, data)

    def postprocess(self, value: Any) -> list[dict[str, Any]]:
        """Return the wire's data for images and videos, with or without captions.

        Raises:
            Error: it is no list of them.
        """
        if value is None:
            return []
        if isinstance(value, str | dict) or not hasattr(value, "__iter__"):
            raise Error(
                f"{self.name()} shows a list of images, or of pairs of image and caption; got "
                f"{type(value).__name__} {str(value)[:80]!r}."
            )
        unreachable: set[str] = set()
        return [self._shown(item, unreachable) for item in value]

    def _shown(self, item: Any, unreachable: set[str]) -> dict[str, Any]:
        caption = None
        if isinstance(item, tuple | list):
            if len(item) != 2:
                raise Error(f"{self.name()} shows pairs of image and caption; got {len(item)} items.")
            item, caption = item
        if is_array(item) or is_picture(item):
            return {"image": {**save(item, format=self.format), "orig_name": None}, "caption": caption}
        if not isinstance(item, str | Path | FileData):
            raise Error(
                f"{self.name()} shows arrays, images of Pillow's, paths and addresses; got {type(item).__name__} "
                f"{str(item)[:80]!r}."
            )
        name = item.path if isinstance(item, FileData) else str(item)
        kind = mime_type(name)
        if name.lower().endswith(".svg"):
            return {"image": {**drawing(name), "mime_type": kind}, "caption": caption}
        file = _at_address(name, unreachable) if name.startswith(REMOTE) else outgoing(item)
        file["mime_type"] = kind
        return {"video" if "video" in (kind or "") else "image": file, "caption": caption}

    def api_info(self) -> dict[str, Any]:
        return SCHEMA

    def example_payload(self) -> Any:
        return [{"image": example(f"{EXAMPLES}bus.png")}]


def _pixels(picture: Any) -> int:
    """Return how many pixels of what a function is given are in memory: of a path none."""
    if isinstance(picture, str):
        return 0
    height, width = picture.shape[:2] if is_array(picture) else picture.size
    return int(height * width)


def _at_address(url: str, unreachable: set[str]) -> dict[str, Any]:
    """Return the wire's data for a picture of another site: its address, and for the page a copy where one can be had.

    Args:
        url: its address, which callers are told.
        unreachable: hosts that took long to give nothing, which are not asked again; this one is added if it does.
    """
    parts = urlsplit(url)
    found = file_data(url, url=url, name=unquote(PurePosixPath(parts.path).name))
    if parts.netloc in unreachable:
        return found
    began = time.monotonic()
    try:
        return {**found, "path": outgoing(url)["path"]}
    except (FunctionFailed, InvalidInput, NotFound, TooLarge) as error:
        why = type(error).__name__  # its text has the address, which may be signed
        logger.info("a gallery has no copy for the page of what is at %s (%s)", parts.hostname, why)
        if time.monotonic() - began > PATIENCE_SECONDS:
            unreachable.add(parts.netloc)
        return found
