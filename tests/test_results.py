"""What becomes of returned values that an output cannot show."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import adapter as gr
from adapter.calls.endpoint import Endpoint
from adapter.components.base import Component
from adapter.components.shortcuts import SHORTCUTS, component
from adapter.errors import AdapterError, Error, FunctionFailed, InvalidInput
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore
from tests.test_endpoint import answer


class Odd:
    """What no component shows."""

    def __str__(self) -> str:
        raise RuntimeError("it has no text")

    __repr__ = __str__


VALUES = {
    "object": object(),
    "odd": Odd(),
    "dict": {"a": {1: object()}},
    "list": [object()],
    "text": "text",
    "bytes": b"x",
}


SHOWN = [name for name in SHORTCUTS if name not in ("state", "browserstate")]
"""What pages show; a State refuses in the store's words."""


def failed(shown: Component, value: Any) -> AdapterError | None:
    """Return the error of a call whose second output is ``shown`` and gets ``value``."""
    endpoint = Endpoint(lambda: ("fine", value), name="f", inputs=[], outputs=[gr.Textbox(), shown])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer(endpoint, WarmStore(MemoryStore()))
    except AdapterError as error:
        return error
    return None


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
@pytest.mark.parametrize("name", SHOWN)
def test_what_an_output_cannot_show_names_the_output(name: str, value: Any) -> None:
    """Of every component: the error says which output it was, by its label, and never is one of the adapter's own."""
    shown = component(name)
    shown.label = "Scores"
    error = failed(shown, value)
    if isinstance(error, FunctionFailed):
        assert f"output 2 of /f, the {type(shown).__name__} 'Scores'" in str(error)
        assert str(error) in str(error.__cause__)
    elif isinstance(error, Error):
        assert "'Scores'" in error.message


def test_the_cause_is_told_where_errors_are_shown() -> None:
    """With what the component said, which stands in the log with its traceback."""
    error = failed(gr.Textbox(label="Scores"), Odd())

    assert isinstance(error, FunctionFailed)
    assert str(error) == "output 2 of /f, the Textbox 'Scores', cannot show what the function returned, of type Odd"
    assert isinstance(error.__cause__, ValueError)
    assert str(error.__cause__) == f"{error}: it has no text"
    assert isinstance(error.__cause__.__cause__, RuntimeError)


def test_a_text_that_an_output_refuses_is_told_as_a_fault_of_the_input() -> None:
    """A text that is no JSON names the output, and is no error of the server: most often it is what a visitor sent."""
    error = failed(gr.JSON(label="Scores"), "{")

    assert isinstance(error, InvalidInput)
    assert error.message.startswith("Invalid JSON string: ")
    assert error.message.endswith("(output 2 of /f, the JSON 'Scores')")


def test_an_update_that_fits_no_output_is_named_too() -> None:
    """A property that the component does not have."""
    error = failed(gr.Number(label="Scores"), gr.update(nonsense=3))

    assert isinstance(error, FunctionFailed)
    assert "nonsense" in str(error.__cause__)
