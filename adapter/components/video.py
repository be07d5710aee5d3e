"""A video, to record, to upload or to watch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.media.audio_file import save
from adapter.components.media.converter import CannotConvert, convert
from adapter.components.media.images import WatermarkOptions, WebcamOptions, webcam
from adapter.components.media.recording import chosen
from adapter.components.media.subtitles import Subtitles, of_video
from adapter.components.media.video_file import has_sound
from adapter.components.options import EditableOptions
from adapter.components.wire_files import ONE_FILE, example, incoming, outgoing
from adapter.errors import Error, InvalidInput, NotAvailable
from adapter.files.file_data import FileData
from adapter.files.in_call import take

Source = Literal["upload", "webcam"]
SOURCES: tuple[Source, ...] = ("upload", "webcam")

EXAMPLE = "https://github.com/gradio-app/gradio/raw/main/gradio/media_assets/videos/world.mp4"
"""Gradio's example of a video. Source: https://www.gradio.app/docs/gradio/video"""


class Video(Component):
    """A video; the function gets a path, and returns a path or an address.

    What browsers play is MP4 with H.264, WebM and Ogg; a file of another kind can be saved only. Another ``format``
    is made where the app brings the program ffmpeg.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        format: of the function's files and of those that are shown, by their ending ("mp4"); ``None`` leaves them as
            they are.
        sources: "upload", "webcam", or a list of them; ``None`` for both.
        height: pixels, or a CSS length.
        width: pixels, or a CSS length.
        webcam_options: how the webcam is used.
        include_audio: whether recordings have sound, and uploads keep theirs; ``None`` for yes where one may upload.
        autoplay: whether it plays at once, which browsers allow once the visitor has done something on the page.
        buttons: "download", "share", or Button instances; ``None`` for the first.
        loop: whether it begins again at its end.
        streaming: whether values that a generator yields are shown one after the other.
        watermark: only ``None``.
        subtitles: a file (.vtt, .srt or .json), or a list of dicts of a "text" and a "timestamp" [start, end].
        playback_position: in seconds; follows what the visitor sees.
        options: see `EditableOptions`.

    Raises:
        ValueError: an argument has none of its values.
        NotAvailable: it is to have a watermark.
    """

    TYPE: ClassVar[str] = "video"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("format", "sources", "height", "width", "webcam_options", "include_audio", "autoplay", "buttons", "loop"),
        *("streaming", "watermark", "subtitles", "playback_position"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("format", "include_audio")
    change = Event()
    clear = Event()
    start_recording = Event()
    stop_recording = Event()
    stop = Event()
    play = Event()
    pause = Event()
    end = Event()
    upload = Event()
    input = Event()

    def __init__(
        self,
        value: str | Path | Callable[..., Any] | None = None,
        *,
        format: str | None = None,
        sources: Sequence[Source] | Source | None = None,
        height: int | str | None = None,
        width: int | str | None = None,
        webcam_options: WebcamOptions | dict[str, Any] | None = None,
        include_audio: bool | None = None,
        autoplay: bool = False,
        buttons: list[Any] | None = None,
        loop: bool = False,
        streaming: bool = False,
        watermark: Any = None,
        subtitles: Subtitles = None,
        playback_position: float = 0,
        **options: Unpack[EditableOptions],
    ) -> None:
        self.sources = chosen(sources, SOURCES)
        mark = watermark if isinstance(watermark, WatermarkOptions) else WatermarkOptions(watermark)
        if mark.watermark is not None:
            raise NotAvailable(
                "Video(watermark=...) is not available: a picture is put onto every frame only by writing the video "
                "anew. Put it there in the function, with a library of yours."
            )
        self.format = format
        self.height = height
        self.width = width
        self.webcam_options = webcam(webcam_options)
        self.include_audio = "upload" in self.sources if include_audio is None else include_audio
        self.autoplay = autoplay
        self.buttons = toolbar(buttons, ["download"])
        self.loop = loop
        self.streaming = streaming
        self.watermark = mark
        self.subtitles = of_video(subtitles)
        self.playback_position = playback_position
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        """Return the path."""
        if data is None:
            return None
        file = incoming(self, data)
        if self._fits(file.name) and (self.include_audio or has_sound(file) is False):
            return str(file)
        ending = self.format or file.suffix.lstrip(".")
        try:
            content = convert(file, ending, *(("-an",) if not self.include_audio else ()))
        except CannotConvert as error:
            wanted = f"format={self.format!r}" if not self._fits(file.name) else "include_audio=False"
            raise InvalidInput(
                f"The input of {self.name()} is {file.name!r}, and the app wants {wanted}: {error}, or leave out that "
                f"argument."
            ) from error
        return str(take(save(content, f"{file.stem}.{ending}")))

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the wire's data for a path or an address.

        Raises:
            Error: it is neither, or of another ``format``.
        """
        if value is None or value in ([None, None], (None, None)):
            return None
        if not isinstance(value, str | Path | FileData):
            raise Error(
                f"{self.name()} shows a video by its path or address; got {type(value).__name__} {str(value)[:80]!r}. "
                f"Give subtitles by subtitles=."
            )
        shown = outgoing(value)
        if self._fits(str(shown["orig_name"])):
            return shown
        try:
            content = convert(take(shown), str(self.format))
        except CannotConvert as error:
            raise Error(f"{self.name()} has format={self.format!r}: {error}, or leave out format=.") from error
        return save(content, f"{Path(str(shown['orig_name'])).stem}.{self.format}")

    def _fits(self, name: str) -> bool:
        return self.format is None or Path(name).suffix.lower() == f".{self.format.lower()}"

    def api_info(self) -> dict[str, Any]:
        return ONE_FILE

    def example_payload(self) -> Any:
        return example(EXAMPLE)

    def attributes(self) -> dict[str, Any]:
        return super().attributes() | {"watermark": {"watermark": None, "position": self.watermark.position}}


class PlayableVideo(Video):
    """A `Video` that is uploaded, as MP4."""

    def __init__(
        self,
        value: str | Path | Callable[..., Any] | None = None,
        *,
        format: str | None = "mp4",
        sources: Sequence[Source] | Source | None = None,
        **options: Any,
    ) -> None:
        super().__init__(value, format=format, sources=["upload"], **options)
