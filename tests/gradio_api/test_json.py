"""Values as JSON text on the wire."""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import math
import pathlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.errors import MalformedRequest
from adapter.gradio_api.json import dumps, loads


class Colour(enum.Enum):
    RED = "red"


class Level(int):
    """A number with a name of its own."""


@dataclass
class Point:
    x: int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (float("nan"), "null"),
        ([float("inf"), -math.inf], "[null,null]"),
        ([np.float64("nan")], "[null]"),
        (np.float32(1.5), "1.5"),
        (np.int64(3), "3"),
        (np.bool_(True), "true"),
        (np.str_("a"), '"a"'),
        (np.array([[1, 2], [3, 4]]), "[[1,2],[3,4]]"),
        (np.array([1.0, np.nan]), "[1.0,null]"),
        (np.datetime64("2026-03-12"), '"2026-03-12"'),
        (pd.Timestamp("2026-03-12T01:02:03"), '"2026-03-12T01:02:03"'),
        (pd.Series([1, 2]), "[1,2]"),
        ({np.int64(1): 2}, '{"1":2}'),
        (Level(3), "3"),
        (Colour.RED, '"red"'),
        (Point(1), '{"x":1}'),
        (decimal.Decimal("1.10"), '"1.10"'),
        (datetime.date(2026, 3, 12), '"2026-03-12"'),
        (pathlib.PurePosixPath("/a/b"), '"/a/b"'),
        (2**70, "1180591620717411303424"),
        ((1, {2}), "[1,[2]]"),
        ("\ud800x", '"?x"'),
        ({"\udfff": ["\ud800", ("a", 1)]}, '{"?":["?",["a",1]]}'),
        ({(1, 2): 3}, '{"(1, 2)":3}'),
    ],
)
def test_what_functions_return_has_a_json_form(value: Any, text: str) -> None:
    """Libraries' numbers and arrays become plain ones, and what JSON does not have becomes ``null`` or text."""
    assert dumps(value).decode() == text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
@settings(max_examples=50)
def test_json_comes_back_as_it_went(value: Any) -> None:
    """What is written is read again, by our reader and by everybody's, and stands on one line."""
    text = dumps(value)
    assert b"\n" not in text
    assert b"\r" not in text
    assert loads(text) == json.loads(text) == value


@given(st.text(st.characters(categories=["Cs", "L"])))
def test_any_text_can_be_written(text: str) -> None:
    """An answer never fails because of half a surrogate pair."""
    assert isinstance(loads(dumps([text, {text: text}])), list)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[1",
        b"nul",
        b"'a'",
        b"{a: 1}",
        b"1 2",
        b"\xff",
        b'"\\ud800"',
        b"NaN",
        b"Infinity",
        b"1e999",
    ],
)
def test_what_is_no_json_is_malformed(text: bytes) -> None:
    """One error for all of it, which says that the body is meant."""
    with pytest.raises(MalformedRequest, match="the body is not JSON: "):
        loads(text)


@pytest.mark.parametrize("text", [b"[" * 91 + b"]" * 91, b'{"a":' * 91 + b"1" + b"}" * 91, b"[" * 9_999])
def test_what_is_too_deep_is_malformed(text: bytes) -> None:
    """The limit on lists and objects in one another is said, whether the text ends or not."""
    with pytest.raises(MalformedRequest, match="more than 90 lists and objects in one another"):
        loads(text)


def test_what_is_just_deep_enough_is_read() -> None:
    """The limit itself is within."""
    assert loads(b"[" * 90 + b"]" * 90) == json.loads("[" * 90 + "]" * 90)
