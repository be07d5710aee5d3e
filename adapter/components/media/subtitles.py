"""Subtitles: what an app gives, and what pages show."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from adapter.compat.warnings import warn
from adapter.components.media.audio_file import save
from adapter.components.wire_files import outgoing

Subtitles = str | Path | Sequence[dict[str, Any]] | None

_COMMA = re.compile(r"(?<=\d\d),(?=\d{3})")


def cues(given: Any) -> list[dict[str, Any]]:
    """Return subtitles as pages know them: a text each, from a start to an end, in seconds.

    Args:
        given: a list of dicts, each with a ``text`` and a ``timestamp`` [start, end] in seconds.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(given, list | tuple):
        raise ValueError(f"subtitles are {type(given).__name__} {str(given)[:80]!r}; a list of dicts is wanted.")
    return [_cue(one, place) for place, one in enumerate(given)]


def _cue(one: Any, place: int) -> dict[str, Any]:
    span = one.get("timestamp") if isinstance(one, dict) else None
    if not isinstance(span, list | tuple) or len(span) != 2 or "text" not in one:
        raise ValueError(
            f"subtitle {place} is {str(one)[:80]!r}; a dict is wanted of a 'text' and a 'timestamp' [start, end] in "
            f"seconds."
        )
    return {"start": span[0], "end": span[1], "text": one["text"]}


def of_sound(given: Subtitles) -> Any:
    """Return what a page shows along with sound: a list as `cues` does, or the wire's data for a file (WebVTT).

    Raises:
        ValueError: it is neither a list nor a file of an ending that is known.
    """
    if given is None or not isinstance(given, str | Path):
        return None if given is None else cues(given)
    place = Path(given)
    if place.suffix.lower() in (".json", ".srt") and not place.is_file():
        warn(f"The subtitles {str(given)!r} are not there; correct the path.")
        return None
    if place.suffix.lower() == ".json":
        return cues(_parsed(place))
    if place.suffix.lower() == ".srt":
        return save(srt_as_vtt(place.read_text(encoding="utf-8-sig")).encode(), f"{place.stem}.vtt")
    if place.suffix.lower() != ".vtt":
        raise ValueError(f"subtitles is {str(given)!r}; it must be a file that ends in .srt, .vtt or .json.")
    return outgoing(str(given))


def of_video(given: Subtitles) -> dict[str, Any] | None:
    """Return what a page shows along with a video: the wire's data for a file (WebVTT).

    Raises:
        ValueError: as `of_sound` does.
    """
    found = of_sound(given)
    return save(as_vtt(found).encode(), "subtitles.vtt") if isinstance(found, list) else found


def as_vtt(found: Sequence[dict[str, Any]]) -> str:
    """Return `cues` as WebVTT."""
    spans = (f"{_time(one['start'])} --> {_time(one['end'])}\n{one['text']}\n" for one in found)
    return "\n".join(("WEBVTT\n", *spans))


def srt_as_vtt(text: str) -> str:
    """Return SubRip's subtitles as WebVTT: the same blocks, with a dot before the milliseconds.

    Source: https://www.w3.org/TR/webvtt1/
    """
    lines = text.replace("\r\n", "\n").strip().split("\n")
    return "WEBVTT\n\n" + "\n".join(_COMMA.sub(".", line) if "-->" in line else line for line in lines) + "\n"


def _time(seconds: float) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, left = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{left:02}.{milliseconds:03}"


def _parsed(place: Path) -> Any:
    try:
        return json.loads(place.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"the subtitles in {str(place)!r} are no JSON: {error}.") from error
