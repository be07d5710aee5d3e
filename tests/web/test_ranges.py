"""Parts of files: what players ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

import adapter as gr
from adapter.components.file import File
from adapter.state.stores.provision import create_bucket
from adapter.web.ranges import span
from adapter.web.routes.files import LARGEST_ANSWER_BYTES
from tests.support import aws
from tests.support.http import Answer, Door
from tests.web.conftest import Serve
from tests.web.test_files import kept

CONTENT = bytes(range(100))


def part(door: Door, path: str, asked: str, method: str = "GET", **more: str) -> Answer:
    """Ask for a part of a file."""
    return door(method, f"/gradio_api/file={quote(path)}", headers={"range": asked, **more})


PARTS = {
    "bytes=0-9": (0, 10),
    "bytes=90-": (90, 100),
    "bytes=95-200": (95, 100),
    "bytes=-5": (95, 100),
    "bytes=-200": (0, 100),
    "bytes=0-0": (0, 1),
    "bytes=99-99": (99, 100),
    "Bytes= 3 - 4 ": (3, 5),
}


@pytest.fixture
def sound(door: Door) -> str:
    """The path of a file of a hundred bytes."""
    return kept(door, "a.wav", CONTENT)


@pytest.mark.parametrize("asked", PARTS)
def test_a_part_is_206(door: Door, sound: str, asked: str) -> None:
    """With where it stands in the whole, and the headers of the whole."""
    start, stop = PARTS[asked]
    answer = part(door, sound, asked)

    assert (answer.status, answer.body) == (206, CONTENT[start:stop])
    assert answer.headers["content-range"] == f"bytes {start}-{stop - 1}/100"
    assert answer.headers["content-length"] == str(stop - start)
    whole = door.get(f"/gradio_api/file={quote(sound)}")
    for name in ("content-type", "content-disposition", "x-content-type-options", "cache-control", "accept-ranges"):
        assert answer.headers[name] == whole.headers[name]


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_part_of_no_file_is_416(door: Door, sound: str, asked: str) -> None:
    """With how long the file is."""
    answer = part(door, sound, asked)
    assert (answer.status, answer.headers["content-range"], answer.body) == (416, "bytes */100", b"")


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-6", "bytes=5-4", "bytes=-", "bytes=a-b", "items=0-1", "", f"bytes={'9' * 99}-", "bytes=٣-"]
)
def test_what_is_no_single_range_is_answered_with_the_whole(door: Door, sound: str, asked: str) -> None:
    """A server may ignore what it does not know."""
    answer = part(door, sound, asked)
    assert (answer.status, answer.body) == (200, CONTENT)
    assert answer.headers["accept-ranges"] == "bytes"


def test_a_part_of_what_may_have_changed_is_the_whole(door: Door, sound: str) -> None:
    """Nothing we send says which version it is."""
    assert part(door, sound, "bytes=0-9", **{"if-range": '"x"'}).status == 200


def test_a_head_tells_of_the_whole(door: Door, sound: str) -> None:
    """That parts can be asked for, and how long all of it is."""
    answer = part(door, sound, "bytes=0-9", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert (answer.headers["content-length"], answer.headers["accept-ranges"]) == ("100", "bytes")


@given(
    st.sampled_from(["bytes={}-{}", "bytes={}-", "bytes=-{1}"]),
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 20),
    st.integers(1, 9),
)
def test_a_part_lies_in_the_file(form: str, first: int, last: int, size: int, most: int) -> None:
    """Whatever is asked for, no more than may be sent comes, and none of it from outside the file."""
    found = span(form.format(first, last), size, most=most)
    if found is not None:
        assert len(found) <= most
        assert set(found) <= set(range(size))


def test_a_long_file_is_played_in_parts(serve: Serve, history: gr.Interface) -> None:
    """A folder gives what does not fit into one of Lambda's answers; asked for the whole, it says so."""
    door = serve(history, max_upload_bytes=6_000_000)
    content = bytes(LARGEST_ANSWER_BYTES + 10)
    path = kept(door, "long.wav", content)
    first, rest = part(door, path, "bytes=0-"), part(door, path, f"bytes={LARGEST_ANSWER_BYTES}-")

    assert first.headers["content-range"] == f"bytes 0-{LARGEST_ANSWER_BYTES - 1}/{len(content)}"
    assert first.body + rest.body == content
    whole = door.get(f"/gradio_api/file={quote(path)}")
    assert whole.status == 413
    assert "'long.wav' has 4,300,010 bytes; an answer takes 4,300,000" in whole.json["error"]
    assert door("HEAD", f"/gradio_api/file={quote(path)}").headers["content-length"] == str(len(content))


def test_parts_of_the_apps_own_files(serve: Serve, tmp_path: Path) -> None:
    """An example can be played as an upload can."""
    (tmp_path / "own.mp4").write_bytes(CONTENT)
    with gr.Blocks() as demo:
        shown: Any = File(tmp_path / "own.mp4").value
    answer = part(serve(demo), shown["path"], "bytes=10-19")
    assert (answer.status, answer.body) == (206, CONTENT[10:20])


def test_parts_of_files_in_a_bucket(serve: Serve, history: gr.Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones come through the API; of a large one S3 gives the parts itself, as the kind that it is."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", aws.REGION)
    with mock_aws(), aws.s3() as client:
        create_bucket(client, "files")
        door = serve(history, files="s3://files", max_upload_bytes=6_000_000)
        path = kept(door, "a.webm", CONTENT)
        large = kept(door, "large.webm", bytes(LARGEST_ANSWER_BYTES + 1))
        answer, led = part(door, path, "bytes=-10"), part(door, large, "bytes=0-")

    assert (answer.status, answer.body) == (206, CONTENT[-10:])
    assert led.status == 302
    assert "response-content-type=video%2Fwebm" in led.headers["location"]
