"""Values of the browser's own travel as JSON has them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from pydantic import BaseModel

import adapter as gr


class Trip(BaseModel):
    """A model in a model."""

    name: str
    after: list[Trip] = []


@dataclass
class Stop:
    """A dataclass in a dataclass."""

    place: str
    trips: list[Any] = field(default_factory=list)


TRIP = Trip(name="a", after=[Trip(name="b")])
TOLD = {"name": "a", "after": [{"name": "b", "after": []}]}

VALUES = {
    "model": (TRIP, TOLD),
    "dataclass": (Stop("c", [TRIP]), {"place": "c", "trips": [TOLD]}),
    "in a list": ([TRIP, 1], [TOLD, 1]),
    "in a tuple": ((TRIP, "x"), [TOLD, "x"]),
    "in a dict": ({"one": {"two": TRIP}}, {"one": {"two": TOLD}}),
    "plain": ([1, {"a": None}], [1, {"a": None}]),
    "a class": ({"kind": "Trip"}, {"kind": "Trip"}),
}


@pytest.mark.parametrize(("value", "told"), VALUES.values(), ids=list(VALUES))
def test_models_and_dataclasses_are_dicts_on_both_ways(value: Any, told: Any) -> None:
    """A function that returned one, or whose BrowserState starts from one, gets a dict."""
    state = gr.BrowserState(value, render=False)

    assert state.postprocess(value) == told
    assert state.preprocess(None) == told
    assert state.attributes()["default_value"] == told


def test_a_function_cannot_change_the_default_of_others() -> None:
    """What a visitor without a value gets is a copy."""
    state = gr.BrowserState({"seen": []}, render=False)
    state.preprocess(None)["seen"].append("a")
    assert state.preprocess(None) == {"seen": []}
