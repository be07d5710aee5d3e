"""The files that stand for Gradio's samples."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

import adapter as gr
from adapter import media


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


KINDS = [
    pytest.param(gr.get_audio, "cantina.wav", "cantina.wav", "audio", id="audio"),
    pytest.param(gr.get_audio, "sax.mp3", "sax.wav", "audio", id="another sound"),
    pytest.param(gr.get_video, "world.mp4", "world.mp4", "videos", id="video"),
    pytest.param(gr.get_model3d, "Duck.glb", "Duck.obj", "models3d", id="model"),
    pytest.param(gr.get_file, "titanic.csv", "titanic.csv", "data", id="table"),
    pytest.param(gr.get_file, "s1.srt", "s1.srt", "data", id="subtitles"),
    pytest.param(gr.get_file, "notes.unknown", "notes.unknown", "data", id="text"),
    pytest.param(gr.get_image, "tower.jpg", "tower.png", "images", id="picture"),
]


@pytest.mark.parametrize(("get", "asked", "name", "folder"), KINDS)
def test_a_sample_is_the_same_everywhere(get: Callable[[str | None], str], asked: str, name: str, folder: str) -> None:
    """In the folder of its kind, made anew with the same bytes; small; without a name there is one, too."""
    place = Path(get(asked))
    first = place.read_bytes()
    place.unlink()
    assert Path(get(asked)).read_bytes() == first
    assert (place.name, place.parent) == (name, media.MEDIA_ROOT / folder)
    assert place.parent in media.MEDIA_PATHS
    assert 0 < len(first) < 20_000 or folder == "images"
    assert Path(get(None)).is_file()
    assert get("https://x.org/a") == "https://x.org/a"
    assert Path(get("../../etc/passwd.txt")).parent == place.parent


def test_samples_are_what_they_seem() -> None:
    """Sound is a WAV, a video an MP4, a table has rows; components show them."""
    with wave.open(gr.get_audio("a.wav")) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getnframes()) == (1, 16_000, 8_000)
    assert Path(gr.get_audio("a.wav")).read_bytes() != Path(gr.get_audio("b.wav")).read_bytes()
    assert Path(gr.get_video()).read_bytes()[4:8] == b"ftyp"
    assert json.loads(Path(gr.get_file("a.json")).read_text("utf-8"))[0]["name"] == "Ann"
    with gr.Blocks():
        assert gr.Video(gr.get_video("a.mp4"), subtitles=gr.get_file("s2.vtt")).value["orig_name"] == "a.mp4"
        assert gr.Audio(gr.get_audio("a.wav")).value["orig_name"] == "a.wav"


def test_the_folder_of_another_user_is_not_used(tmp_path: Path) -> None:
    """Where it is a link, somebody else decides what the page shows."""
    (tmp_path / "theirs").mkdir()
    Path(gr.get_file()).parent.parent.rename(tmp_path / "moved")
    media.MEDIA_ROOT.symlink_to(tmp_path / "theirs")
    with pytest.raises(PermissionError, match="belongs to another user"):
        gr.get_file()
