"""Rows of values that a visitor picks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.calls import runner
from adapter.calls.call import Call
from adapter.errors import ConfigurationError, NotAvailable
from adapter.settings import Settings
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore
from tests.support.http import Door


def picked(demo: gr.Blocks, row: int) -> list[Any]:
    """Pick a row of the page's first table and return what the inputs get."""
    endpoint = demo.listener(api_name="load_example").endpoint
    assert endpoint is not None
    return asyncio.run(runner.result(endpoint, Call(data=[row]), WarmStore(MemoryStore()))).data


def test_a_row_goes_into_the_inputs() -> None:
    """What a row leaves out stays as it is, and inputs without examples are left alone."""
    with gr.Blocks() as demo:
        text, number, other = gr.Textbox(), gr.Number(precision=0), gr.Textbox()
        shown = gr.Examples([["a", 1.2], ["b"], ["c", None, None]], [text, number, other], label="Try")
    assert picked(demo, 0) == ["a", 1]
    assert picked(demo, 1) == ["b", {"__type__": "update"}]
    assert shown.dataset.label == "Try"
    [one] = demo.listeners
    assert (one.outputs, one.visibility) == ([text, number], "undocumented")


@pytest.mark.parametrize("rows", [["a", "b"], [["a"], ["b"]]])
def test_one_input_takes_plain_values(rows: list[Any]) -> None:
    """Or rows of one."""
    with gr.Blocks() as demo:
        gr.Examples(rows, gr.Textbox())
    assert picked(demo, 1) == ["b"]


def test_picking_may_run_the_function() -> None:
    """After the inputs have their values."""
    with gr.Blocks() as demo:
        text, out = gr.Textbox(), gr.Textbox()
        gr.Examples(["a"], text, out, str.upper, run_on_click=True)
    load, run = demo.listeners
    assert (run.options.trigger_after, run.inputs, run.outputs) == (load.id, [text], [out])


def test_examples_that_gradio_would_have_run_at_start_run_when_they_are_picked() -> None:
    """``cache_examples`` gives a row's outputs at once in Gradio; without a function there is nothing to run."""
    with gr.Blocks() as demo:
        text, out = gr.Textbox(), gr.Textbox()
        gr.Examples(["a"], text, out, str.upper, True)
        gr.Examples(["a"], text, cache_examples=True)
    assert [listener.outputs for listener in demo.listeners] == [[text], [out], [text]]


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"run_on_click": True}, ConfigurationError, "give it fn"),
        ({"examples": []}, ConfigurationError, "no rows"),
        ({"examples": "folder"}, NotAvailable, "'folder'"),
    ],
)
def test_what_is_not_there_says_so(options: dict[str, Any], error: type[Exception], words: str) -> None:
    """When the app is built."""
    with gr.Blocks(), pytest.raises(error, match=words):
        gr.Examples(**{"examples": ["a"], "inputs": gr.Textbox(), **options})


def test_examples_have_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table shows the app's files; a chosen row puts them into the inputs, as files of the session."""
    monkeypatch.chdir(tmp_path)
    Path("cat.txt").write_text("a cat")
    Path("dot.png").write_bytes(b"picture")
    with gr.Blocks() as demo:
        file, picture = gr.File(label="File"), gr.Image(label="Picture")
        examples = gr.Examples([["cat.txt", "dot.png"]], [file, picture], api_visibility="public")
    door = Door(gr.handler(demo, settings=Settings(store="memory:", files=str(tmp_path / "files"))))
    [[name, shown]] = examples.dataset.config()["props"]["samples"]

    assert name == "cat.txt"
    assert door.get(f"/gradio_api/file={shown['path']}").body == b"picture"
    body = {"data": [0], "session_hash": "ann"}
    put = door("POST", "/gradio_api/run/load_example", json=body).json["data"]
    assert [one["orig_name"] for one in put] == ["cat.txt", "dot.png"]
    assert [(tmp_path / "files" / one["path"]).read_bytes() for one in put] == [b"a cat", b"picture"]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, ["load_example", "shout"]),
        ({"cache_examples": True}, ["load_example_input", "load_example", "shout"]),
        ({"cache_examples": True, "api_name": "picked"}, ["load_example_input", "picked", "shout"]),
        ({"run_on_click": True}, ["load_example", "shout", "shout_1"]),
    ],
    ids=["plain", "cached", "cached and named", "on a click"],
)
def test_examples_leave_the_function_s_name_to_the_app(options: dict[str, Any], names: list[str]) -> None:
    """Clients call ``/shout``, also where examples run it; but for those that run it on a click, as in Gradio."""

    def shout(text: str) -> str:
        return text.upper()

    with gr.Blocks() as demo:
        text, shown = gr.Textbox(), gr.Textbox()
        gr.Examples(["a"], text, shown, shout, **options)
        text.submit(shout, text, shown)
    assert [one.api_name for one in demo.listeners] == names


def upper(text: str, times: float) -> str:
    """Return the text in capitals, so many times."""
    return text.upper() * int(times)


async def upper_later(text: str, times: float) -> str:
    """Return the same, later."""
    return upper(text, times)


def growing(text: str, times: float) -> Iterator[str]:
    """Yield one more each time."""
    for number in range(int(times)):
        yield text.upper() * (number + 1)


async def growing_later(text: str, times: float) -> AsyncIterator[str]:
    """Yield the same, later."""
    for one in growing(text, times):
        yield one


def for_somebody(request: gr.Request, text: str, times: float) -> str:
    """Return it for Ann alone."""
    return text.upper() * int(times) if request.session_hash == "ann" else ""


def batched(texts: list[str], times: list[float]) -> list[list[str]]:
    """Return it for several at once."""
    return [[upper(text, number) for text, number in zip(texts, times, strict=True)]]


@pytest.mark.parametrize("fn", [upper, upper_later, growing, growing_later, for_somebody, batched])
def test_the_name_belongs_to_the_cached_answer(fn: Callable[..., Any], tmp_path: Path) -> None:
    """With ``cache_examples`` callers give a row and get what the function, of any kind, answers to it."""
    with gr.Blocks() as demo:
        text, times, out = gr.Textbox(), gr.Number(2), gr.Textbox()
        rows = [["a", 3], ["b", None], ["c"]]
        gr.Examples(rows, [text, times], out, fn, True, api_name="picked", api_visibility="public", batch=fn is batched)
    door = Door(gr.handler(demo, settings=Settings(store="memory:", files=str(tmp_path))))

    assert [door.run(place, api="picked", session="ann").data for place in range(3)] == [["AAA"], ["BB"], ["CC"]]
    assert door.run(0, api="load_example_input", session="ann").data == ["a", 3]
    [(name, endpoint)] = door.get("/gradio_api/info").json["named_endpoints"].items()
    assert (name, len(endpoint["parameters"]), len(endpoint["returns"])) == ("/picked", 1, 1)


def test_an_interface_answers_its_examples() -> None:
    """``cache_examples`` of an Interface: callers give the row's number and get the answer."""
    demo = gr.Interface(upper, ["textbox", "number"], "textbox", examples=[["a", 3]], cache_examples=True)
    door = Door(gr.handler(demo, settings=Settings(store="memory:")))
    assert door.run(0, api="load_example").data == ["AAA"]


def test_what_a_row_has_too_much_is_left_out() -> None:
    """As in Gradio, whose rows may come from a log with the outputs beside."""
    with gr.Blocks() as demo:
        gr.Examples([["a", 1, "more"], ["b", 2]], [gr.Textbox(), gr.Number()])
    assert picked(demo, 0) == ["a", 1]
