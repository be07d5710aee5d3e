"""Functions that the script of an HTML component calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

import adapter as gr
from tests.web.conftest import Serve

scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="component-server-scores")


def none() -> str:
    """Take nothing."""
    return "none"


def one(value: Any) -> list[Any]:
    """Give back the argument."""
    return ["one", value]


def two(first: Any, second: Any) -> list[Any]:
    """Take two arguments."""
    return ["two", first, second]


def asked(value: Any, request: gr.Request) -> list[Any]:
    """Ask for the request."""
    return [value, type(request).__name__]


def same(value: Any) -> Any:
    """Give back the argument alone."""
    return value


@dataclass
class Drink:
    """What a function may return."""

    name: str
    price: int


def plain(value: Any) -> Drink:
    """Return an object that JSON has as a dict."""
    return Drink("tea", 2)


def refused(value: Any) -> None:
    """Refuse."""
    raise gr.Error(f"no {value}")


def kept(value: int) -> list[int]:
    """Keep a score."""
    scores.append(value)
    return list(scores)


def app() -> tuple[gr.Blocks, int]:
    """An app with a component that has functions, and the component's number."""
    with gr.Blocks() as demo:
        html = gr.HTML(server_functions=[none, one, two, same, plain, asked, refused, kept])
    return demo, html.id


def body(number: int, name: str, data: Any) -> dict[str, Any]:
    """Return what the page sends."""
    return {"component_id": number, "fn_name": name, "data": data, "session_hash": "some-session"}


@pytest.mark.parametrize(
    ("name", "data", "answer"),
    [
        ("none", [], "none"),
        ("one", 3, ["one", 3]),
        ("one", [1, 2], ["one", [1, 2]]),
        ("one", [], ["one", []]),
        ("one", {"a": None}, ["one", {"a": None}]),
        ("two", [1, 2], ["two", 1, 2]),
        ("asked", "x", ["x", "Request"]),
        ("one", "<script>x</script>", ["one", "<script>x</script>"]),
        ("same", "<script>x</script>", "<script>x</script>"),
        ("same", None, None),
        ("plain", "", {"name": "tea", "price": 2}),
    ],
)
def test_a_function_gets_what_the_script_gave(serve: Serve, name: str, data: Any, answer: Any) -> None:
    """One argument as it is, several as a list; what it returns is the answer, whatever a page would make of it."""
    demo, number = app()
    got = serve(demo)("POST", "/gradio_api/component_server", json=body(number, name, data))

    assert (got.status, got.json) == (200, answer)


def test_state_is_kept_on_any_environment(serve: Serve) -> None:
    """A function of a component is a call like any other."""
    demo, number = app()
    for turn, door in enumerate((serve(demo), serve(demo), serve(demo)), start=1):
        got = door("POST", "/gradio_api/component_server", json=body(number, "kept", turn))
        assert got.json == list(range(1, turn + 1))


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"fn_name": "nope"}, 404, "has no function 'nope'; it has: none, one"),
        ({"fn_name": "postprocess"}, 404, "has no function"),
        ({"component_id": 10**6}, 404, "has no function"),
        ({"fn_name": "two", "data": 1}, 422, "needs"),
        ({"fn_name": "refused", "data": "x"}, 500, "no x"),
        ({"component_id": "a"}, 400, "component_id"),
    ],
)
def test_what_cannot_be_called_is_told(serve: Serve, changed: dict[str, Any], status: int, said: str) -> None:
    """In words, with a status of its own."""
    demo, number = app()
    got = serve(demo)("POST", "/gradio_api/component_server", json={**body(number, "one", 1), **changed})

    assert said in str(got.json)
    assert got.status == status
