"""Foreign values on the wire: those of NumPy and pandas too, which are never imported for it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

import numpy
import pandas
import pytest

from adapter.components.choice import CheckboxGroup, Dropdown, Radio
from adapter.components.data import JSON, Label
from adapter.components.number import Number, Slider
from adapter.components.values import jsonable, number, parse_json, scalar
from adapter.errors import InvalidInput


class Colour(Enum):
    RED = "red"


@dataclass
class Point:
    x: int
    y: float


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ((1, 2), [1, 2]),
        ({1: "a", None: "b", False: "c", 1.5: "d"}, {"1": "a", "null": "b", "false": "c", "1.5": "d"}),
        (float("nan"), None),
        ([float("inf"), 1.5], [None, 1.5]),
        (numpy.float32(1.5), 1.5),
        (numpy.int64(3), 3),
        (numpy.bool_(True), True),
        ([numpy.str_("a")], ["a"]),
        (numpy.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (numpy.array([1.0, float("nan")]), [1.0, None]),
        ({"a": numpy.arange(3)}, {"a": [0, 1, 2]}),
        ({numpy.int64(3): 1}, {"3": 1}),
        (pandas.Series([1, 2]), [1, 2]),
        (Point(1, 2.5), {"x": 1, "y": 2.5}),
        (Colour.RED, "red"),
        (date(2020, 10, 1), "2020-10-01"),
        (Decimal("1.5"), 1.5),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (2**70, 2**70),
        ([True, None, "a"], [True, None, "a"]),
    ],
)
def test_json_shows_whatever_comes(value: Any, wanted: Any) -> None:
    """JSON has a form for every value, and it survives the wire."""
    shown = JSON().postprocess(value)

    assert shown == wanted
    assert json.loads(json.dumps(shown, allow_nan=False)) == wanted
    assert jsonable(shown) == wanted


def test_json_parses_text() -> None:
    """A text is JSON itself; what is none is an error that the visitor reads."""
    assert JSON().postprocess('[1, {"a": null}]') == [1, {"a": None}]
    for text in ("", "{", "NaN", "[Infinity]"):
        with pytest.raises(InvalidInput, match="Invalid JSON string"):
            JSON().postprocess(text)
    with pytest.raises(ValueError, match="NaN is not JSON"):
        parse_json("NaN")


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (numpy.float32(2.5), 2.5),
        (numpy.int64(3), 3),
        (numpy.array([7]), 7),
        (Decimal("2.5"), 2.5),
        (Fraction(1, 2), 0.5),
        (True, 1),
        (float("nan"), None),
        (float("-inf"), None),
    ],
)
def test_numbers_of_every_kind(value: Any, wanted: Any) -> None:
    """Number and Slider show any library's numbers as plain ones, and NaN as nothing."""
    for component in (Number(), Slider()):
        shown = component.postprocess(value)
        assert shown == wanted
        assert type(shown) is type(wanted)


def test_numbers_are_named_where_there_is_none() -> None:
    """What is no number is a TypeError that names the component and the value."""
    with pytest.raises(TypeError, match="'Score' shows a number; got \\[1\\] \\(list\\)"):
        Number(label="Score").postprocess([1])
    with pytest.raises(TypeError, match="got 'abc' \\(str\\)"):
        Number(precision=1).postprocess("abc")
    with pytest.raises(TypeError, match="no number"):
        number(numpy.array([1, 2]))


def test_labels_of_every_kind() -> None:
    """Label shows NumPy's confidences and names, the likeliest first."""
    shown = Label().postprocess({numpy.str_("a"): numpy.float32(0.25), "b": numpy.float64(0.5)})

    assert shown == {
        "label": "b",
        "confidences": [{"label": "b", "confidence": 0.5}, {"label": "a", "confidence": 0.25}],
    }
    assert type(shown["confidences"][1]["confidence"]) is float
    assert Label().postprocess(numpy.int64(3)) == {"label": "3", "confidences": None}


def test_labels_pass_on_what_they_send() -> None:
    """Label takes its own form of the wire as a returned value."""
    sent = Label().postprocess({"a": 0.5})

    assert Label().postprocess(sent) == sent


@pytest.mark.parametrize("value", [[1], {"a": "high"}, {"a": float("nan")}])
def test_labels_refuse_the_rest(value: Any) -> None:
    """What is no text, number or dict of finite numbers is a TypeError that names the component."""
    with pytest.raises(TypeError, match="'Kind'"):
        Label(label="Kind").postprocess(value)


def test_choices_of_numpy() -> None:
    """Components of choices show NumPy's scalars and arrays as plain values."""
    assert type(Radio([1, 2]).postprocess(numpy.int64(2))) is int
    assert type(Dropdown([1, 2]).postprocess(numpy.int64(2))) is int
    assert Dropdown([1, 2], multiselect=True).postprocess(numpy.array([1, 2])) == [1, 2]
    assert CheckboxGroup([1, 2]).postprocess((numpy.int64(1), 2)) == [1, 2]


def test_other_objects_stay() -> None:
    """A class, a big array and plain values are no scalars."""
    array = numpy.arange(3)

    assert scalar(array) is array
    assert scalar(numpy.int64) is numpy.int64
    assert scalar("a") == "a"


@pytest.mark.parametrize("text", ["b", "", "NaN", "{", '{"a": 1}'])
def test_a_text_in_a_json_component_reaches_the_function_as_it_is(text: str) -> None:
    """Also one that is not JSON: only where a function returns it to such a component it is refused."""
    assert JSON().preprocess(text) == text
