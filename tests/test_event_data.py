"""What functions get of the event that called them."""

from __future__ import annotations

from typing import Any

import pytest

import adapter as gr
from adapter.errors import InvalidInput

KINDS: dict[type[gr.EventData], dict[str, Any]] = {
    gr.SelectData: {"index": [0, 1], "value": "b", "row_value": ["a", "b"], "selected": False},
    gr.LikeData: {"index": 1, "value": "hi", "liked": False},
    gr.RetryData: {"index": 1, "value": "hi"},
    gr.UndoData: {"index": 1, "value": "hi"},
    gr.EditData: {"index": 1, "value": "hi", "previous_value": "ho"},
    gr.KeyUpData: {"key": "a", "input_value": "ba"},
    gr.CopyData: {"value": "hi"},
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
