"""A full disk: nothing is there by half, and the visitor is told no path."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from moto import mock_aws

import adapter as gr
from adapter.errors import StoreError
from adapter.files import open_files
from adapter.files.published import publish
from adapter.gradio_api.messages import STORAGE_ERROR
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from adapter.state.stores.provision import create_bucket
from tests.support import aws
from tests.support.full_disk import full_disk
from tests.support.http import Door

ROOM, CONTENT = 1_000, b"x" * 5_000
FORM = b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n%s\r\n--b--\r\n' % CONTENT


def put_into_a_folder(folder: Path) -> Callable[[], object]:
    """An upload, or what a function shows."""
    store = open_files(str(folder / "kept"))
    return lambda: store.put("a.txt", CONTENT)


def show_a_temporary_file(folder: Path) -> Callable[[], object]:
    """A picture of the page that its script has made."""
    made = folder / "a.txt"
    made.write_bytes(CONTENT)
    return lambda: publish(made)


def copy_out_of_a_bucket(folder: Path) -> Callable[[], object]:
    """A visitor's file that a function reads."""
    store = open_files("s3://files")
    path = store.put("a.txt", CONTENT)
    return lambda: store.local(path)


@pytest.mark.parametrize("write", [put_into_a_folder, show_a_temporary_file, copy_out_of_a_bucket])
def test_no_half_file_is_left(
    write: Callable[[Path], Callable[[], object]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the folder and what to do; with room again, the same works."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, value in {"DEFAULT_REGION": aws.REGION, "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with mock_aws(), aws.s3() as client:
        create_bucket(client, "files")
        again = write(tmp_path)
        before = sorted(tmp_path.rglob("*.*"))
        with full_disk(ROOM), pytest.raises(StoreError, match=f"{tmp_path}.*Free room"):
            again()
        assert sorted(tmp_path.rglob("*.*")) == before
        again()


def test_a_visitor_reads_that_the_storage_cannot_be_reached(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The folder and the remedy are in the log."""
    settings = Settings(store="memory:", session_keys=("a-key-for-tests-of-32-bytes-0123",), files=str(tmp_path))
    door = Door(gr.handler(gr.Interface(len, gr.Textbox(), gr.Number()), settings=settings))
    with full_disk(ROOM), caplog.at_level(logging.ERROR):
        kind = {"content-type": "multipart/form-data; boundary=b"}
        answer = door("POST", "/gradio_api/upload", body=FORM, headers=kind)
    assert (answer.status, answer.json["error"]) == (503, STORAGE_ERROR)
    assert str(tmp_path) in caplog.text
    assert not list(tmp_path.rglob("*.*"))
    door.close()
    use_warm_store(None)
