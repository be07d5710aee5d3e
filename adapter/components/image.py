"""One picture, to upload or to look at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, NoReturn, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.limits import check_pixels
from adapter.components.media.images import (
    IMAGE,
    TYPES,
    Mode,
    Type,
    WatermarkOptions,
    WebcamOptions,
    drawing,
    in_address,
    is_array,
    is_picture,
    is_unreadable,
    open_picture,
    place_of_address,
    save,
    save_here,
    to_type,
    upright,
    webcam,
    with_watermark,
)
from adapter.components.options import EditableOptions
from adapter.components.wire_files import EXAMPLES, example, incoming, outgoing
from adapter.errors import Error, InvalidInput, NotAvailable

Source = Literal["upload", "webcam", "clipboard"]
SOURCES: tuple[Source, ...] = ("upload", "webcam", "clipboard")


class Image(Component):
    """A picture; the function gets a NumPy array, an image of Pillow's or a path, and returns any of these.

    Pictures are turned upright as their camera says, and have ``image_mode``. An address is fetched
    and shown too.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        format: of the files made from arrays and images, as Pillow calls it.
        height: pixels, or a CSS length.
        width: pixels, or a CSS length.
        image_mode: colours, as Pillow calls them ("RGB", "RGBA", "L"); ``None`` leaves them as they are.
        sources: "upload", "webcam", "clipboard", or a list of them; ``None`` for all.
        type: "numpy", "pil" or "filepath": what the function gets.
        buttons: "download", "share", "fullscreen", or Button instances; ``None`` for all three.
        streaming: only ``False``.
        webcam_options: how the webcam is used.
        placeholder: shown while it is empty.
        watermark: put onto pictures that are shown: a path, array, image, or `WatermarkOptions`.
        alt_text: what is said of it to those who do not see it.
        options: see `EditableOptions`.

    Raises:
        ValueError: an argument has none of its values.
        NotAvailable: it is to stream.
    """

    TYPE: ClassVar[str] = "image"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("format", "height", "width", "image_mode", "sources", "type", "buttons", "streaming", "streamable"),
        *("webcam_options", "placeholder", "watermark", "alt_text"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("type", "image_mode")
    streamable: ClassVar[bool] = False
    clear = Event()
    change = Event()
    select = Event()
    upload = Event()
    input = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        format: str = "webp",
        height: int | str | None = None,
        width: int | str | None = None,
        image_mode: Mode | None = "RGB",
        sources: Sequence[Source] | Source | None = None,
        type: Type = "numpy",
        buttons: list[Any] | None = None,
        streaming: bool = False,
        webcam_options: WebcamOptions | dict[str, Any] | None = None,
        placeholder: str | None = None,
        watermark: Any = None,
        alt_text: str | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        if type not in TYPES:
            raise ValueError(f"type is {type!r}; it must be 'numpy', 'pil' or 'filepath'.")
        if streaming:
            self._refuse_streaming()
        self.sources = [sources] if isinstance(sources, str) else list(sources or SOURCES)
        if not set(self.sources) <= set(SOURCES):
            raise ValueError(f"sources is {sources!r}; it can have 'upload', 'webcam' and 'clipboard'.")
        self.format = format
        self.height = height
        self.width = width
        self.image_mode = image_mode
        self.type = type
        self.buttons = toolbar(buttons, ["download", "share", "fullscreen"])
        self.streaming = streaming
        self.webcam_options = webcam(webcam_options)
        self.placeholder = placeholder
        self.watermark = watermark if isinstance(watermark, WatermarkOptions) else WatermarkOptions(watermark)
        self.alt_text = alt_text
        super().__init__(value, **options)

    def _refuse_streaming(self) -> NoReturn:
        raise NotAvailable(
            "Image(streaming=True) and Image.stream() are not available: a webcam's frames would be one call each. "
            "Use sources=['webcam'], with which the visitor takes a picture."
        )

    @property
    def stream(self) -> Callable[..., Any]:
        """Not available; raises NotAvailable."""
        self._refuse_streaming()

    def preprocess(self, data: Any) -> Any:
        """Return the picture as ``type`` says."""
        if data is None:
            return None
        try:
            return self._read(data)
        except Exception as error:
            if not is_unreadable(error):
                raise
            raise self.invalid(data, f"a picture that can be read ({error})") from error

    def _read(self, data: Any) -> Any:
        url = data.get("url") if isinstance(data, dict) else None
        if isinstance(url, str) and url.startswith("data:"):
            if self.type == "filepath" and url.startswith("data:image/svg+xml"):
                return str(place_of_address(url, str(data.get("orig_name") or "image.svg")))
            picture = upright(open_picture(in_address(url), name=self.name()))
            picture.load()
            if self.type == "filepath":
                return save_here(picture, name="image", format=self.format)
            return to_type(picture, self.type)
        file = incoming(self, data)
        name = data.get("orig_name") or "image.webp"
        stem, ending = Path(str(name)).stem, Path(str(name)).suffix.lstrip(".")
        if ending.lower() == "svg":
            if self.type == "filepath":
                return str(file)
            raise InvalidInput(
                f"The input of {self.name()} is the drawing {name!r} (SVG); a picture of pixels is wanted."
            )
        picture = open_picture(file.read_bytes(), name=self.name())
        if self.type == "filepath" and self.image_mode in (None, picture.mode):
            return str(file)
        picture.load()
        picture = upright(picture)
        if ending.lower() != "gif" and self.image_mode is not None:
            picture = picture.convert(self.image_mode)
        if self.type == "filepath":
            if ending.lower() == "gif":  # which is made again with all of its frames
                check_pixels(picture, name=self.name(), frames=getattr(picture, "n_frames", 1))
            return save_here(picture, name=stem, format="jpeg" if ending in ("jpg", "jpeg") else ending)
        return to_type(picture, self.type)

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the wire's data for an array, an image, a path or an address; a drawing (SVG) is in the data itself.

        Raises:
            Error: it is no picture.
        """
        if value is None:
            return None
        if isinstance(value, str) and value.lower().endswith(".svg"):
            return drawing(value)
        if not isinstance(value, str | Path) and not is_array(value) and not is_picture(value):
            raise Error(
                f"{self.name()} shows an array, an image of Pillow's, a path or an address; got "
                f"{type(value).__name__} {str(value)[:80]!r}."
            )
        if self.watermark.watermark is not None:
            value = with_watermark(value, self.watermark)
        return outgoing(value) if isinstance(value, str | Path) else save(value, format=self.format)

    def api_info(self) -> dict[str, Any]:
        return IMAGE

    def example_payload(self) -> Any:
        return example(f"{EXAMPLES}bus.png")

    def attributes(self) -> dict[str, Any]:
        # the picture itself may be no JSON, and its path is nothing for the page
        return super().attributes() | {"watermark": {"watermark": None, "position": self.watermark.position}}
