"""``/info``, which tells callers what to send."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.gradio_api.info import info
from tests.gradio_api.conftest import FACTS, as_json, built

OURS: dict[str, dict[str, Any]] = {
    # Gradio names what a function's ``*args`` fill by numbers of its own process
    "any number": {"labels": ["input 0", "input 1"]},
    "no outputs": {"labels": ["input 0"]},
    # Gradio counts the ``self`` of an object's ``__call__``
    "object": {"labels": ["text", "loud"]},
    # Gradio makes two endpoints of one function: for the page's opening and for its button
    "live without inputs": {"missing": "/lambda_1"},
    # Gradio says what ``functools.partial`` is
    "partial": {"description": "Greet somebody. The second paragraph says more."},
}
"""Where the adapter says something else, and what."""


def test_info_is_gradios(app: str) -> None:
    """Endpoints, parameters, defaults, types, examples and descriptions are those of real Gradio."""
    wanted = as_json(FACTS[app]["info"])
    ours = OURS.get(app, {})
    wanted["named_endpoints"].pop(ours.get("missing"), None)
    [endpoint] = list(wanted["named_endpoints"].values()) or [{"parameters": []}]
    for parameter, label in zip(endpoint["parameters"], ours.get("labels", ()), strict=False):
        parameter["label"] = label
    if "description" in ours:
        endpoint["description"] = ours["description"]

    assert as_json(info(built(app))) == wanted


def test_every_difference_is_one() -> None:
    """What is listed as different would fail without being listed."""
    for app in OURS:
        assert as_json(info(built(app))) != FACTS[app]["info"]


def test_endpoints_of_one_function_are_numbered() -> None:
    """A second listener of the same function has a name of its own, as in Gradio."""

    def double(x: float) -> float:
        return 2 * x

    with gr.Blocks() as demo:
        number = gr.Number()
        for _ in range(3):
            gr.Button().click(double, number, number)

    assert list(info(demo)["named_endpoints"]) == ["/double", "/double_1", "/double_2"]


def test_inputs_by_component_have_numbers_for_names() -> None:
    """A function that takes one dict has no names for its inputs but the first, as in Gradio."""
    with gr.Blocks() as demo:
        boxes = {gr.Textbox(label="A"), gr.Textbox(label="B")}
        gr.Button().click(lambda data: str(len(data)), boxes, gr.Textbox(), api_name="count")

    parameters = info(demo)["named_endpoints"]["/count"]["parameters"]
    assert [one["parameter_name"] for one in parameters] == ["data", "param_1"]


def test_a_request_is_no_parameter() -> None:
    """What is filled in by its annotation is not documented."""

    def who(name: str, request: gr.Request, times: float = 1) -> str:
        return name

    demo = gr.Interface(who, ["textbox", "number"], "textbox")
    parameters = info(demo)["named_endpoints"]["/who"]["parameters"]
    assert [one["parameter_name"] for one in parameters] == ["name", "times"]


def test_a_file_that_is_a_default_can_be_fetched(tmp_path: Path) -> None:
    """Its path is an address: Gradio's Python client uploads any other path from the caller's own disk."""
    picture = tmp_path / "a b.png"
    picture.write_bytes(b"x")
    with gr.Blocks() as demo:
        shown, many = gr.File(picture), gr.Gallery([picture])
        shown.change(lambda file, files: None, [shown, many], None, api_name="take")
    one, several = info(demo, api="http://x/prod")["named_endpoints"]["/take"]["parameters"]

    for told in (one["parameter_default"], several["parameter_default"][0]["image"]):
        assert told["path"] == told["url"]
        assert told["path"].startswith("http://x/prod/gradio_api/file=app/")
        assert told["path"].endswith("/a%20b.png")


class Card(gr.HTML):
    """A component of an app's own."""


class BigCard(Card):
    """One below it."""


class My_Box(gr.Textbox):  # noqa: N801 - apps have such names
    """A textbox by another name."""


class Area(gr.TextArea):
    """Below a variant of a component."""


class Bars(gr.BarPlot):
    """A chart by another name."""


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Card, "Card"), (BigCard, "Bigcard"), (My_Box, "My_box"), (Area, "Textarea"), (Bars, "Bars"), (gr.Mic, "Audio")],
)
def test_an_apps_own_class_goes_by_its_name(kind: Any, name: str) -> None:
    """As in Gradio, where one below a variant goes by the variant's; a variant is what it varies."""
    with gr.Blocks() as demo:
        shown = kind()
        gr.Button().click(lambda given: given, shown, shown, api_name="fn")
    described = demo.get_api_info()["named_endpoints"]["/fn"]
    assert {one["component"] for one in (*described["parameters"], *described["returns"])} == {name}
