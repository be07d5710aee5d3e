"""Apps that real Gradio and the adapter both build: each takes the module and returns its app.

The functions are defined here once, so that names, defaults and docstrings are the same for both.
"""

# ruff: noqa: D103 - what a docstring says stands in the API

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any


def greet(name: str, times: float = 1) -> str:
    """Greet somebody.

    The second paragraph says more.

    Args:
        name: who is greeted.
        times: how often.
    """
    return f"Hello {name}! " * int(times)


def optional(text: str, note: str | None = None, count: int = 3) -> str:
    return f"{text} {note} {count}"


def reserved(api_name: str, fn_index: float, result_callbacks: bool) -> str:
    return f"{api_name} {fn_index} {result_callbacks}"


def remember(message: str, history: list[str]) -> tuple[list[str], list[str]]:
    return [*history, message], [*history, message]


def several(*words: str) -> tuple[str, float]:
    return " ".join(words), len(words)


def climb(steps: float) -> Iterator[float]:
    yield from range(int(steps))


async def climb_later(steps: float) -> AsyncIterator[float]:
    for step in range(int(steps)):
        yield step


async def later(text: str) -> str:
    return text


class Model:
    """A model with a method."""

    def predict(self, text: str) -> str:
        """Say it."""
        return text

    def __call__(self, text: str, loud: bool = False) -> str:
        return text.upper() if loud else text


APPS: dict[str, Callable[[Any], Any]] = {
    "strings": lambda gr: gr.Interface(greet, ["textbox", "slider"], "text", flagging_mode="never"),
    "one input": lambda gr: gr.Interface(later, "textbox", "textbox", flagging_mode="never"),
    "titled": lambda gr: gr.Interface(
        greet,
        [gr.Textbox(label="Who", value="Ann"), gr.Number(2, label="Often")],
        gr.Markdown(label="Greeting"),
        title="Greeting",
        description="Says *hello*.",
        article="That is all.",
        api_name="hello",
        api_description="Says hello.",
        flagging_mode="never",
    ),
    "undescribed": lambda gr: gr.Interface(
        greet, ["textbox", "number"], "textbox", api_description=False, flagging_mode="never"
    ),
    "optional": lambda gr: gr.Interface(optional, ["textbox", "textbox", "number"], "textbox", flagging_mode="never"),
    "reserved": lambda gr: gr.Interface(reserved, ["textbox", "number", "checkbox"], "label", flagging_mode="never"),
    "state": lambda gr: gr.Interface(remember, ["textbox", gr.State([])], ["json", gr.State()], flagging_mode="never"),
    "state first": lambda gr: gr.Interface(
        lambda history, message: (history, message),
        [gr.State([]), "textbox"],
        [gr.State(), "textbox"],
        flagging_mode="never",
    ),
    "live": lambda gr: gr.Interface(greet, ["textbox", "slider"], "textbox", live=True, flagging_mode="never"),
    "live without inputs": lambda gr: gr.Interface(lambda: "now", None, "textbox", live=True, flagging_mode="never"),
    "no inputs": lambda gr: gr.Interface(lambda: "now", None, "textbox", flagging_mode="never"),
    "no outputs": lambda gr: gr.Interface(print, "textbox", None, flagging_mode="never"),
    "examples": lambda gr: gr.Interface(
        greet,
        ["textbox", "number"],
        "textbox",
        examples=[["Ann", 1], ["Bob", 2]],
        cache_examples=False,
        flagging_mode="never",
    ),
    "single examples": lambda gr: gr.Interface(
        later,
        "textbox",
        "textbox",
        examples=["Ann", "Bob"],
        examples_per_page=1,
        example_labels=["A", "B"],
        cache_examples=False,
        flagging_mode="never",
    ),
    "additional inputs": lambda gr: gr.Interface(
        optional,
        "textbox",
        "textbox",
        additional_inputs=["textbox", gr.Number(3, label="Count")],
        flagging_mode="never",
    ),
    "open additional inputs": lambda gr: gr.Interface(
        greet,
        "textbox",
        "textbox",
        additional_inputs=["number"],
        additional_inputs_accordion=gr.Accordion("More", open=True),
        flagging_mode="never",
    ),
    "buttons": lambda gr: gr.Interface(
        later, "textbox", "textbox", submit_btn="Go", clear_btn=gr.Button("Empty"), flagging_mode="never"
    ),
    "no clear button": lambda gr: gr.Interface(
        later, "textbox", "textbox", clear_btn=None, show_progress="minimal", flagging_mode="never"
    ),
    "generator": lambda gr: gr.Interface(climb, "number", "number", stop_btn="Halt", flagging_mode="never"),
    "async generator": lambda gr: gr.Interface(climb_later, "number", "number", flagging_mode="never"),
    "hidden": lambda gr: gr.Interface(
        later, "textbox", "textbox", api_visibility="undocumented", flagging_mode="never"
    ),
    "lambda": lambda gr: gr.Interface(lambda text: text, "textbox", "textbox", flagging_mode="never"),
    "partial": lambda gr: gr.Interface(functools.partial(greet, times=2), "textbox", "textbox", flagging_mode="never"),
    "method": lambda gr: gr.Interface(Model().predict, "textbox", "textbox", flagging_mode="never"),
    "object": lambda gr: gr.Interface(Model(), ["textbox", "checkbox"], "textbox", flagging_mode="never"),
    "any number": lambda gr: gr.Interface(
        several, ["textbox", "textbox"], ["textbox", "number"], flagging_mode="never"
    ),
    "choices": lambda gr: gr.Interface(
        lambda *values: None,
        [
            gr.Radio(["a", "b"], label="Radio"),
            gr.Dropdown(["a", "b"], multiselect=True, label="Many"),
            gr.Dropdown([("A", 1), ("B", 2)], label="One"),
            gr.CheckboxGroup(["a", "b"], value=["a"], label="Group"),
            gr.Checkbox(label="Yes"),
            gr.Slider(1, 10, step=1, label="Slider"),
            gr.JSON(label="JSON"),
        ],
        [gr.Label(), gr.JSON(), gr.Markdown(), gr.HighlightedText() if hasattr(gr, "HighlightedText") else gr.JSON()],
        flagging_mode="never",
    ),
    "unified": lambda gr: (lambda box: gr.Interface(later, box, box, flagging_mode="never"))(gr.Textbox()),
}
