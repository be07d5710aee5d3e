"""Properties that a function changed go on to count in its session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.errors import InvalidInput
from adapter.state.session import SessionId
from adapter.state.stores.base import StateStore
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.sqlite import SQLiteStore
from adapter.state.warm_store import WarmStore
from tests.test_endpoint import answer

BOB = SessionId("hash", "bob")


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[StateStore]:
    """What several environments share."""
    found = MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "state.db")
    yield found
    found.close()


def call(demo: gr.Blocks, name: str, store: StateStore, *data: Any, **options: Any) -> list[Any]:
    """Call an endpoint of Ann's session in an environment that knows nothing yet."""
    endpoint = demo.listener(api_name=name).endpoint
    assert endpoint is not None
    return answer(endpoint, WarmStore(store), *data, **options)


def choosing(*states: gr.State, **options: Any) -> gr.Blocks:
    """A page whose choices a function sets, and another takes."""
    with gr.Blocks() as demo:
        choice, out = gr.Dropdown(["a", "b"], **options), gr.JSON()
        gr.on(choice.focus, lambda *words: gr.Dropdown(choices=list("xyz")), None, choice, api_name="set")
        gr.on(choice.blur, lambda: gr.update(label="new"), None, choice, api_name="look")
        gr.on(choice.change, lambda value, *_: [value], [choice, *states], out, api_name="take")
    return demo


@pytest.mark.parametrize("with_state", [False, True])
def test_the_next_input_may_be_a_new_choice(store: StateStore, with_state: bool) -> None:
    """In the session whose function changed the choices, in any environment; other sessions have theirs."""
    demo = choosing(*[gr.State(1, render=False)] if with_state else [])
    slots = [None] if with_state else []
    with pytest.raises(InvalidInput, match="not in the list of choices: \\['a', 'b'\\]"):
        call(demo, "take", store, "x", *slots)
    call(demo, "set", store)
    assert call(demo, "take", store, "x", *slots) == [["x"]]
    with pytest.raises(InvalidInput, match="choices: \\['x', 'y', 'z'\\]"):
        call(demo, "take", store, "q", *slots)
    with pytest.raises(InvalidInput, match="choices: \\['a', 'b'\\]"):
        call(demo, "take", store, "x", *slots, session=BOB)


def test_places_are_those_of_the_new_choices(store: StateStore) -> None:
    """A component that gives places looks for the choices that stand there now."""
    demo = choosing(type="index")
    assert call(demo, "take", store, "b") == [[1]]
    call(demo, "set", store)
    assert call(demo, "take", store, "z") == [[2]]


def test_limits_and_kinds_change_too(store: StateStore) -> None:
    """What several updates change adds up; what is only seen is not kept."""
    with gr.Blocks() as demo:
        number, choice, out = gr.Slider(0, 10), gr.Dropdown(["a"]), gr.JSON()
        gr.on(number.change, lambda: gr.Slider(maximum=100), None, number, api_name="high")
        gr.on(number.input, lambda: gr.update(minimum=-5, label="n"), None, number, api_name="low")
        gr.on(choice.input, lambda: gr.Dropdown(["p", "q"], multiselect=True), None, choice, api_name="many")
        gr.on(choice.change, lambda a, b: [a, b], [number, choice], out, api_name="take")
    for name in ("high", "low", "many"):
        call(demo, name, store)
    assert call(demo, "take", store, 50, ["p", "q"]) == [[50, ["p", "q"]]]
    assert call(demo, "take", store, -5, ["q"]) == [[-5, ["q"]]]


class Counting(MemoryStore):
    """Counts what is read and written."""

    trips = 0

    def read(self, *args: Any, **options: Any) -> Any:
        self.trips += 1
        return super().read(*args, **options)

    def write(self, *args: Any, **options: Any) -> Any:
        self.trips += 1
        return super().write(*args, **options)


def test_who_changes_nothing_pays_nothing() -> None:
    """No round trip without a State, neither for an input that fits nor for an update that is only seen."""
    store, demo = Counting(), choosing()
    call(demo, "take", store, "a")
    call(demo, "look", store)
    assert store.trips == 0
    call(demo, "set", store)
    assert store.trips == 2
    call(demo, "take", store, "x")
    assert store.trips == 3


def test_a_call_without_a_session_keeps_nothing(store: StateStore) -> None:
    """There is nobody to keep it for."""
    demo = choosing()
    call(demo, "set", store, session=None)
    with pytest.raises(InvalidInput):
        call(demo, "take", store, "x", session=None)


def test_a_dropdown_made_one_for_several_gives_lists(store: StateStore) -> None:
    """Whatever the page shows then: several values, none, or the one from before; and one when it is one again."""
    with gr.Blocks() as demo:
        choice, out = gr.Dropdown(["a", "b"]), gr.Textbox()
        gr.on(choice.focus, lambda many: gr.Dropdown(multiselect=many), gr.Checkbox(), choice, api_name="make")
        gr.on(choice.change, lambda value, _: repr(value), [choice, gr.State(1)], out, api_name="take")
        gr.on(choice.change, repr, choice, out, api_name="take_alone")
    call(demo, "make", store, True)
    for name, slots in (("take", [None]), ("take_alone", [])):
        assert call(demo, name, store, ["b", "a"], *slots) == ["['b', 'a']"]
        assert call(demo, name, store, [], *slots) == ["[]"]
    assert call(demo, "take", store, "a", None) == ["['a']"]
    call(demo, "make", store, False)
    assert call(demo, "take", store, "a", None) == ["'a'"]
