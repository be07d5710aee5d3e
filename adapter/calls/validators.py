"""Validators that come ready made: how long sound and video may be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from adapter.calls.validation import validate
from adapter.components.media.video_file import length


def is_audio_correct_length(
    audio: tuple[int, Any] | None, min_length: float | None, max_length: float | None
) -> dict[str, Any]:
    """Return what a validator says of sound: whether it lasts as long as it may.

    Args:
        audio: samples a second, and the array, as an `Audio` gives them.
        min_length: seconds; ``None`` for any.
        max_length: seconds; ``None`` for any.
    """
    if audio is None or (min_length is None and max_length is None):
        return _judged("Audio", None, min_length, max_length)
    rate, samples = audio
    return _judged("Audio", len(samples) / rate, min_length, max_length)


def is_video_correct_length(
    video: str | Path | None, min_length: float | None, max_length: float | None
) -> dict[str, Any]:
    """Return what a validator says of a video: whether it lasts as long as it may.

    Args:
        video: its path, as a `Video` gives it; MP4 or WebM.
        min_length: seconds; ``None`` for any.
        max_length: seconds; ``None`` for any.
    """
    if video is None or (min_length is None and max_length is None):
        return _judged("Video", None, min_length, max_length)
    seconds = length(Path(video))
    if seconds is None:
        return validate(False, f"How long the video {Path(video).name!r} is cannot be told; give an MP4 or a WebM.")
    return _judged("Video", seconds, min_length, max_length)


def _judged(kind: str, seconds: float | None, least: float | None, most: float | None) -> dict[str, Any]:
    if seconds is not None and least is not None and seconds < least:
        return validate(False, f"{kind} is too short. It must be at least {least} seconds")
    if seconds is not None and most is not None and seconds > most:
        return validate(False, f"{kind} is too long. It must be at most {most} seconds")
    return validate(True, "")
