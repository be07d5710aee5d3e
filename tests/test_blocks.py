"""Pages of one's own."""

from __future__ import annotations

from typing import Any

import pytest

import adapter as gr
from adapter.errors import ConfigurationError


def test_a_block_has_its_number_under_gradios_name() -> None:
    """Scripts key their own tables by it."""
    text = gr.Textbox()
    assert text._id == text.id


def test_a_callable_value_is_asked_anew() -> None:
    """When the page is opened, when an input changes, and when its time has come."""
    with gr.Blocks() as demo:
        choice = gr.Dropdown(["a", "b"])
        gr.Textbox(lambda: "x")
        gr.Textbox(lambda given: given, inputs=choice, every=3)
        timer = gr.Timer(2)
        gr.Textbox(lambda: "y", every=timer)
    found = demo.get_config_file()
    types = {one["id"]: one["type"] for one in found["components"]}
    targets = [[(types.get(block), event) for block, event in one["targets"]] for one in found["dependencies"]]
    assert targets == [
        [(None, "load")],
        [("dropdown", "change"), ("timer", "tick"), (None, "load")],
        [("timer", "tick"), (None, "load")],
    ]
    assert [one["show_progress"] for one in found["dependencies"]] == ["full", "hidden", "hidden"]
    assert found["dependencies"][2]["targets"][0] == [timer.id, "tick"]
    assert [one["props"]["value"] for one in found["components"] if one["type"] == "timer"] == [2, 3]


def test_a_page_tells_what_it_is() -> None:
    """Its config and its API, as the routes do; also of what is not documented, if asked."""
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(lambda a: a, text, text, api_name="shown")
        text.change(lambda a: a, text, text, api_name="hidden", api_visibility="undocumented")
    assert demo.get_config_file()["mode"] == "blocks"
    assert list(demo.get_api_info()["named_endpoints"]) == ["/shown"]
    assert list(demo.get_api_info(all_endpoints=True)["named_endpoints"]) == ["/shown", "/hidden"]


def shout(text: str) -> str:
    """Say it loudly."""
    return text.upper()


def names(demo: gr.Blocks) -> list[str | None]:
    """Return what the API calls its listeners with a function."""
    return [one.api_name for one in demo.listeners if one.endpoint is not None]


def tree(blocks: list[Any]) -> list[Any]:
    """Return the types of blocks, those that hold others with what they hold."""
    return [[block.TYPE, *tree(block.children)] if block.children else block.TYPE for block in blocks]


def test_apps_stand_in_another_page() -> None:
    """Where they are rendered, or where their ``with`` or constructor stands; names that are taken get a number."""
    ready = gr.Interface(shout, "textbox", "textbox", clear_btn=None)
    with gr.Blocks() as demo:
        text = gr.Textbox()
        text.change(shout, text, text)
        with gr.Row():
            ready.render()
        with gr.Column(), gr.Blocks() as inner:
            other = gr.Number()
            other.change(abs, other, other, api_name="shout")
        with gr.Group():
            gr.Interface(shout, gr.Textbox(), gr.Textbox(), clear_btn=gr.Button())
    assert names(demo) == ["shout", "shout_1", "shout_2", "shout_3"]
    assert [one.endpoint.name for one in demo.listeners if one.endpoint] == names(demo)
    assert [one.id for one in demo.listeners] == list(range(len(demo.listeners)))
    assert tree(demo.children)[2] == ["column", ["form", "number"]]
    columns = ["column", ["column", ["form", "textbox"]], ["row", "button"]], ["column", ["form", "textbox"]]
    assert tree(demo.children)[1] == ["row", ["row", *columns]]
    assert set(inner.blocks) < set(demo.blocks)
    with demo, pytest.raises(ConfigurationError, match="an app can be rendered once"):
        ready.render()


def test_listeners_of_an_app_that_moved_go_on() -> None:
    """Chains and cancels name the same listeners, and what is added later is the page's."""
    with gr.Blocks() as inner:
        text = gr.Textbox()
        first = text.change(shout, text, text)
        first.then(shout, text, text)
        text.blur(None, cancels=first)
    with gr.Blocks() as demo:
        text.submit(shout, text, text, api_name="mine")
        inner.render()
        text.focus(None, cancels=first)
        first.success(shout, text, text, api_name="late")
    found = demo.get_config_file()["dependencies"]
    assert [(one["api_name"], one["trigger_after"], one["cancels"]) for one in found] == [
        ("mine", None, []),
        ("shout", None, []),
        ("shout_1", 1, []),
        ("unnamed", None, [1]),
        ("unnamed_1", None, [1]),
        ("late", 1, []),
    ]


def test_states_keep_names_of_their_own() -> None:
    """Two States of one page never share a value, wherever they came from."""

    def remember(text: str, kept: list[str]) -> tuple[str, list[str]]:
        return text, kept

    with gr.Blocks() as demo:
        gone, stays = gr.State(1), gr.State(2)
        gone.unrender()
        gr.State(3)
        gr.Interface(remember, ["textbox", gr.State([])], ["textbox", gr.State([])])
        gr.Interface(remember, ["textbox", "state"], ["textbox", "state"])
    assert stays in demo.states
    found = [state.variable.name for state in demo.states]
    assert len(found) == len(set(found)) == 4


def test_tabs_hold_apps() -> None:
    """One tab each, with the API of all."""
    apps = [gr.Interface(shout, "textbox", "textbox"), gr.Interface(abs, "number", "number")]
    demo = gr.TabbedInterface(apps, ["Text", "Numbers"], title="Both")
    assert names(demo) == ["shout", "abs"]
    found = demo.get_config_file()
    assert (found["mode"], found["title"]) == ("tabbed_interface", "Both")
    assert [one["props"]["label"] for one in found["components"] if one["type"] == "tabitem"] == ["Text", "Numbers"]
    with pytest.raises(ConfigurationError, match="3 names for 2 apps"):
        gr.TabbedInterface(apps, ["a", "b", "c"])
