"""Folders of an app that everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import adapter as gr
from adapter.compat.warnings import AppWarning
from adapter.files import static
from adapter.settings import Settings
from tests.support.http import Door


@pytest.fixture(autouse=True)
def none_before() -> Iterator[None]:
    """Leave no folder to other tests."""
    yield
    static.folders.clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working folder, with a public and a secret file."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "a.txt").write_text("hello")
    (tmp_path / "secret.txt").write_text("not for you")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_static_folder_is_served_as_it_is(folder: Path) -> None:
    """By full paths and by those below the working folder, under the same headers as other files."""
    gr.set_static_paths("public")
    door = Door(gr.handler(gr.Blocks(), settings=Settings()))
    for path in ("public/a.txt", str(folder / "public" / "a.txt")):
        answer = door.get(f"/gradio_api/file={path}")
        assert (answer.status, answer.body) == (200, b"hello")
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    "path", ["secret.txt", "public/../secret.txt", "public", "public/none.txt", "public/link", "a\0b"]
)
def test_nothing_else_is_served(path: str, folder: Path) -> None:
    """Not by dots and not by links."""
    (folder / "public" / "link").symlink_to(folder / "secret.txt")
    gr.set_static_paths(paths=[folder / "public"])
    door = Door(gr.handler(gr.Blocks(), settings=Settings(files=str(folder / "store"))))
    assert door.get(f"/gradio_api/file={path}").status == 403


def test_a_file_that_no_answer_can_hold_is_refused(folder: Path) -> None:
    """With its size and the limit."""
    (folder / "public" / "large.bin").write_bytes(bytes(5_000_000))
    gr.set_static_paths("public")
    answer = Door(gr.handler(gr.Blocks(), settings=Settings())).get("/gradio_api/file=public/large.bin")
    assert answer.status == 413
    assert "5,000,000 bytes" in answer.body.decode()


def test_a_folder_that_is_not_there_is_warned_of(folder: Path) -> None:
    """At start; nothing is served from it."""
    with pytest.warns(AppWarning, match=r"set_static_paths\(\) was given 'nowhere', which is not there"):
        gr.set_static_paths("nowhere")
