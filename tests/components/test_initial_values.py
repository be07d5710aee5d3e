"""``component.value`` in a script: what Gradio 6.31 has there, so that one component can start from another's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import adapter as gr
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore
from tests.test_endpoint import answer


def seven() -> int:
    """A default that is called."""
    return 7


@pytest.mark.parametrize(
    "value", [3, 0, "a", None, False, (1, "b"), [1, {"a": [2]}], {"k": {1, 2}}, {1.5: b"x"}, seven]
)
def test_a_states_value_is_what_it_was_given(value: Any) -> None:
    """Of any type; a function stays one, as in Gradio."""
    assert gr.State(value).value == value
    with gr.Blocks():
        assert gr.State(value=value, key="named").value == value


def test_a_component_may_start_from_a_states_value() -> None:
    """Games keep an index in a State and draw a slider from it."""
    with gr.Blocks():
        index, names = gr.State(3), gr.State(["a", "b", "c", "d"])
        slider = gr.Slider(0, len(names.value) - 1, value=index.value)
        radio = gr.Radio(names.value, value=names.value[index.value])
    assert (slider.value, slider.maximum, radio.value) == (3, 3, "d")


def test_a_script_may_change_what_a_state_starts_from() -> None:
    """By its ``value``; what it does to the object that it gave changes nothing."""
    given = ["first"]
    with gr.Blocks() as demo:
        kept, changed = gr.State(given), gr.State(1)
        gr.on(demo.load, lambda *values: list(values), [kept, changed], gr.JSON(), api_name="look")
    given.append("later")
    changed.value = 2
    endpoint = demo.listener(api_name="look").endpoint
    assert endpoint is not None
    assert answer(endpoint, WarmStore(MemoryStore()), None, None) == [[["first"], 2]]


FIRST_VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: gr.Slider(1, 10, value=5), 5),
    (lambda: gr.Slider(1, 10), 1),
    (lambda: gr.Slider(value=seven), 7),
    (lambda: gr.Textbox(lambda: "x"), "x"),
    (lambda: gr.Textbox(), None),
    (lambda: gr.Number(3.7, precision=0), 4),
    (lambda: gr.Dropdown(["a", "b"]), "a"),
    (lambda: gr.Dropdown(["a", "b"], multiselect=True), []),
    (lambda: gr.Dropdown([("A", 1), ("B", 2)], value=2), 2),
    (lambda: gr.Radio(["a", "b"]), None),
    (lambda: gr.CheckboxGroup(["a", "b"], value="a"), ["a"]),
    (lambda: gr.Checkbox(), False),
    (lambda: gr.Markdown("  # hi\n"), "# hi"),
    (lambda: gr.Button("Go"), "Go"),
    (lambda: gr.ColorPicker("#ff0000"), "#ff0000"),
    (lambda: gr.Timer(2), 2),
    (lambda: gr.JSON([1]), [1]),
    (
        lambda: gr.Dataframe([[1, 2]], headers=["a", "b"]),
        {"headers": ["a", "b"], "data": [[1, 2]], "metadata": None},
    ),
    (lambda: gr.Chatbot(), []),
    (lambda: gr.Image(), None),
    (lambda: gr.Gallery(), []),
]


@pytest.mark.parametrize(("make", "value"), FIRST_VALUES, ids=[str(number) for number in range(len(FIRST_VALUES))])
def test_a_components_value_is_its_first_one(make: Callable[[], Any], value: Any) -> None:
    """As the page gets it; recorded from Gradio 6.31."""
    found = make().value
    assert (found, type(found)) == (value, type(value))
