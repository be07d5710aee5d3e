"""The differences between yields, applied by Gradio's own client."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from gradio_client.utils import apply_diff
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.gradio_api.diff import diff

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text("ab", max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab01", max_size=2), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_the_client_arrives_at_the_new_value(old: Any, new: Any) -> None:
    """Whatever changed, applying the edits to the old value gives the new one, with its types."""
    edits = json.loads(json.dumps(diff(old, new)))

    assert json.dumps(apply_diff(old, edits), sort_keys=True) == json.dumps(new, sort_keys=True)


@given(VALUES)
def test_nothing_is_said_of_what_is_equal(value: Any) -> None:
    """An output that a yield left alone costs nothing on the wire."""
    assert diff(value, json.loads(json.dumps(value))) == []


@given(st.lists(VALUES, min_size=2, max_size=6))
@settings(max_examples=50)
def test_edits_add_up_over_a_stream(values: list[Any]) -> None:
    """A client that applies each yield's edits to what it has is never off."""
    held = values[0]
    for before, after in pairwise(values):
        held = apply_diff(held, diff(before, after))
        assert json.dumps(held, sort_keys=True) == json.dumps(after, sort_keys=True)


@pytest.mark.parametrize(
    ("old", "new", "edits"),
    [
        ("Hel", "Hello", [["append", [], "lo"]]),
        ("Hello", "Bye", [["replace", [], "Bye"]]),
        ([1, 2], [1, 2, 3], [["add", [2], 3]]),
        ([1, 2, 3], [1], [["delete", [2], None], ["delete", [1], None]]),
        ({"a": 1}, {"a": 1, "b": 2}, [["add", ["b"], 2]]),
        ({"a": 1, "b": 2}, {"b": 2}, [["delete", ["a"], None]]),
        ([{"text": "Hel"}], [{"text": "Hello"}], [["append", [0, "text"], "lo"]]),
        (1, True, [["replace", [], True]]),
        (1, 1.0, [["replace", [], 1.0]]),
        (None, "a", [["replace", [], "a"]]),
        ("a", ["a"], [["replace", [], ["a"]]]),
        ("", "a", [["append", [], "a"]]),
    ],
)
def test_edits_are_short(old: Any, new: Any, edits: list[Any]) -> None:
    """A text that grows, as a chat's does, sends what is new and no more."""
    assert diff(old, new) == edits


def test_edits_do_not_hold_on_to_what_changes_later() -> None:
    """A function that yields the same list again and again, longer each time, is the client's whole value each time."""
    value: list[Any] = []
    edits = diff([], [*value, {"a": 1}])
    assert edits == [["add", [0], {"a": 1}]]
