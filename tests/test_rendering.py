"""Parts of a page that a function draws, on any number of environments."""

# ruff: noqa: D103 - functions that draw and listen

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter import context
from adapter.app import drawings
from adapter.errors import ConfigurationError
from adapter.gradio_api.config import config
from adapter.gradio_api.info import info
from adapter.settings import Settings
from adapter.state.warm_store import MOST_MADE, LatestMade
from adapter.web.service import Service
from tests.support.http import Door

Build = Callable[[], gr.Blocks]


def board() -> gr.Blocks:
    """Return a page that draws a field for each of a number, and a button that joins them."""
    with gr.Blocks() as demo:
        number = gr.Number(2)
        out = gr.Textbox()
        words = gr.State(["a"])

        @gr.render(inputs=[number, words])
        def fields(fields_wanted: float, known: list[str], request: gr.Request) -> None:
            gr.Markdown(f"{known} {request.method}")
            boxes = [gr.Textbox(str(place), key=f"box-{place}") for place in range(int(fields_wanted))]
            counted, kept = gr.State(0), gr.State(0, key="kept")

            def join(event: gr.EventData, runs: int, all_runs: int, *texts: str) -> Any:
                return runs + 1, all_runs + 1, f"{runs} {all_runs} {'-'.join(texts)} {event.target}"

            gr.Button("Join", key="join").click(join, [counted, kept, *boxes], [counted, kept, out])
            gr.Button("Grow").click(lambda before: [*before, "b"], words, words)

    return demo


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Build], Door]:
    """Return a function that starts an environment of an app; all share one store, and none another's memory."""
    settings = Settings(store=f"sqlite:///{tmp_path}/state.db", session_keys=("k" * 32,))

    def started(build: Build) -> Door:
        monkeypatch.setattr(context, "ids", count())
        return Door(gr.handler(build(), settings=settings))

    return started


def forget(*doors: Door) -> None:
    """Make environments forget what they have drawn."""
    for door in doors:
        made(door).clear()


def made(door: Door) -> LatestMade:
    """Return what an environment remembers."""
    service: Service = door.handler.app.state.service
    return service.warm_store.made


def drawn(door: Door, *data: Any, session: str = "ann", fn_index: int = 0) -> dict[str, Any]:
    """Draw the part, and return what the page is told of it."""
    body = {"data": list(data), "fn_index": fn_index, "session_hash": session}
    answer = door("POST", "/gradio_api/run/apply", json=body)
    assert answer.data == [None]
    found = answer.json["render_config"]
    assert found["page"] == {
        "": {
            "layout": found["layout"],
            "components": [one["id"] for one in found["components"]],
            "dependencies": [one["id"] for one in found["dependencies"]],
        }
    }
    return dict(found)


def listen(door: Door, part: dict[str, Any], *data: Any, listener: int = 0, session: str = "ann") -> Any:
    """Call one of the part's listeners, as its page does."""
    dependency = part["dependencies"][listener]
    body = {
        "data": list(data),
        "fn_index": dependency["id"],
        "session_hash": session,
        "trigger_id": dependency["targets"][0][0],
        "event_data": {},
    }
    return door("POST", f"/gradio_api/run/{dependency['api_name']}", json=body)


def by_type(part: dict[str, Any], kind: str) -> list[int]:
    """Return the ids of the part's components of a type."""
    return [one["id"] for one in part["components"] if one["type"] == kind]


def test_the_config_has_the_place_and_its_triggers() -> None:
    """What is drawn into it comes later; the API does not tell it."""
    demo = board()
    [apply] = config(demo)["dependencies"]
    [container] = [one["id"] for one in config(demo)["components"] if one["type"] == "column"]
    assert (apply["outputs"], apply["render_id"], apply["rendered_in"]) == ([container], 0, None)
    assert [event for _, event in apply["targets"]] == ["load", "change", "change"]
    assert (apply["trigger_mode"], apply["show_progress"]) == ("always_last", "full")
    assert info(demo)["named_endpoints"] == {}


def test_what_is_drawn_is_told_in_gradios_form(start: Callable[[Build], Door]) -> None:
    """Its container, blocks and listeners, each marked as of its part; not more in ``/config``."""
    door = start(board)
    before = door.get("/config").json
    part = drawn(door, 2, None)
    assert part["render_id"] == 0
    assert part["components"][0]["type"] == "column"
    assert all(one["rendered_in"] == one["renderable"] == 0 for one in part["components"][1:])
    assert all(one["rendered_in"] == 0 for one in part["dependencies"])
    assert [one["props"].get("value") for one in part["components"] if one["type"] == "textbox"] == ["0", "1"]
    assert part["layout"]["id"] == part["components"][0]["id"]
    assert door.get("/config").json == before
    json.dumps(part)


def test_a_listener_of_a_part_runs(start: Callable[[Build], Door]) -> None:
    """With the part's own States, those of the page, and the block of the event."""
    door = start(board)
    part = drawn(door, 2, None)
    assert listen(door, part, None, None, "x", "y").data[2].startswith("0 0 x-y <Button ")
    assert listen(door, part, None, None, "x", "y").data[2].startswith("1 1 x-y <Button ")
    grown = listen(door, part, None, listener=1)
    assert grown.json["changed_state_ids"] == [3]
    assert drawn(door, 1, None)["components"][1]["props"]["value"] == "['a', 'b'] POST"


def test_an_environment_that_has_not_drawn_a_part_draws_it_again(start: Callable[[Build], Door]) -> None:
    """From what the session's page was drawn from, whatever its States are by then."""
    first, second = start(board), start(board)
    part = drawn(first, 3, None)
    listen(first, part, None, listener=1)
    for place, door in enumerate([second, first, second]):
        forget(first, second)
        assert listen(door, part, None, None, "x", "y", "z").data[2].startswith(f"{place} {place} x-y-z ")


def test_the_queue_finds_a_parts_listeners_too(start: Callable[[Build], Door]) -> None:
    """And draws parts."""
    door = start(board)
    completed = door.queue(2, None)[-2]
    assert completed["msg"] == "process_completed"
    part = completed["output"]["render_config"]
    forget(door)
    answer = door.queue(None, None, "x", "y", fn_index=part["dependencies"][0]["id"])[-2]
    assert answer["output"]["data"][2].startswith("0 0 x-y")


def test_a_key_keeps_a_blocks_number_and_a_states_value(start: Callable[[Build], Door]) -> None:
    """What has none is another block, and a State without one starts anew."""
    first, second = start(board), start(board)
    old = drawn(first, 2, None)
    listen(first, old, None, None, "x", "y")
    forget(first, second)
    new = drawn(second, 3, None)
    assert by_type(new, "textbox")[:2] == by_type(old, "textbox")
    assert by_type(new, "button")[0] == by_type(old, "button")[0]
    assert by_type(new, "button")[1] != by_type(old, "button")[1]
    assert by_type(new, "markdown") != by_type(old, "markdown")
    assert listen(first, new, None, None, "x", "y", "z").data[2].startswith("0 1 x-y-z")


def test_a_session_has_parts_of_its_own(start: Callable[[Build], Door]) -> None:
    """Nobody calls what another session was shown."""
    door = start(board)
    part = drawn(door, 2, None, session="ann")
    assert listen(door, part, None, None, "x", "y", session="bob").status == 404
    drawn(door, 1, None, session="bob")
    assert listen(door, part, None, None, "x", "y", session="ann").data[2].startswith("0 0 x-y")


def test_what_was_drawn_over_is_gone(start: Callable[[Build], Door]) -> None:
    """An environment that does not remember it says that the part has been drawn anew."""
    door = start(board)
    part = drawn(door, 2, None)
    drawn(door, 3, None)
    forget(door)
    answer = listen(door, part, None, None, "x", "y")
    assert answer.status == 404
    assert answer.json["error"] == "this part of the page has been drawn anew since; use what it shows now."


@pytest.mark.parametrize("fn_index", [10**9, 2 * 10**9, 10**15, 7, -1, -(10**9)])
def test_a_number_that_is_nobodys_is_not_found(fn_index: int, start: Callable[[Build], Door]) -> None:
    """Never an error of the server's."""
    body = {"data": [], "fn_index": fn_index, "session_hash": "ann"}
    door = start(board)
    assert door("POST", "/gradio_api/run/apply", json=body).status == 404
    assert door("POST", "/gradio_api/queue/join", json=body).status == 404


def test_what_fails_changes_nothing(start: Callable[[Build], Door]) -> None:
    """What was drawn before still stands."""

    def build() -> gr.Blocks:
        with gr.Blocks() as demo:
            number = gr.Number()

            @gr.render(number)
            def part(value: float) -> None:
                gr.Button().click(lambda: value, None, number)
                if value == 0:
                    raise ValueError("no")
                if value < 0:
                    raise gr.Error("not below zero")

        return demo

    door = start(build)
    part = drawn(door, 3)
    for value, status, said in ((0, 500, "Something went wrong"), (-1, 500, "not below zero")):
        answer = door("POST", "/gradio_api/run/apply", json={"data": [value], "fn_index": 0, "session_hash": "ann"})
        assert (answer.status, said in answer.body.decode()) == (status, True)
        forget(door)
    assert listen(door, part).data == [3]
    assert context.root.get() is None
    assert context.numbers.get() is None


def test_parts_of_an_app_inside_another_work(start: Callable[[Build], Door]) -> None:
    """Each part of a page has numbers of its own."""

    def build() -> gr.Blocks:
        with gr.Blocks() as inner:
            gr.render()(lambda: gr.Button("in").click(lambda: "inner", None, gr.Textbox()))
        with gr.Blocks() as demo:
            gr.render()(lambda: gr.Button("out").click(lambda: "outer", None, gr.Textbox()))
            inner.render()
        return demo

    door = start(build)
    parts = [drawn(door, fn_index=one["id"]) for one in door.get("/config").json["dependencies"]]
    forget(door)
    assert [listen(door, part).data for part in parts] == [["outer"], ["inner"]]
    assert [part["render_id"] for part in parts] == [0, 1]


def test_ready_made_pages_can_be_drawn(start: Callable[[Build], Door]) -> None:
    """An Interface inside a part, with its form and listeners."""

    def build() -> gr.Blocks:
        with gr.Blocks() as demo:

            @gr.render()
            def part() -> None:
                gr.Interface(lambda text: text + "!", "textbox", "textbox", api_name="shout")

        return demo

    door = start(build)
    part = drawn(door)
    forget(door)
    names = [one["api_name"] for one in part["dependencies"]]
    assert listen(door, part, "hi", listener=names.index("shout")).data == ["hi!"]


def test_what_is_drawn_may_change_the_pages_components(start: Callable[[Build], Door]) -> None:
    """Choices that a drawn listener gave are those of the session, in every environment."""

    def build() -> gr.Blocks:
        with gr.Blocks() as demo:
            choice = gr.Dropdown(["a"])
            choice.change(lambda value: None, choice, None, api_name="pick")

            @gr.render()
            def part() -> None:
                gr.Button().click(lambda: gr.Dropdown(choices=["b"]), None, choice)

        return demo

    first, second = start(build), start(build)
    part = drawn(first, fn_index=1)
    assert first.run("b", api="pick", session="ann").status == 422
    listen(first, part)
    assert second.run("b", api="pick", session="ann").status == 200


def test_two_who_draw_at_once_draw_one_after_the_other(start: Callable[[Build], Door]) -> None:
    """The numbers of what the loser drew first are the winner's: it is drawn again under its own."""
    door, other = start(board), start(board)
    drawn(door, 1, None)
    draw = drawings.Part.draw
    parts: list[dict[str, Any]] = []
    runs: list[str] = []

    def late(part: drawings.Part, *arguments: Any) -> drawings.Drawing:
        drawing = draw(part, *arguments)
        if not runs:
            runs.append("mine")
            winner = threading.Thread(target=lambda: parts.append(drawn(other, 3, None)))
            winner.start()
            winner.join()
        return drawing

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(drawings.Part, "draw", late)
        mine = drawn(door, 2, None)
    assert mine["dependencies"][0]["id"] != parts[0]["dependencies"][0]["id"]
    assert len(by_type(mine, "textbox")) == 2
    assert listen(door, mine, None, None, "x", "y").data[2].startswith("0 0 x-y")
    forget(door)
    assert listen(door, parts[0], None, None, "x", "y", "z").status == 404


def many() -> None:
    for _ in range(10_000):
        gr.Markdown()


def twice() -> None:
    gr.Textbox(key="k")
    gr.Textbox(key="k")


def nested() -> None:
    gr.render()(lambda: None)


@pytest.mark.parametrize("fn", [many, twice, nested])
def test_what_cannot_be_drawn_is_told(fn: Callable[[], None]) -> None:
    """To those who run the app."""
    with gr.Blocks():
        gr.render()(fn)
        [part] = context.root.get().parts  # type: ignore[union-attr]
    said = {many: "it may have 9,999", twice: "two blocks of the key 'k'", nested: "draws another part"}[fn]
    with pytest.raises(ConfigurationError, match=said):
        part.draw([], 1, {})
    assert context.numbers.get() is None


async def later() -> None: ...


def generator() -> Any:
    yield


@pytest.mark.parametrize("fn", [later, generator])
def test_a_plain_function_draws(fn: Callable[..., Any]) -> None:
    """Gradio takes no other, either."""
    with (
        gr.Blocks(),
        pytest.raises(ConfigurationError, match=f"render\\(\\) was given {fn.__name__}, a generator or async"),
    ):
        gr.render()(fn)


def test_a_part_stands_in_a_page() -> None:
    """As every block and listener."""
    with pytest.raises(ConfigurationError, match=r"render\(\) is called outside a Blocks context"):
        gr.render()


def test_a_part_in_a_row_is_a_row() -> None:
    """Its blocks stand beside each other, as in Gradio; it may be triggered by whatever happens."""
    with gr.Blocks() as demo, gr.Row():
        button = gr.Button()
        gr.render(triggers=[button.click, demo.load])(lambda: None)
    [part] = demo.parts
    assert isinstance(part.container, gr.Row)
    assert config(demo)["dependencies"][0]["targets"] == [[button.id, "click"], [None, "load"]]


def test_an_environment_remembers_so_many_drawings_and_no_more(start: Callable[[Build], Door]) -> None:
    """The others are drawn again when they are asked for."""
    door = start(board)
    parts = {f"s{n}": drawn(door, 1, None, session=f"s{n}") for n in range(MOST_MADE + 2)}
    assert len(made(door)) == MOST_MADE
    assert listen(door, parts["s0"], None, None, "x", session="s0").data[2].startswith("0 0 x")


def test_drawing_leaves_no_trace_in_a_loop() -> None:
    """Numbers of blocks that other tasks make meanwhile are not the part's."""

    async def ids() -> list[int]:
        return [gr.Textbox().id for _ in range(2)]

    with gr.Blocks() as demo:
        gr.render()(lambda: None)
    demo.parts[0].draw([], 3, {})
    assert max(asyncio.run(ids())) < drawings.SPACE
