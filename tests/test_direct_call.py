"""A page as scripts use it beside serving it: called, asked for its app and its config, launched."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.errors import ConfigurationError, InvalidInput, NotFound


def pair(text: str, number: float) -> tuple[float, str]:
    """Return the two, the other way round."""
    return number, text


def count(upto: float) -> Iterator[float]:
    """Yield numbers."""
    yield upto


def test_an_interface_is_its_function() -> None:
    """Called, it gives what goes to its output, and a list for several; values go through its components."""
    assert gr.Interface(lambda text: f"{text}!", "text", "text")("hey") == "hey!"
    assert gr.Interface(pair, ["text", "number"], ["number", "text"])("a", 1) == [1, "a"]
    assert gr.Interface(lambda place: place, gr.Radio(["a", "b"], type="index"), "number")("b") == 1
    assert gr.Interface(lambda texts: [texts[0].upper()], "text", "text", batch=True)("a") == "A"


def test_an_endpoint_is_called_by_name_or_number() -> None:
    """Of a page with several; one that is not there is told with those that are."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.submit(lambda given: given.upper(), text, text, api_name="upper")
        text.change(lambda given: given.lower(), text, text, api_name="lower")
    assert (demo("aB"), demo("aB", fn_index=1), demo("aB", api_name="lower")) == ("AB", "ab", "ab")
    with pytest.raises(NotFound, match="/upper, /lower"):
        demo("a", api_name="title")


def test_a_call_fails_as_a_callers() -> None:
    """By what its inputs do not take."""
    with pytest.raises(InvalidInput, match="number"):
        gr.Interface(lambda given: given, gr.Number(label="n"), "number")("x")


@pytest.mark.parametrize("inputs", [["text", "state"], "number"], ids=["with a State", "generator"])
def test_what_needs_a_session_is_refused(inputs: Any) -> None:
    """As in Gradio: a State would be lost, and of a generator one value were to be chosen."""
    demo = gr.Interface(count if inputs == "number" else (lambda a, b: (a, b)), inputs, inputs)
    with pytest.raises(ConfigurationError, match="cannot be called directly"):
        demo(1)


def test_a_page_may_be_called_in_a_loop_and_in_another_call() -> None:
    """It has an event loop and a transaction of its own."""
    inner = gr.Interface(lambda text: f"{text}!", "text", "text")
    outer = gr.Interface(lambda text: inner(text) + "?", "text", "text")

    async def calls() -> Any:
        return outer("a")

    assert asyncio.run(calls()) == "a!?"


def test_a_page_has_its_app_and_config() -> None:
    """The handler's app, or one that is made when it is asked for; the config is what clients read."""
    demo = gr.Interface(pair, ["text", "number"], ["number", "text"], examples=[["a", 1]])
    assert demo.config == demo.get_config_file()
    assert demo.app is demo.app
    assert "/config" in {getattr(route, "path", "") for route in demo.app.routes}
    assert demo.app is not gr.handler(demo).app is demo.app
    assert demo.examples_handler.dataset.raw_samples == [["a", 1]]


def test_a_launched_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment: it runs, and what ``launch`` returns is its app, which is made when it is used."""
    monkeypatch.setenv("ADAPTER_ENVIRONMENT", "1")
    demo = gr.Interface(pair, ["text", "number"], ["number", "text"])
    assert not demo.is_running
    app, address, public = demo.launch(inbrowser=True)
    assert (demo.is_running, demo.in_browser, demo.served, address, public) == (True, True, None, "", None)
    assert app.routes is demo.app.routes


def test_a_page_can_be_emptied() -> None:
    """And filled anew."""
    with gr.Blocks() as demo:
        gr.Textbox().change(lambda: None)
    with demo.clear():
        gr.Number()
    config = demo.get_config_file()
    assert ([one["type"] for one in config["components"]], config["dependencies"]) == (["number", "form"], [])


def test_a_file_of_this_machine_is_sent(tmp_path: Path) -> None:
    """As its data, or as ``FileData``; what comes back is a file, too."""
    place = tmp_path / "a.txt"
    place.write_text("text")
    demo = gr.Interface(lambda path: (Path(path).read_text(), path), gr.File(), ["text", "file"])
    given = gr.FileData(path=str(place), orig_name="a.txt")
    for one in (given, given.model_dump()):
        text, file = demo(one)
        assert (text, file["orig_name"]) == ("text", "a.txt")
