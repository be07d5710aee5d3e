"""Components in messages off the wire: what was sent, and nothing made of it."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.components.base import Block, Component
from adapter.components.chatbot import Chatbot
from adapter.components.data import JSON
from adapter.components.image import Image
from adapter.components.sent_component import SentComponent
from adapter.components.shortcuts import SHORTCUTS
from adapter.components.updates import outgoing
from adapter.errors import AdapterError
from adapter.files import LocalFiles
from adapter.state.codec import decode, encode

WIRE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["/etc/passwd", __file__, "app.py", "files/x/app.py", "https://127.0.0.1/x.png"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip
ARGUMENTS = st.dictionaries(
    st.sampled_from(
        ["value", "label", "choices", "samples", "components", "render", "every", "inputs", "type", "watermark", "id"]
    )
    | st.text(max_size=8),
    WIRE,
    max_size=5,
)
PARTS = st.fixed_dictionaries(
    {
        "type": st.just("component") | WIRE,
        "component": st.sampled_from([*SHORTCUTS, "row", "model3d", "json ", "__class__"])
        | st.text(max_size=10)
        | WIRE,
        "value": WIRE,
        "constructor_args": ARGUMENTS | WIRE,
        "props": ARGUMENTS | WIRE,
    },
    optional={"text": WIRE, "file": WIRE, "alt_text": WIRE, "instance": WIRE},
)


def part(component: str = "json", **more: Any) -> dict[str, Any]:
    """Return a component's part of a message, as pages send it."""
    return {"type": "component", "component": component, "value": {"a": 1}, "constructor_args": {}, "props": {}} | more


def taken(sent: Any) -> list[dict[str, Any]]:
    """Return what a function gets for a conversation of one message with one part."""
    return Chatbot(render=False).preprocess([{"role": "user", "content": [sent]}])


@settings(max_examples=200)
@given(sent=PARTS)
def test_nothing_is_constructed_and_nothing_opened_for_a_message(sent: dict[str, Any]) -> None:
    """Whatever a component's part says, no constructor runs, and the message is taken as it is, or refused."""
    chatbot = Chatbot(render=False)
    said = [{"role": "user", "metadata": None, "content": [sent], "options": None}]
    built = mock.patch.object(Block, "__new__", side_effect=AssertionError("a block was constructed"))
    opened = mock.patch.object(builtins, "open", side_effect=AssertionError("a file was opened"))
    try:
        with built, opened:
            got = chatbot.preprocess(said)
    except AdapterError:
        return
    [content] = got[0]["content"]
    if content["type"] == "component":
        expected = {name: sent[name] for name in ("component", "value", "constructor_args", "props")}
        assert chatbot.postprocess(got)[0]["content"] == [expected | {"type": "component"}]


@pytest.mark.parametrize("component", [*SHORTCUTS])
def test_the_apps_own_files_are_not_copied_for_a_message(component: str, files: LocalFiles) -> None:
    """A path in a component's arguments, value or look is a text that was sent, of whatever kind the component is."""
    Path("app.py").write_text("SECRET = 1")
    for place in ("constructor_args", "props"):
        taken(part(component, value="app.py", **{place: {"value": "app.py", "label": "L"}}))
    taken(part(component, value={"path": "app.py", "meta": {"_type": "gradio.FileData"}}))

    assert [path for path in files.root.rglob("*") if path.is_file()] == []


def test_a_function_reads_a_sent_component_as_one() -> None:
    """Its class, value and look are there, and it may be sent again in another message, or kept in a State."""
    [sent] = Chatbot().postprocess([{"role": "assistant", "content": JSON({"a": 1}, label="L")}])
    [got] = Chatbot().preprocess([sent])
    instance = got["content"][0]["instance"]

    assert isinstance(instance, JSON)
    assert isinstance(instance, Component)
    assert not isinstance(instance, Image)
    assert (instance.value, instance.label, instance.visible) == ({"a": 1}, "L", True)
    assert (instance.elem_id, instance.max_height) == (None, 500)
    with pytest.raises(AttributeError, match="'nothing'"):
        _ = instance.nothing  # type: ignore[attr-defined]
    again = Chatbot().postprocess([{"role": "assistant", "content": [instance, "text"]}])
    assert again[0]["content"][0] == sent["content"][0]
    kept = decode(encode([got], name="history"))
    assert kept[0]["content"][0]["instance"].value == {"a": 1}
    assert type(kept[0]["content"][0]["instance"]) is SentComponent


def test_a_component_of_the_apps_own_comes_back_too() -> None:
    """One that the adapter does not have is known by its class's name."""

    class Board(JSON):
        """The app's own."""

    [sent] = Chatbot().postprocess([{"role": "assistant", "content": Board([1])}])
    [got] = Chatbot().preprocess([sent])

    assert isinstance(got["content"][0]["instance"], Board)


def test_a_sent_component_is_no_update() -> None:
    """Returned for an output it is refused in words: what a visitor sent sets no properties."""
    [got] = taken(part("image", constructor_args={"value": "app.py"}))
    with pytest.raises(TypeError, match="a component of your own"):
        outgoing(Image(), got["content"][0]["instance"])
