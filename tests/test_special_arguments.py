"""Gradio's ``special_args``, which scripts call for functions of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import adapter as gr
from adapter import helpers

special_args = helpers.special_args


def plain(a: str, b: int = 2) -> None:
    """Take inputs only."""


def asks(a: str, request: gr.Request, b: int = 2) -> None:
    """Ask for the request between inputs."""


def shows(a: str, progress: gr.Progress = gr.Progress()) -> None:  # noqa: B008 - as Gradio has it
    """Ask for progress."""


def hears(event: gr.SelectData, a: str) -> None:
    """Ask for an event first."""


def takes(a: gr.Textbox) -> None:
    """Take a component as a whole."""


@pytest.mark.parametrize(
    ("fn", "places"),
    [(plain, (None, None, [])), (shows, (1, None, [])), (hears, (None, 0, [])), (takes, (None, None, [0]))],
)
def test_it_tells_the_places(fn: Callable[..., Any], places: tuple[Any, ...]) -> None:
    """Of progress, event, and components with their properties; without inputs it fills none."""
    assert special_args(fn) == ([], *places)


def test_it_fills_the_inputs() -> None:
    """In place, with defaults, the request, the event, and properties."""
    given: list[Any] = ["x"]
    request = gr.Request()
    assert special_args(asks, given, request)[0] is given
    assert given == ["x", request, 2]
    event = gr.EventData(None, {"index": 1, "value": "b"})
    heard, filled = special_args(hears, ["x"], event_data=event)[0]
    assert (type(heard), heard.value, filled) == (gr.SelectData, "b", "x")
    [box] = special_args(takes, ["x"], component_props={0: {"value": "x", "lines": 3}})[0]
    assert box.lines == 3
