"""Validators that come ready made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import adapter as gr

FILM = str(Path(__file__).parent / "browser" / "apps" / "films" / "one.webm")


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (None, None, ""),
        (2, 2, ""),
        (3, None, "Audio is too short. It must be at least 3 seconds"),
        (None, 1.5, "Audio is too long. It must be at most 1.5 seconds"),
    ],
)
def test_sound_has_a_length(least: float | None, most: float | None, said: str) -> None:
    """In seconds, of one channel or several."""
    for samples in (np.zeros(16_000), np.zeros((16_000, 2))):
        found = gr.validators.is_audio_correct_length((8000, samples), least, most)
        assert (found["is_valid"], found["message"]) == (not said, said)


def test_videos_have_a_length(tmp_path: Path) -> None:
    """By their file; one that does not say it is refused with words."""
    judge: Any = gr.validators.is_video_correct_length
    assert judge(FILM, 0.1, 60) == gr.validate(True, "")
    assert judge(FILM, 60, None)["message"] == "Video is too short. It must be at least 60 seconds"
    assert judge(FILM, None, 0.1)["message"] == "Video is too long. It must be at most 0.1 seconds"
    (tmp_path / "a.avi").write_bytes(b"RIFF")
    assert "'a.avi' is cannot be told" in judge(tmp_path / "a.avi", 1, None)["message"]
    assert judge(tmp_path / "a.avi", None, None)["is_valid"]


def test_no_file_is_of_any_length() -> None:
    """Whether there must be one is another question."""
    assert gr.validators.is_audio_correct_length(None, 1, 2)["is_valid"]
    assert gr.validators.is_video_correct_length(None, 1, 2)["is_valid"]
