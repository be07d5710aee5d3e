"""Sound, to record, to upload or to hear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.compat.earlier_arguments import takes_earlier
from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.media import audio_file
from adapter.components.media.converter import CannotConvert
from adapter.components.media.images import is_array
from adapter.components.media.recording import chosen, refuse_stream
from adapter.components.media.subtitles import Subtitles, of_sound
from adapter.components.options import EditableOptions
from adapter.components.wire_files import ONE_FILE, example, incoming, outgoing
from adapter.errors import Error, InvalidInput
from adapter.files.file_data import FileData
from adapter.files.in_call import take

Source = Literal["upload", "microphone"]
SOURCES: tuple[Source, ...] = ("upload", "microphone")
Format = Literal["wav", "mp3"]

EXAMPLE = "https://github.com/gradio-app/gradio/raw/main/test/test_files/audio_sample.wav"
"""Gradio's example of a sound. Source: https://www.gradio.app/docs/gradio/audio"""


@dataclass
class WaveformOptions:
    """How Gradio's page draws sound. The adapter's has the browser's own player, and takes them without an effect.

    Attributes:
        waveform_color: of what is not played yet.
        waveform_progress_color: of what is played.
        trim_region_color: of what is chosen.
        show_recording_waveform: whether it is drawn at all.
        skip_length: of a step, in percent.
        sample_rate: of sound that was edited, in samples a second.
    """

    waveform_color: str | None = None
    waveform_progress_color: str | None = None
    trim_region_color: str | None = None
    show_recording_waveform: bool = True
    skip_length: int | float = 5
    sample_rate: int = 44100


WaveformOptions.__init__ = takes_earlier("WaveformOptions")(WaveformOptions.__init__)  # type: ignore[method-assign]


class Audio(Component):
    """Sound; the function gets a sample rate and a NumPy array, or a path, and returns either, bytes or an address.

    Recordings come as WAV, and so does what a visitor of the page uploads where the function wants an array. Other
    kinds of sound become arrays, or another ``format``, where the app brings the program ffmpeg.

    Args:
        value: what is heard at first, or a function that gives it whenever the page loads.
        sources: "upload", "microphone", or a list of them; ``None`` for both.
        type: "numpy" for (samples a second, array of integers), or "filepath".
        streaming: whether values that a generator yields are heard one after the other; see `stream`.
        format: "wav" or "mp3": of the function's files and of those that are shown; ``None`` leaves them as they are.
        autoplay: whether it plays at once, which browsers allow once the visitor has done something on the page.
        editable: taken; the page has no editor.
        buttons: "download", "share", or Button instances; ``None`` for the first two.
        waveform_options: see `WaveformOptions`.
        loop: whether it begins again at its end.
        recording: whether the page records.
        subtitles: a file (.vtt, .srt or .json), or a list of dicts of a "text" and a "timestamp" [start, end].
        playback_position: in seconds; follows what the visitor hears.
        options: see `EditableOptions`.

    Raises:
        ValueError: an argument has none of its values.
    """

    TYPE: ClassVar[str] = "audio"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("sources", "type", "streaming", "format", "autoplay", "loop", "buttons", "editable", "waveform_options"),
        *("recording", "subtitles", "playback_position", "streamable"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("type", "format")
    streamable: ClassVar[bool] = False
    change = Event()
    clear = Event()
    play = Event()
    pause = Event()
    stop = Event()
    start_recording = Event()
    pause_recording = Event()
    stop_recording = Event()
    upload = Event()
    input = Event()

    def __init__(
        self,
        value: str | Path | tuple[int, Any] | Callable[..., Any] | None = None,
        *,
        sources: Sequence[Source] | Source | None = None,
        type: Literal["numpy", "filepath"] = "numpy",
        streaming: bool = False,
        format: Format | None = None,
        autoplay: bool = False,
        editable: bool = True,
        buttons: list[Any] | None = None,
        waveform_options: WaveformOptions | dict[str, Any] | None = None,
        loop: bool = False,
        recording: bool = False,
        subtitles: Subtitles = None,
        playback_position: float = 0,
        **options: Unpack[EditableOptions],
    ) -> None:
        self.sources = ["microphone"] if sources is None and streaming else chosen(sources, SOURCES)
        if type not in ("numpy", "filepath"):
            raise ValueError(f"type is {type!r}; it must be 'numpy' or 'filepath'.")
        if streaming and "microphone" not in self.sources:
            raise ValueError(f"sources is {sources!r} with streaming=True; it must have 'microphone' then.")
        if format is not None and format.lower() not in ("wav", "mp3"):
            raise ValueError(f"format is {format!r}; it must be 'wav', 'mp3' or None.")
        self.type = type
        self.streaming = streaming
        self.format = format and format.lower()
        self.autoplay = autoplay
        self.editable = editable
        self.buttons = toolbar(buttons, ["download", "share"])
        given = waveform_options or WaveformOptions()
        self.waveform_options = WaveformOptions(**given) if isinstance(given, dict) else given
        self.loop = loop
        self.recording = recording
        self.subtitles = of_sound(subtitles)
        self.playback_position = playback_position
        super().__init__(value, **options)

    @property
    def stream(self) -> Callable[..., Any]:
        """Not available; raises NotAvailable."""
        refuse_stream("Audio", "Use .stop_recording(), which gives the whole of it.")

    def preprocess(self, data: Any) -> tuple[int, Any] | str | None:
        """Return the sample rate and the array, or the path."""
        if data is None:
            return None
        file = incoming(self, data)
        try:
            if self.type == "numpy":
                return audio_file.read(file)
            if self.format is None or file.suffix.lower() == f".{self.format}":
                return str(file)
            return str(take(audio_file.save(audio_file.in_format(file, self.format), f"{file.stem}.{self.format}")))
        except CannotConvert as error:
            raise InvalidInput(
                f"The input of {self.name()} is {file.name!r}, and no WAV: {error}, send a WAV, or let the app take it "
                f"as it is, by type='filepath' without a format."
            ) from error

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the wire's data for (sample rate, array), the bytes of a file, a path or an address.

        Raises:
            Error: it is no audio_file, or of another ``format``.
        """
        if value is None:
            return None
        try:
            if isinstance(value, bytes):
                return audio_file.save(value, f"audio{audio_file.ending_of(value)}")
            if isinstance(value, tuple) and len(value) == 2 and is_array(value[1]):
                return self._of_array(*value)
            if isinstance(value, str | Path | FileData):
                return self._of_file(value)
        except CannotConvert as error:
            raise Error(f"{self.name()} has format={self.format!r}: {error}, or leave out format=.") from error
        raise Error(
            f"{self.name()} shows (samples a second, array), bytes, a path or an address; got {type(value).__name__} "
            f"{str(value)[:80]!r}."
        )

    def _of_array(self, rate: Any, array: Any) -> dict[str, Any]:
        made = audio_file.save(audio_file.written(rate, array), "audio.wav")
        if self.format in (None, "wav"):
            return made
        return audio_file.save(audio_file.in_format(take(made), str(self.format)), f"audio.{self.format}")

    def _of_file(self, value: str | Path | FileData) -> dict[str, Any]:
        shown = outgoing(value)
        name = str(shown["orig_name"])
        if self.format is None or Path(name).suffix.lower() == f".{self.format}":
            return shown
        return audio_file.save(audio_file.in_format(take(shown), self.format), f"audio.{self.format}")

    def api_info(self) -> dict[str, Any]:
        return ONE_FILE

    def example_payload(self) -> Any:
        return example(EXAMPLE)

    def process_example(self, value: Any) -> str:
        """Return the file's name, or that it is a sound."""
        if value is None:
            return ""
        return Path(value).name if isinstance(value, str | Path) else "(audio)"


class Microphone(Audio):
    """An `Audio` that is recorded."""

    def __init__(
        self,
        value: str | Path | tuple[int, Any] | Callable[..., Any] | None = None,
        *,
        sources: Sequence[Source] | Source | None = None,
        format: Format | None = "wav",
        **options: Any,
    ) -> None:
        super().__init__(value, sources=["microphone"], format=format, **options)
