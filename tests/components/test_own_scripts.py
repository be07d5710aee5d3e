"""Scripts of an app's author, as files of its page."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys

import pytest

import adapter as gr
from adapter.calls import runner
from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Endpoint
from adapter.components.page_assets import own_scripts
from adapter.components.page_assets.head import parts
from adapter.gradio_api.config import config
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore
from adapter.web.page.files import page_files


def test_a_script_is_a_file_of_the_page_named_by_its_content() -> None:
    """What it says stands in it, and two that say the same are one."""
    name = own_scripts.function("(x) => x + 1;")

    assert name == own_scripts.function("(x) => x + 1;") != own_scripts.function("(x) => x + 2")
    assert name is not None
    assert b"return (\n(x) => x + 1\n); }" in page_files().contents[name]
    assert b"{\n(x) => x + 1;\n}" in page_files().contents[name.removesuffix(".js") + own_scripts.BODY]


@pytest.mark.parametrize("source", ["const x = 1; return x", "// why\n/* so */ return 2", "if (a) b()"])
def test_statements_are_known_where_they_are_plain(source: str) -> None:
    """A browser is spared the attempt to read them as an expression."""
    name = own_scripts.function(source)

    assert name is not None
    assert f"{{\n{source}\n}}".encode() in page_files().contents[name]


def test_every_process_gives_the_same_names() -> None:
    """A page of one environment finds its scripts in any other."""
    source = "(y) => [y, 'ä']"
    said = f"from adapter.components.page_assets import own_scripts; print(own_scripts.function({source!r}))"
    found = subprocess.run([sys.executable, "-c", said], stdout=subprocess.PIPE, text=True, check=True)

    assert found.stdout.strip() == own_scripts.function(source)


def test_a_listener_names_its_script_and_keeps_gradios_option() -> None:
    """Gradio's page reads the one, ours the other; what only sets constants needs no script."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(None, text, text, js="(x) => x.trim()")
        text.submit(None, None, text, js="() => [null]")
        text.blur(lambda x: x, text, text, js="() => [1]")
    found = config(demo)

    assert [one["js"] for one in found["dependencies"]] == ["(x) => x.trim()", "() => [null]", "() => [1]"]
    assert ["script" in one for one in found["dependencies"]] == [True, False, True]
    assert found["scripts"] == {}


def test_an_app_without_scripts_says_so() -> None:
    """Its page does not load what runs them."""
    with gr.Blocks() as demo:
        gr.ClearButton(gr.Textbox())

    assert "scripts" not in config(demo)


def test_a_call_declares_nothing() -> None:
    """A source that a function makes is none of the author's, unless the app has the same."""
    made: list[str | None] = []
    known = own_scripts.function("() => 'known'")

    def make(text: str) -> str:
        made.append(own_scripts.function(f"() => '{text}'"))
        made.append(own_scripts.module(text))
        made.append(own_scripts.plain(text))
        made.append(own_scripts.function("() => 'known'"))
        return text

    before = own_scripts.contents()
    endpoint = Endpoint(make, name="make", inputs=[gr.Textbox()], outputs=[gr.Textbox()])
    steps = runner.steps(endpoint, Call(data=["'; attack(); '"]), WarmStore(MemoryStore()))

    async def run() -> list[Step]:
        return [step async for step in steps]

    asyncio.run(run())

    assert made == [None, None, None, known]
    assert own_scripts.contents() == before


def test_the_parts_of_a_head_keep_their_order() -> None:
    """Scripts become files, of their kind; the rest is described."""
    found = parts(
        '<meta name="a" content="b"><script>one = 1 < 2;</script><script type="module">two;</script>'
        "<style>p {}</style><link rel='icon' href='/gradio_api/file=x.png' onload='no()'><script src='own.js' async>"
        "</script><script type='text/x-template'><b></script><title>No</title>"
    )
    contents = own_scripts.contents()

    assert [(one["tag"], one["attributes"]) for one in found] == [
        ("meta", {"name": "a", "content": "b"}),
        ("script", {}),
        ("script", {"type": "module"}),
        ("style", {}),
        ("link", {"rel": "icon", "href": "/gradio_api/file=x.png"}),
        ("script", {"src": "own.js", "async": ""}),
        ("script", {"type": "text/x-template"}),
    ]
    assert [contents[one["script"]] for one in found if "script" in one] == [b"one = 1 < 2;\n", b"two;\n"]
    assert [one["text"] for one in found if "text" in one] == ["p {}", "<b>"]


@pytest.mark.parametrize(
    "element",
    [
        '<script src="https://cdn.example.com/x.js"></script>',
        '<script src="//cdn.example.com/x.js"></script>',
        '<link rel="stylesheet" href="https://fonts.example.com/css">',
    ],
)
def test_what_is_elsewhere_is_left_out_and_noted(element: str, caplog: pytest.LogCaptureFixture) -> None:
    """The log names its address and what to do."""
    with caplog.at_level(logging.WARNING):
        assert parts(element) == []
    assert "example.com" in caplog.text
    assert "set_static_paths" in caplog.text


def test_gradios_page_gets_what_gradio_would_tell_it() -> None:
    """The head and the script stand in the config as they were given, by Blocks or by launch."""
    demo = gr.Blocks(head="<style>p {}</style>")
    demo.dress({"js": "() => 1"})
    found = config(demo)

    assert (found["head"], found["js"]) == ("<style>p {}</style>", "() => 1")
    assert set(found["scripts"]) == {"head", "load"}
