"""What functions get of the event that called them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.errors import InvalidInput
from adapter.files import LocalFiles
from adapter.settings import Settings
from tests.support.http import Answer, Door

KINDS: dict[type[gr.EventData], dict[str, Any]] = {
    gr.SelectData: {"index": [0, 1], "value": "b", "row_value": ["a", "b"], "selected": False},
    gr.LikeData: {"index": 1, "value": "hi", "liked": False},
    gr.RetryData: {"index": 1, "value": "hi"},
    gr.UndoData: {"index": 1, "value": "hi"},
    gr.EditData: {"index": 1, "value": "hi", "previous_value": "ho"},
    gr.KeyUpData: {"key": "a", "input_value": "ba"},
    gr.CopyData: {"value": "hi"},
    gr.DeletedFileData: {"path": "files/a.txt", "orig_name": "a.txt"},
    gr.DownloadData: {"path": "files/a.txt", "size": 3},
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_has_what_the_page_told(kind: type[gr.EventData]) -> None:
    """Every item is an attribute; what is missing is named, with the kind that needs it."""
    told = KINDS[kind]
    found = kind("a block", told | {"more": 1})
    assert {name: getattr(found, name) for name in told} == told
    assert (found.target, getattr(found, "more")) == ("a block", 1)  # noqa: B009
    with pytest.raises(InvalidInput, match=f"which {kind.__name__} needs"):
        kind(None, None)
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = found.nothing


def test_what_may_be_missing_has_a_value() -> None:
    """A liked message without a word is liked; only tables have rows."""
    assert gr.LikeData(None, {"index": 0, "value": "a"}).liked is True
    selected = gr.SelectData(None, {"index": 0, "value": "a"})
    assert (selected.row_value, selected.col_value, selected.selected) == (None, None, True)


def test_events_of_files_have_the_file() -> None:
    """With the parts that the page told."""
    file = gr.DeletedFileData(None, {"path": "files/a.txt", "orig_name": "a.txt", "more": 1}).file

    assert (file.path, file.orig_name, file.size) == ("files/a.txt", "a.txt", None)
    assert file.model_dump()["meta"] == {"_type": "gradio.FileData"}


def test_functions_read_the_file_of_an_event(tmp_path: Path) -> None:
    """Its path is on this machine; another session's is refused."""

    def removed(event: gr.DeletedFileData) -> str:
        return Path(event.file.path).read_text()

    with gr.Blocks() as demo:
        gr.File(file_count="multiple").delete(removed, None, gr.Textbox(), api_name="removed")
    door = Door(gr.handler(demo, settings=Settings(store="memory:", files=str(tmp_path))))
    path = LocalFiles(tmp_path).put("a.txt", b"hello")

    def call(session: str) -> Answer:
        file = {"path": path, "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
        return door("POST", "/gradio_api/run/removed", json={"data": [], "session_hash": session, "event_data": file})

    assert call("ann").json["data"] == ["hello"]
    assert call("ben").status == 403
