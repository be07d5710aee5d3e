"""Sound and video: to record, to give, to play, in pieces, with subtitles."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import adapter as gr

FILM = Path(__file__).with_name("films") / "one.webm"
LINES = [{"text": "first line", "timestamp": [0, 0.2]}, {"text": "second line", "timestamp": [0.2, 9]}]
EVENTS = ("start_recording", "pause_recording", "stop_recording", "upload", "clear", "play", "pause", "stop", "change")


def tone(seconds: float = 0.5, hertz: float = 440, channels: int = 1) -> tuple[int, Any]:
    """Return a tone."""
    wave = np.sin(2 * np.pi * hertz * np.arange(int(44100 * seconds)) / 44100).astype(np.float32)
    return 44100, wave if channels == 1 else np.stack([wave] * channels, axis=1)


def measure(audio: tuple[int, Any] | None) -> str:
    """Return what there is to hear."""
    if audio is None:
        return "nothing"
    rate, samples = audio
    return (
        f"{rate >= 8000} {samples.dtype} {samples.ndim} {len(samples) / rate > 0.2} {bool(np.abs(samples).max() > 100)}"
    )


def said(message: dict[str, Any]) -> str:
    """Return the text, and the names and kinds of its files."""
    return " ".join(
        [message["text"], *(f"{Path(one).name} {Path(one).read_bytes()[:4]!r}" for one in message["files"])]
    )


def where(audio: gr.Audio) -> str:
    """Return whether the visitor has heard some of it."""
    return str(audio.playback_position > 0)


def pieces() -> Iterator[tuple[int, Any]]:
    """Yield a sound in parts."""
    for hertz in (300, 400, 500):
        yield tone(0.3, hertz)
        time.sleep(0.05)


with gr.Blocks(title="Media") as demo:
    told = gr.Textbox(label="Told", interactive=False)
    recorded = gr.Audio(label="Recorded")
    gr.Button("Measure").click(measure, recorded, told, api_name="measure")
    filmed = gr.Video(label="Filmed", include_audio=False)
    gr.Button("Name").click(lambda path: Path(path).name, filmed, told, api_name="name")
    message = gr.MultimodalTextbox(label="Message", sources=["microphone"], interactive=True)
    message.submit(said, message, told, api_name="said")
    with gr.Row():
        for event in EVENTS:
            heard = gr.Number(0, label=event)
            getattr(recorded, event)(lambda count: count + 1, heard, heard, api_name=False)
    played = gr.Audio(tone(), label="Played", subtitles=LINES, interactive=False)
    gr.Button("Where").click(where, played, told, api_name="where")
    shown = gr.Video(FILM, label="Shown", subtitles=LINES, interactive=False, loop=True)
    broken = gr.Audio(__file__, label="Broken", interactive=False)
    stream = gr.Audio(label="Stream", streaming=True, autoplay=True, interactive=False)
    gr.Button("Go on").click(pieces, None, stream, api_name="pieces")
    long = gr.Audio(label="Long", interactive=False)
    gr.Button("Long one").click(lambda: tone(40, channels=2), None, long, api_name="long")
    gr.Button("Fail").click(lambda: 1 / 0, None, long, api_name="fail")

handler = gr.handler(demo)
