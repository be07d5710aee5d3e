"""A picture with regions on it: boxes and masks, each with its label."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.libraries import library
from adapter.components.media.images import NEEDED, from_array, is_array, is_picture, picture_in, pillow, save
from adapter.components.options import DisplayOptions
from adapter.components.wire_files import EXAMPLES, FILE, META, example, incoming, outgoing
from adapter.errors import Error
from adapter.files.in_call import take

BORDER_PX = 3
BORDER, INSIDE = 255, 127
"""How much of a box covers the picture, of 255."""

RED = "#ff0000"
"""Of regions whose label has no colour; pages turn it to another hue for each."""

_REGION = {
    "properties": {"image": {"$ref": "#/$defs/FileData"}, "label": {"title": "Label", "type": "string"}},
    "required": ["image", "label"],
    "title": "Annotation",
    "type": "object",
}


class AnnotatedImage(Component):
    """A picture and its regions; the function returns the picture and a list of pairs of region and label.

    The picture is an array, an image of Pillow's, a path or an address. A region is a box ``(left, top, right,
    bottom)`` in pixels, or a mask: an array as high and wide as the picture, from 0 to 1. The function gets the
    path of the picture, and a list of pairs of a mask's path and its label.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        format: of the files made from arrays and images, as Pillow calls it.
        show_legend: whether the labels stand below.
        height: pixels, or a CSS length.
        width: pixels, or a CSS length.
        color_map: a colour for each label, as ``"#rrggbb"`` or by its CSS name.
        buttons: "fullscreen", or Button instances; ``None`` for the former.
        options: see `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "annotatedimage"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = ("format", "show_legend", "height", "width", "color_map", "buttons")
    change = Event()
    select = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        format: str = "webp",
        show_legend: bool = True,
        height: int | str | None = None,
        width: int | str | None = None,
        color_map: Mapping[str, str] | None = None,
        buttons: list[Any] | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.format = format
        self.show_legend = show_legend
        self.height = height
        self.width = width
        self.color_map = color_map
        self.buttons = toolbar(buttons, ["fullscreen"])
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> tuple[str, list[tuple[str, str]]] | None:
        if data is None:
            return None
        regions = data.get("annotations") if isinstance(data, dict) else None
        if not isinstance(regions, list) or not all(isinstance(one, dict) and "label" in one for one in regions):
            raise self.invalid(data, "an object of image and annotations (objects with image and label)")
        masks = [(str(incoming(self, one.get("image"))), str(one["label"])) for one in regions]
        return str(incoming(self, data.get("image"))), masks

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the picture's file, and for each region a file that is clear where the region is not.

        Raises:
            Error: it is no picture with regions, or a mask has not the picture's size.
        """
        if value is None:
            return None
        if not isinstance(value, tuple | list) or len(value) != 2:
            raise Error(f"{self.name()} shows a pair of a picture and its regions; got {type(value).__name__}.")
        base, regions = value
        if not (isinstance(base, str | Path) or is_array(base) or is_picture(base)):
            raise Error(
                f"{self.name()} shows an array, an image of Pillow's, a path or an address; got {type(base).__name__}."
            )
        shown = outgoing(base) if isinstance(base, str | Path) else save(base, format=self.format)
        size = picture_in(take(shown), name=self.name()).size
        return {
            "image": _unnamed(shown),
            "annotations": [self._region(part, str(label), size) for part, label in regions],
        }

    def _region(self, part: Any, label: str, size: tuple[int, int]) -> dict[str, Any]:
        mask = self._mask(part, label, size) if is_array(part) else _box(part, size)
        colors = library("PIL.ImageColor", package="pillow", needed=NEEDED)
        color = colors.getrgb((self.color_map or {}).get(label, RED))[:3]
        filled = pillow().new("RGBA", size, color)
        filled.putalpha(mask)
        clear = pillow().new("RGBA", size)
        region = pillow().composite(filled, clear, mask.point(bool, "1"))
        return {"image": _unnamed(save(region, format="png")), "label": label}

    def _mask(self, part: Any, label: str, size: tuple[int, int]) -> Any:
        mask = from_array(part)
        if mask.size != size:
            (width, height), (wide, high) = mask.size, size
            raise Error(
                f"{self.name()} has a mask for {label!r} of {width} × {height} pixels, and a picture of {wide} × "
                f"{high}; make it as large as the picture."
            )
        return mask.convert("L")

    def api_info(self) -> dict[str, Any]:
        return {
            "$defs": {"Annotation": _REGION, "FileData": FILE, "FileDataMeta": META},
            "properties": {
                "image": {"$ref": "#/$defs/FileData"},
                "annotations": {"items": {"$ref": "#/$defs/Annotation"}, "title": "Annotations", "type": "array"},
            },
            "required": ["image", "annotations"],
            "title": "AnnotatedImageData",
            "type": "object",
            "additional_description": None,
        }

    def example_payload(self) -> Any:
        return {"image": example(f"{EXAMPLES}bus.png"), "annotations": []}


def _unnamed(data: dict[str, Any]) -> dict[str, Any]:
    """Return a file's data as Gradio has it here: without the name that the file had."""
    return {**data, "orig_name": None}


def _box(region: Any, size: tuple[int, int]) -> Any:
    """Return the mask of a box: its border, and half of its inside."""
    left, top, right, bottom = (int(one) for one in region)
    mask = pillow().new("L", size)
    inside = (left, top, right, bottom), INSIDE
    sides = [(left, left + BORDER_PX), (right - BORDER_PX, right)]
    ends = [(top, top + BORDER_PX), (bottom - BORDER_PX, bottom)]
    parts = [((x, top, to, bottom), BORDER) for x, to in sides] + [((left, y, right, to), BORDER) for y, to in ends]
    for (x, y, to_x, to_y), strength in (inside, *parts):
        if x < to_x and y < to_y:
            mask.paste(strength, (x, y, to_x, to_y))
    return mask
