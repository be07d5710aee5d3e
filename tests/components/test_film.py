"""What the file of a video says of itself."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from adapter.components.media.video_file import has_sound, length

FILMS = Path(__file__).parent.parent / "browser" / "apps" / "films"


def box(name: bytes, *parts: bytes) -> bytes:
    """Return one box of an MP4."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def element(name: int, *parts: bytes, known: bool = True) -> bytes:
    """Return one element of a WebM, with its length in eight bytes, or none."""
    body = b"".join(parts)
    size = b"\x01" + (len(body).to_bytes(7) if known else b"\xff" * 7)
    return name.to_bytes((name.bit_length() + 7) // 8) + size + body


def track(kind: bytes) -> bytes:
    """Return a track of an MP4."""
    return box(b"trak", box(b"tkhd"), box(b"mdia", box(b"hdlr", b"\0" * 8, kind, b"\0" * 12)))


def webm_track(kind: int) -> bytes:
    """Return a track of a WebM."""
    return element(0xAE, element(0xD7, b"\1"), element(0x83, bytes([kind])))


OLD = box(b"mvhd", b"\0" * 12, struct.pack(">II", 600, 1500), b"\0" * 80)
NEW = box(b"mvhd", b"\1" + b"\0" * 19, struct.pack(">IQ", 1000, 2500), b"\0" * 80)
HEAD = element(0x1A45DFA3, b"webm")
TOLD = element(0x1549A966, element(0x2AD7B1, (1_000_000).to_bytes(3)), element(0x4489, struct.pack(">d", 2500)))
BLOCKS = element(0xE7, (2000).to_bytes(2)), element(0xA3, b"\x81", struct.pack(">h", 500), b"\0picture")
GROUPED = element(0xE7, b"\0"), element(0xA0, element(0xA1, b"\x81", struct.pack(">h", 2500), b"\0"))


@pytest.mark.parametrize(
    "content",
    [
        box(b"ftyp", b"isom") + box(b"moov", OLD),
        box(b"moov", box(b"free"), NEW),
        struct.pack(">I4sQ", 1, b"mdat", 20) + b"1234" + box(b"moov", OLD),
        HEAD + element(0x18538067, TOLD),
        HEAD + element(0x18538067, element(0x1F43B675, *GROUPED), TOLD),
        HEAD + element(0x18538067, element(0x1F43B675, *BLOCKS)),
        HEAD + element(0x18538067, element(0x1F43B675, *GROUPED, known=False), known=False),
        HEAD
        + element(0x18538067, element(0x1F43B675, element(0xE7, b"\0")), element(0x1F43B675, *BLOCKS, known=False)),
    ],
)
def test_a_film_says_how_long_it_is(tmp_path: Path, content: bytes) -> None:
    """An MP4 in its header; a WebM in its header, or, as browsers record it, by its last picture."""
    (tmp_path / "film").write_bytes(content)
    assert length(tmp_path / "film") == 2.5


BROKEN = [b"", b"x", b"no film at all", box(b"moov"), box(b"moov", OLD)[:30], box(b"moov", box(b"mvhd", b"\0" * 99))]
BROKEN += [HEAD, HEAD + b"\x18", HEAD + b"\0" * 20, b"\0\0\0\2free" + b"\0" * 9]


@pytest.mark.parametrize("content", BROKEN)
def test_what_says_nothing_has_no_length(tmp_path: Path, content: bytes) -> None:
    """Another kind of file, or a broken one, is no error."""
    (tmp_path / "film").write_bytes(content)
    assert length(tmp_path / "film") is None


def test_every_beginning_of_a_film_is_read(tmp_path: Path) -> None:
    """Wherever it breaks off."""
    whole = (FILMS / "one.webm").read_bytes()
    assert 0.3 < (length(FILMS / "one.webm") or 0) < 3
    for end in range(0, len(whole), 7):
        (tmp_path / "film").write_bytes(whole[:end])
        assert (length(tmp_path / "film") or 0) < 3


@pytest.mark.parametrize(
    ("content", "heard"),
    [
        (box(b"moov", OLD, track(b"vide"), track(b"soun")), True),
        (box(b"moov", OLD, track(b"vide")), False),
        (box(b"moov", OLD), None),
        (HEAD + element(0x18538067, element(0x1654AE6B, webm_track(1), webm_track(2))), True),
        (HEAD + element(0x18538067, element(0x1654AE6B, webm_track(1)), known=False), False),
        (HEAD, None),
        (b"", None),
        (b"no film", None),
    ],
)
def test_a_film_says_whether_it_has_sound(tmp_path: Path, content: bytes, heard: bool | None) -> None:
    """By its tracks."""
    (tmp_path / "film").write_bytes(content)
    assert has_sound(tmp_path / "film") is heard


def test_what_a_browser_records_says_so() -> None:
    """Of a canvas there is nothing to hear."""
    assert has_sound(FILMS / "one.webm") is False
