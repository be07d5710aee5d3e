"""Endpoints that are made of functions and their type hints."""

# ruff: noqa: D103 - functions that become endpoints

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypedDict

import pytest

import adapter as gr
from adapter.app.type_schema import fits, schema_of
from adapter.errors import ConfigurationError
from adapter.gradio_api.config import config
from adapter.gradio_api.info import info
from adapter.settings import Settings
from tests.support.http import Door


class Size(enum.Enum):
    """An enum."""

    SMALL = "s"
    LARGE = "l"


@dataclass
class Order:
    """A record with a default."""

    item: str
    count: int = 1
    notes: list[str] = field(default_factory=list)


class Place(TypedDict, total=False):
    """A dict of which nothing is needed."""

    street: str


SCHEMAS: dict[str, tuple[Any, dict[str, Any]]] = {
    "str": (str, {"type": "string"}),
    "int": (int, {"type": "integer"}),
    "float": (float, {"type": "number"}),
    "bool": (bool, {"type": "boolean"}),
    "none": (None, {"type": "null"}),
    "any": (Any, {}),
    "bytes": (bytes, {"type": "string", "format": "byte"}),
    "list": (list, {"type": "array", "items": {}}),
    "list of int": (list[int], {"type": "array", "items": {"type": "integer"}}),
    "dict": (dict, {"type": "object", "additionalProperties": {}}),
    "dict of float": (dict[str, float], {"type": "object", "additionalProperties": {"type": "number"}}),
    "dict by int": (dict[int, str], {}),
    "set": (set[str], {"type": "array", "uniqueItems": True, "items": {"type": "string"}}),
    "tuple of many": (tuple[int, ...], {"type": "array", "items": {"type": "integer"}}),
    "pair": (
        tuple[int, str],
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2, "maxItems": 2},
    ),
    "optional": (int | None, {"oneOf": [{"type": "null"}, {"type": "integer"}]}),
    "union": (int | str, {"anyOf": [{"type": "integer"}, {"type": "string"}]}),
    "one literal": (Literal["a"], {"const": "a"}),
    "literals": (Literal["a", 2], {"enum": ["a", 2]}),
    "annotated": (Annotated[int, "said of it"], {"type": "integer"}),
    "enum": (Size, {"enum": ["s", "l"]}),
    "dataclass": (
        Order,
        {
            "type": "object",
            "properties": {
                "item": {"type": "string"},
                "count": {"type": "integer"},
                "notes": {"type": "array", "items": {"type": "string"}},
            },
            "required": ["item"],
        },
    ),
    "typed dict": (Place, {"type": "object", "properties": {"street": {"type": "string"}}}),
    "generator": (Iterator[int], {}),
}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_type_hint_becomes_the_schema_that_gradio_gives_it(kind: str) -> None:
    """A type that JSON has no form of says nothing."""
    hint, schema = SCHEMAS[kind]
    assert schema_of(hint) == schema


@pytest.mark.parametrize(
    ("data", "hint", "good"),
    [
        (1, int, True), (1.5, int, False), (True, int, False), ("1", int, False), (1, float, True), (True, bool, True),
        (0, bool, False), (None, int | None, True), (None, int, True), ("x", int | str, True), ([], int | str, False),
        ("s", Size, True), ("m", Size, False), ("a", Literal["a"], True), ("b", Literal["a"], False),
        ([1], list[str], True),
        ({}, list, False), ({"item": 3}, Order, True),
        (3, Any, True),
    ],
)  # fmt: skip
def test_data_is_checked_by_its_kind(data: Any, hint: Any, good: bool) -> None:
    """What is inside a list or an object is the function's business."""
    assert fits(data, schema_of(hint)) is good


def served(fn: Callable[..., Any], **options: Any) -> Door:
    """Return an environment whose API has ``fn``."""
    with gr.Blocks() as demo:
        gr.api(fn, **options)
    return Door(gr.handler(demo, settings=Settings()))


def slice_of(a: int, b: int, c: list[str]) -> tuple[int, list[str]]:
    """Add and slice."""
    return a + b, c[a:b]


def test_a_function_becomes_an_endpoint() -> None:
    """Its parameters and results are told by its hints, its description by its docstring."""
    door = served(slice_of, api_name="add_and_slice")
    told = door.get("/gradio_api/info").json["named_endpoints"]["/add_and_slice"]
    assert [(one["parameter_name"], one["label"], one["component"]) for one in told["parameters"]] == [
        ("a", "1st", "Api"),
        ("b", "2nd", "Api"),
        ("c", "3rd", "Api"),
    ]
    assert [one["type"] for one in told["returns"]] == [
        {"type": "integer"},
        {"type": "array", "items": {"type": "string"}},
    ]
    assert told["description"] == "Add and slice."
    assert door.run(1, 3, ["x", "y", "z"], api="add_and_slice").data == [4, ["y", "z"]]


def test_defaults_and_what_is_filled_in_are_as_in_any_listener() -> None:
    """Records and enums are defaults in their wire's form; a request is no input."""

    def order(item: str, request: gr.Request, size: Size = Size.LARGE, of: Order = Order("tea")) -> str:  # noqa: B008
        return f"{item} {size} {of} {bool(request.method)}"

    door = served(order)
    parameters = door.get("/gradio_api/info").json["named_endpoints"]["/order"]["parameters"]
    assert [one["parameter_default"] for one in parameters] == [None, "l", {"item": "tea", "count": 1, "notes": []}]
    made = door("POST", "/gradio_api/call/v2/order", json={"item": "cake"})
    [(event, data)] = door.get(f"/gradio_api/call/order/{made.json['event_id']}").events
    assert (event, data) == ("complete", ["cake l {'item': 'tea', 'count': 1, 'notes': []} True"])


def test_results_go_out_in_their_wires_form() -> None:
    """Records, enums and sets, as JSON has them."""

    def make(size: str) -> tuple[Order, Size, set[int]]:
        return Order("tea"), Size(size), {3, 1}

    assert served(make).run("s", api="make").data == [{"item": "tea", "count": 1, "notes": []}, "s", [1, 3]]


def test_generators_and_functions_without_results_are_endpoints_too() -> None:
    """As a decorator, the function stays what it is."""
    seen: list[int] = []
    with gr.Blocks() as demo:

        @gr.api(api_name="count")
        def counting(to: int) -> int:  # type: ignore[misc]
            yield from range(to)

        @gr.api()
        def note(number: int) -> None:
            seen.append(number)

    door = Door(gr.handler(demo, settings=Settings()))
    assert [data for _, data in door.call(3, api="count")] == [[0], [1], [2], [2]]
    assert door.run(7, api="note").data == []
    note(8)
    assert seen == [7, 8]


def test_wrong_data_is_the_callers_mistake() -> None:
    """Named by its place, with the schema that is wanted."""
    answer = served(slice_of).run("1", 2, [], api="slice_of")
    assert answer.status == 422
    assert "The input of '1st' is '1' (str); data of the schema {'type': 'integer'} is wanted." in answer.body.decode()


def test_nothing_of_it_is_on_the_page() -> None:
    """Its values are components for the clients, and stand in no layout."""
    with gr.Blocks() as demo:
        gr.Textbox()
        gr.api(slice_of)
    found = config(demo)
    assert [one["type"] for one in found["components"]] == ["textbox", *["api"] * 5, "form"]
    assert str(found["layout"]).count("'id'") == 3
    assert found["dependencies"][0]["targets"] == []


def test_it_may_be_kept_out_of_the_documentation() -> None:
    """By ``api_visibility``."""
    with gr.Blocks() as demo:
        gr.api(slice_of, api_visibility="undocumented")
    assert info(demo)["named_endpoints"] == {}
    assert list(info(demo, all_endpoints=True)["named_endpoints"]) == ["/slice_of"]


def unhinted(a, b: int) -> int:  # type: ignore[no-untyped-def]
    return b


def lost(a: Nowhere) -> int:  # type: ignore[name-defined] # noqa: F821
    return 1


@pytest.mark.parametrize(
    ("fn", "said"),
    [
        (unhinted, "unhinted, whose parameter 'a' has no type hint; give it one"),
        (lost, "cannot read the type hints of lost"),
    ],
)
def test_a_function_must_say_what_it_takes(fn: Callable[..., Any], said: str) -> None:
    """At start, by the parameter's name."""
    with gr.Blocks(), pytest.raises(ConfigurationError, match=said):
        gr.api(fn)


def test_it_is_called_inside_a_page() -> None:
    """As every listener."""
    with pytest.raises(ConfigurationError, match=r"api\(\) is called outside a Blocks context"):
        gr.api(slice_of)
