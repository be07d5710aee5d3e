"""Functions that ask for all of an input's properties, and for inputs and headers by name."""

# ruff: noqa: D103 - functions that listen

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import adapter as gr
from adapter.gradio_api.config import config
from adapter.settings import Settings
from tests.support.http import Door

KEPT, NO_HEADER = gr.Cache(), gr.Header("")


def page(fn: Callable[..., Any], **options: Any) -> tuple[gr.Blocks, Door]:
    """Return a page whose button calls ``fn`` with a text and a choice, and an environment that serves it."""
    with gr.Blocks() as demo:
        text = gr.Textbox("hello", label="Said")
        choice = gr.Dropdown(["a", "b"], label="One")
        inputs = options.pop("inputs", [text, choice])
        if "inputs_kwargs" in options:
            options["inputs_kwargs"] = dict.fromkeys(options["inputs_kwargs"], choice)
            inputs = [text]
        gr.Button().click(fn, inputs, gr.JSON() if fn is describe else gr.Textbox(), api_name="go", **options)
    return demo, Door(gr.handler(demo, settings=Settings()))


def describe(text: gr.Textbox, choice: str) -> dict[str, Any]:
    return {"value": text.value, "label": text.label, "lines": text.lines, "choice": choice}


def test_a_parameter_annotated_with_a_component_gets_its_properties() -> None:
    """Those that the page sends; the config tells it which inputs to send so."""
    demo, door = page(describe)
    assert config(demo)["dependencies"][0]["component_prop_inputs"] == [0]
    sent = {"value": "hi", "label": "Now", "lines": 3, "name": "textbox", "_selectable": False}
    assert door.run(sent, "a", api="go").data == [{"value": "hi", "label": "Now", "lines": 3, "choice": "a"}]


def test_a_caller_may_give_the_value_alone() -> None:
    """The other properties are then those of the page."""
    _, door = page(describe)
    assert door.run("hi", "a", api="go").data == [{"value": "hi", "label": "Said", "lines": 1, "choice": "a"}]


def test_the_value_is_checked_as_any_input() -> None:
    """Wherever it stands."""

    def chosen(text: str, choice: gr.Dropdown) -> str:
        return str(choice.value)

    _, door = page(chosen)
    assert door.run("x", {"value": "b"}, api="go").data == ["b"]
    assert door.run("x", {"value": "c"}, api="go").status == 422


def test_what_the_function_changes_is_an_update() -> None:
    """Of those properties alone, if it returns what it was given."""

    def shout(text: gr.Textbox) -> Any:
        if text.value == "quiet":
            return text
        text.value, text.label = text.value.upper(), "Loud"
        return text

    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.submit(shout, text, text, api_name="go")
    door = Door(gr.handler(demo, settings=Settings()))
    assert door.run("hi", api="go").data == [{"__type__": "update", "value": "HI", "label": "Loud"}]
    assert door.run("quiet", api="go").data == [{"__type__": "update"}]


def keyword_only(text: str, *, choice: str, mark: str = "!") -> str:
    return text + choice + mark


def around_a_request(text: str, choice: str, request: gr.Request) -> str:
    return f"{text}{choice}!" if request.method == "POST" else ""


def after_a_default(text: str, other: str = "-", choice: str = "") -> str:
    return f"{text}{choice}!" if other == "-" else ""


def any_names(text: str, **more: str) -> str:
    return text + more["choice"] + "!"


@pytest.mark.parametrize("fn", [keyword_only, around_a_request, after_a_default, any_names])
def test_inputs_may_be_given_by_name(fn: Callable[..., Any]) -> None:
    """To parameters of every kind; the API calls them by these names."""
    _, door = page(fn, inputs_kwargs=["choice"])
    assert door.run("x", "b", api="go").data == ["xb!"]
    told = door.get("/gradio_api/info").json["named_endpoints"]["/go"]["parameters"]
    assert [one["parameter_name"] for one in told] == ["text", "choice"]


def test_a_header_is_filled_in_by_its_name() -> None:
    """With dashes for underscores, whatever the case; ``None`` where the request has none."""

    def tell(text: str, x_trace: gr.Header, nothing: gr.Header | None = None) -> list[Any]:
        return [text, x_trace, nothing]

    with gr.Blocks() as demo:
        gr.Textbox().submit(tell, gr.Textbox(), gr.JSON(), api_name="go")
    door = Door(gr.handler(demo, settings=Settings()))
    assert door.run("a", api="go", headers={"X-Trace": "T1"}).data == [["a", "T1", None]]


def test_a_chat_may_ask_for_a_header_and_a_cache() -> None:
    """As any function."""

    def answer(message: str, history: list[Any], kept: gr.Cache = KEPT, user_agent: gr.Header = NO_HEADER) -> str:
        kept.set(message)
        return f"{user_agent}: {len(kept)}"

    door = Door(gr.handler(gr.ChatInterface(answer, api_name="chat"), settings=Settings()))
    assert door.run("hi", api="chat", headers={"user-agent": "me"}).data[0] == "me: 1"
