"""Subtitles of sound and video."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adapter.components.audio import Audio
from adapter.components.media.subtitles import as_vtt, cues, of_sound, of_video, srt_as_vtt
from adapter.components.video import Video
from adapter.files import LocalFiles
from adapter.files.published import published

GIVEN: list[dict[str, Any]] = [
    {"text": "one", "timestamp": [0, 1.5]},
    {"text": "two\nlines", "timestamp": (3661.0004, 3662)},
]
FOUND = [{"start": 0, "end": 1.5, "text": "one"}, {"start": 3661.0004, "end": 3662, "text": "two\nlines"}]
VTT = "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\none\n\n01:01:01.000 --> 01:01:02.000\ntwo\nlines\n"
SRT = "\ufeff1\r\n00:00:00,000 --> 00:00:01,500\r\n12,345 words\r\n\r\n2\r\n01:01:01,000 --> 01:01:02,000\r\ntwo\r\n"


def text_of(data: Any, files: LocalFiles) -> str:
    """Return what the file has that the page is told of."""
    place = files.local(data["path"])
    assert place is not None
    return place.read_text(encoding="utf-8")


def test_subtitles_are_texts_with_their_times() -> None:
    """From a list, as WebVTT has them."""
    assert cues(GIVEN) == FOUND
    assert as_vtt(FOUND) == VTT


@pytest.mark.parametrize(
    "wrong", ["a", 3, {}, [3], [{}], [{"text": "a"}], [{"timestamp": [0, 1]}], [{"text": "a", "timestamp": 3}]]
)
def test_what_are_no_subtitles_is_told(wrong: Any) -> None:
    """Which one, what came, and what is wanted."""
    with pytest.raises(ValueError, match="wanted"):
        cues(wrong)


def test_subrip_becomes_webvtt() -> None:
    """Its times get a dot; commas of its texts stay."""
    told = srt_as_vtt(SRT.removeprefix("\ufeff"))
    assert told == "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.500\n12,345 words\n\n2\n01:01:01.000 --> 01:01:02.000\ntwo\n"


def test_files_become_what_the_page_shows(files: LocalFiles, tmp_path: Path) -> None:
    """A video's always WebVTT; those of a sound from JSON are a list."""
    for name, content in (("a.srt", SRT), ("a.vtt", VTT), ("a.json", json.dumps(GIVEN))):
        (tmp_path / name).write_text(content, encoding="utf-8")

    assert of_sound(tmp_path / "a.json") == json.loads(json.dumps(FOUND))
    assert text_of(of_video(tmp_path / "a.json"), files) == VTT
    assert text_of(of_sound(tmp_path / "a.vtt"), files) == VTT
    assert text_of(of_video(tmp_path / "a.srt"), files).startswith("WEBVTT\n\n1\n")
    assert (of_sound(None), of_video(None)) == (None, None)
    assert text_of(of_video(GIVEN), files) == VTT


def test_files_of_other_kinds_are_refused(tmp_path: Path) -> None:
    """With those that are known; broken JSON says where."""
    with pytest.raises(ValueError, match=r"must be a file that ends in \.srt, \.vtt or \.json"):
        Video(subtitles="a.txt")
    (tmp_path / "a.json").write_text("{")
    with pytest.raises(ValueError, match="are no JSON: "):
        Audio(subtitles=tmp_path / "a.json")


def test_the_pages_subtitles_are_the_apps_own() -> None:
    """Made when the page is built, they are served by every environment."""
    shown: Any = Video(subtitles=GIVEN).subtitles
    place = published(shown["path"])
    assert isinstance(place, Path)
