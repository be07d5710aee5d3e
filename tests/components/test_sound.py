"""Sound between files and arrays, and components that have it."""

from __future__ import annotations

import struct
import wave
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import adapter as gr
from adapter.components.audio import Audio, WaveformOptions
from adapter.components.media import converter
from adapter.components.media.audio_file import ending_of, in_format, read, written
from adapter.components.media.converter import CannotConvert, convert
from adapter.components.video import Video
from adapter.errors import Error, InvalidInput, NotAvailable
from adapter.files import LocalFiles
from tests.components.described_media import MEDIA

FILMS = Path(__file__).parent.parent / "browser" / "apps" / "films"


def wav(body: bytes, *, kind: int = 1, channels: int = 1, bits: int = 16, said: int | None = None) -> bytes:
    """Return a WAV of 8,000 samples a second whose writer put something odd before its samples."""
    told = struct.pack("<HHIIHH", kind, channels, 8000, 8000 * channels * bits // 8, channels * bits // 8, bits)
    head = b"WAVE" + b"odd " + struct.pack("<I", 3) + b"abc\0" + b"fmt " + struct.pack("<I", len(told)) + told
    whole = head + b"data" + struct.pack("<I", len(body) if said is None else said) + body
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def place(folder: Path, content: bytes, name: str = "a.wav") -> Path:
    """Return where a file with ``content`` is."""
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.fixture
def ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands for ffmpeg: it gives its arguments and its input, or fails on what is called broken."""
    program = place(tmp_path, b"", "ffmpeg")
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\nwhile [ "$1" != "-i" ]; do shift; done\n'
        'case "$2" in *broken*) echo "no such stream" >&2; exit 1;; esac\ncat "$2" > "$last"\necho "$*" >> '
        f"{tmp_path}/asked\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "asked"


@pytest.fixture
def no_ffmpeg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without the program, and without the package that has it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)


# -- WAV --------------------------------------------------------------------------------------------


@given(
    arrays.arrays(np.int16, st.one_of(st.tuples(st.integers(0, 9)), st.tuples(st.integers(0, 9), st.integers(2, 4))))
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, array: Any) -> None:
    """Round trip, and Python's own reader sees the same."""
    content = written(44100, array)
    rate, found = read(place(tmp_path_factory.mktemp("sound"), content))

    assert rate == 44100
    assert found.dtype == np.int16
    assert found.tolist() == array.tolist()
    with wave.open(BytesIO(content)) as sound:
        assert sound.getparams()[:4] == (array.shape[1] if array.ndim == 2 else 1, 2, 44100, len(array))


@pytest.mark.parametrize(
    ("content", "samples", "kind"),
    [
        (wav(b"\x00\x80\xff"[:3], bits=8), [-128, 0, 127], "int8"),
        (wav(b"\xff\xff\xff" + b"\x01\x00\x00", bits=24), [-256, 256], "int32"),
        (wav(struct.pack("<3f", 0, 1, -2), kind=3, bits=32), [0, 32767, -32767], "int16"),
        (wav(struct.pack("<2d", 0.5, float("nan")), kind=3, bits=64), [16383, 0], "int16"),
        (wav(struct.pack("<3h", 1, 2, 3) + b"\x04"), [1, 2, 3], "int16"),
        (wav(struct.pack("<5h", 1, 2, 3, 4, 5), channels=2), [[1, 2], [3, 4]], "int16"),
        (wav(struct.pack("<2h", 1, 2), said=0), [1, 2], "int16"),
        (wav(struct.pack("<2h", 1, 2), said=0xFFFFFFFF), [1, 2], "int16"),
        (wav(struct.pack("<2h", 1, 2), said=400), [1, 2], "int16"),
        (wav(b""), [], "int16"),
    ],
)
def test_every_common_wav_is_read(tmp_path: Path, content: bytes, samples: list[Any], kind: str) -> None:
    """Of any width, of floats, cut off, and written as a stream, whose length nobody knew."""
    rate, found = read(place(tmp_path, content))
    assert (rate, found.tolist(), str(found.dtype)) == (8000, samples, kind)
    found.flags.writeable = True  # what a function gets it may change


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"RIFF\0\0\0\0WAVE",
        b"ID3 and more",
        wav(b"", channels=0),
        wav(b"", kind=6, bits=8),
        wav(b"", bits=12),
    ],
)
@pytest.mark.usefixtures("no_ffmpeg")
def test_what_is_no_common_wav_is_told(tmp_path: Path, content: bytes) -> None:
    """With what could read it."""
    with pytest.raises(CannotConvert, match=r"'a.wav' would have to be converted to WAV; put imageio-ffmpeg among"):
        read(place(tmp_path, content))


@pytest.mark.parametrize(
    ("array", "wanted"),
    [
        (np.zeros((2, 3, 4)), r"shape \(2, 3, 4\) is no audio"),
        (np.zeros((2, 44100)), r"For \(channels, samples\), return array.T"),
        (np.zeros((4, 0)), r"shape \(4, 0\)"),
        (np.float32(1), r"shape \(\)"),
        (np.array([1.0, np.nan]), "no numbers"),
        (np.array(["a"]), "astype"),
        (np.zeros(3, np.uint32), "uint32 is no audio"),
    ],
)
def test_arrays_that_are_no_sound(array: Any, wanted: str) -> None:
    """The visitor is told what came, and what it must be."""
    with pytest.raises(Error, match=wanted):
        written(8000, array)


@pytest.mark.parametrize("rate", [0, -1, 44100.5, True, "44100", None, 2**32])
def test_rates_that_are_none(rate: Any) -> None:
    """As an int it counts, also one of NumPy's."""
    with pytest.raises(Error, match="samples a second"):
        written(rate, np.zeros(3))
    assert written(np.int64(8000), np.zeros(3)) == written(8000, np.zeros(3))


def test_sound_is_known_by_its_beginning() -> None:
    """What a function returns as bytes gets the ending that it needs."""
    known = {b"ID3": ".mp3", b"\xff\xfb": ".mp3", b"fLaC": ".flac", b"OggS": ".ogg", b"\x1aE\xdf\xa3": ".webm"}
    assert {start: ending_of(start + b"more") for start in known} == known
    assert (ending_of(written(8000, np.zeros(2))), ending_of(b"\0\0\0\x18ftypM4A "), ending_of(b"")) == (
        ".wav",
        ".m4a",
        "",
    )


# -- other kinds ------------------------------------------------------------------------------------


def test_ffmpeg_is_asked_for_what_is_no_wav(tmp_path: Path, ffmpeg: Path) -> None:
    """It gets the file, and may open no others than files; what it writes is read."""
    (tmp_path / "in").mkdir()
    with pytest.raises(CannotConvert, match="no audio that can be read"):
        read(place(tmp_path / "in", b"no sound", "a.mp3"))
    assert "a.mp3 -c:a pcm_s16le" in ffmpeg.read_text()
    assert in_format(place(tmp_path / "in", b"content", "a.wav"), "mp3") == b"content"
    with pytest.raises(CannotConvert, match=r"ffmpeg could not convert 'broken.mp3' to WAV: no such stream"):
        convert(place(tmp_path, b"x", "broken.mp3"), "wav")


def test_the_package_with_ffmpeg_is_found(no_ffmpeg: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Lambda nothing else brings the program."""
    assert converter.program() is None
    place(tmp_path, b"def get_ffmpeg_exe():\n    return '/opt/ffmpeg'\n", "imageio_ffmpeg.py")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(__import__("sys").modules, "imageio_ffmpeg")
    assert converter.program() == "/opt/ffmpeg"


@pytest.mark.usefixtures("no_ffmpeg")
def test_what_would_need_ffmpeg_says_so(files: LocalFiles) -> None:
    """Coming in it is the input's fault, going out the app's; both say what to do."""
    mp3 = {"path": files.put("a.mp3", b"ID3")}
    webm = {"path": files.put("a.webm", b"x")}
    for component, data in ((Audio(label="Here"), mp3), (Audio(type="filepath", format="wav", label="Here"), mp3)):
        with pytest.raises(InvalidInput, match=r"'Here' is 'a.mp3', and no WAV: .*imageio-ffmpeg.*type='filepath'"):
            component.preprocess(data)
    with pytest.raises(InvalidInput, match=r"'Here' is 'a.webm', and the app wants format='mp4': .*imageio-ffmpeg"):
        Video(format="mp4", label="Here").preprocess(webm)
    with pytest.raises(InvalidInput, match="wants include_audio=False"):
        Video(include_audio=False).preprocess(webm)
    with pytest.raises(Error, match=r"has format='mp3': .*imageio-ffmpeg.*, or leave out format=\."):
        Audio(format="mp3").postprocess((8000, np.zeros(3)))
    with pytest.raises(Error, match="has format='mp4'"):
        Video(format="mp4").postprocess(files.root / webm["path"])
    silent = {"path": files.put("b.webm", (FILMS / "one.webm").read_bytes())}
    assert Path(Video(sources="webcam").preprocess(silent) or "").name == "b.webm"  # the page records without sound


def test_formats_are_made_where_ffmpeg_is(files: LocalFiles, ffmpeg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what comes in and of what goes out; a path that a State keeps is the session's file."""
    monkeypatch.chdir(MEDIA)
    webm = {"path": files.put("a.webm", b"x")}
    path = Path(str(Audio(type="filepath", format="mp3").preprocess({"path": files.put("b.wav", b"y")})))

    assert (path.name, path.read_bytes(), path.is_relative_to(files.root)) == ("b.mp3", b"y", True)
    assert Path(Video(format="mp4").preprocess(webm) or "").name == "a.mp4"
    assert Path(Video(sources=["webcam"]).preprocess(webm) or "").name == "a.webm"
    assert ffmpeg.read_text().splitlines()[-1].split()[2] == "-an"
    for shown in (Audio(format="mp3").postprocess((8000, np.zeros(3))), Audio(format="mp3").postprocess("mono.wav")):
        assert shown is not None
        assert shown["orig_name"] == "audio.mp3"
    film = Video(format="webm").postprocess("clip.mp4")
    assert film is not None
    assert film["orig_name"] == "clip.webm"


# -- components -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [{"type": "bytes"}, {"sources": "webcam"}, {"format": "ogg"}, {"sources": ["upload"], "streaming": True}],
)
def test_arguments_of_sound_are_checked(arguments: dict[str, Any]) -> None:
    """With what they can be."""
    with pytest.raises(ValueError, match=r"it (must|can) (be|have)"):
        Audio(**arguments)


def test_arguments_of_videos_are_checked() -> None:
    """With what they can be."""
    with pytest.raises(ValueError, match="it can have 'upload' and 'webcam'"):
        Video(sources=["microphone"])  # type: ignore[list-item]
    with pytest.raises(NotAvailable, match=r"Video\(watermark=...\) is not available"):
        Video(watermark="a.png")


def test_waveforms_can_be_described_by_a_dict() -> None:
    """As older scripts do."""
    assert Audio(waveform_options={"skip_length": 9}).waveform_options == WaveformOptions(skip_length=9)


def test_pieces_of_a_recording_are_refused() -> None:
    """As a listener, and as the input of a live Interface, which would listen to them."""
    with pytest.raises(NotAvailable, match=r"Audio.stream\(\) is not available.*stop_recording"):
        _ = Audio(streaming=True).stream
    with pytest.raises(NotAvailable, match=r"Audio.stream\(\)"):
        gr.Interface(lambda audio: "", gr.Audio(streaming=True), "text", live=True)
    gr.Interface(lambda text: b"", "text", gr.Audio(streaming=True), live=True)


def test_a_video_with_subtitles_is_refused_with_words(files: LocalFiles) -> None:
    """Gradio of old took a pair; subtitles are an argument now."""
    with pytest.raises(Error, match="Give subtitles by subtitles="):
        Video().postprocess(("clip.mp4", "clip.srt"))


def test_examples_show_what_they_are() -> None:
    """By the file's name."""
    audio = Audio()
    assert [audio.process_example(one) for one in (None, "a/b.wav", (8000, [1]))] == ["", "b.wav", "(audio)"]
