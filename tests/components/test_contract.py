"""One contract for every component: its facts are those recorded from real Gradio."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

import pytest

from adapter.components.number import Number
from adapter.components.updates import outgoing, update
from adapter.errors import Error, InvalidInput
from adapter.files import LocalFiles
from adapter.files.in_call import using
from adapter.files.published import published
from tests.components.conftest import FACTS, KINDS, built, call_of
from tests.components.described_media import MEDIA

STREAMED = ("Audio", "Image", "Microphone")
"""Components whose ``stream`` is refused by name."""

BY_PROCESS = {"component_ids", "components", "key"}
"""Props that name objects of one process, or hash them."""


def test_every_component_is_recorded() -> None:
    """No component or layout is without facts, except State, which has nothing on the wire, and a button's variant."""
    recorded = {fact["component"] for fact in (*FACTS["components"], *FACTS["layouts"])}

    assert set(KINDS) - {"State", "TabItem", "DuplicateButton"} == recorded


def test_config_is_gradios(block_fact: dict[str, Any]) -> None:
    """A block's entry in the config has Gradio's type, props, schemas and example."""
    block = built(block_fact)
    ours, wanted = by_address(as_json(block.config())), block_fact["config"]

    for name in BY_PROCESS:
        assert (name in ours["props"]) == (name in wanted["props"])
        ours["props"].pop(name, None), wanted["props"].pop(name, None)
    assert ours["props"] == wanted["props"]
    assert {name: ours[name] for name in wanted if name != "props"} == {
        name: value for name, value in wanted.items() if name != "props"
    }


def test_events_are_gradios(block_fact: dict[str, Any]) -> None:
    """A block has Gradio's listeners, and each is a method; none streams."""
    block = built(block_fact)

    assert set(block.EVENTS) <= set(block_fact["events"])
    refused = {name: {"stream"} for name in STREAMED}
    assert set(block_fact["events"]) - set(block.EVENTS) == refused.get(block_fact["component"], set())
    assert all(getattr(block, event).event == event for event in block.EVENTS)


def test_preprocess_is_gradios(fact: dict[str, Any]) -> None:
    """Data off the wire becomes what Gradio's functions get; what Gradio fails on is an InvalidInput."""
    component = built(fact)
    component.label = "The label"

    for row in fact["preprocess"]:
        if "fails" in row:
            with pytest.raises(InvalidInput, match="'The label'"):
                component.preprocess(row["given"])
        else:
            assert same(component.preprocess(row["given"]), row["becomes"])


def test_postprocess_is_gradios(fact: dict[str, Any]) -> None:
    """A returned value goes to the wire as Gradio sends it."""
    component = built(fact)

    for row in fact["postprocess"]:
        assert same(component.postprocess(row["given"]), row["becomes"])


def test_updates_are_gradios(block_fact: dict[str, Any]) -> None:
    """``update(...)`` and a returned component send what Gradio sends: those properties and no others."""
    block = built(block_fact)

    for row in block_fact["updates"]:
        given = json.loads(json.dumps(row["given"]))
        assert same(outgoing(block, update(**given)), row["becomes"])
        if block.TYPE != "browserstate":  # its constructor has no ``value``
            assert same(outgoing(block, type(block)(**given)), row["becomes"])


def test_schema_is_valid(fact: dict[str, Any]) -> None:
    """The schema of a component's data is a JSON schema, and the data's example has its type."""
    component = built(fact)
    if component.TYPE in ("json", "browserstate", "nativeplot"):  # "type": {} is Gradio's way to say: anything
        return
    schema, example = component.api_info(), component.example_payload()
    types = {"string": str, "number": int | float, "integer": int, "boolean": bool, "array": list, "object": dict}

    assert problems(schema, schema) == []
    assert example is None or "enum" in schema or isinstance(example, types[schema["type"]])


def test_example_is_taken(fact: dict[str, Any], store: LocalFiles) -> None:
    """The documentation's example is data that the component takes; its files are taken from here, not from GitHub."""
    component = built(fact)
    if getattr(component, "choices", True):  # without a choice there is none that could be taken
        component.file_types = None
        component.include_audio = True  # to take sound out of a video needs a program
        with using(call_of(store)):
            component.preprocess(uploaded(component.example_payload(), store))


def test_round_trip(fact: dict[str, Any]) -> None:
    """A function that returns what it got shows what it got: value → data → value is the same value."""
    component = built(fact)
    if getattr(component, "type", "") in ("index", "tuple"):
        return  # the function gets no value that it could return

    for row in fact["preprocess"]:
        if "fails" not in row and row["given"] is not None:  # nothing is shown as an unticked box, or a text
            value = component.preprocess(row["given"])
            assert component.preprocess(as_json(component.postprocess(value))) == value


SAID: dict[str, Any] = {"role": "user", "content": []}
WRONG_PARTS: tuple[Any, ...] = (3, "a", {}, {"text": 3}, {"file": {}}, {"component": "nope"})
WRONG_OPTIONS: tuple[Any, ...] = (3, [3], [{}], [{"value": "a", "label": 3}])
WRONG_PATHS: list[Any] = [{}, {"path": 3}, {"path": ""}, {"path": "/etc/passwd"}, {"path": "uploads/x"}]
WRONG_TABLES: Sequence[Any] = (
    3,
    None,
    [],
    {},
    {"headers": 3, "data": []},
    {"headers": [], "data": 3},
    {"headers": [], "data": [3]},
)
ONE_FILE = ("Audio", "DownloadButton", "File", "Image", "Microphone", "PlayableVideo", "UploadButton", "Video")
WRONG: dict[str, Sequence[Any]] = {
    "Markdown": [3, ["a"]],
    "Number": ["3", True, [1], {}, float("nan"), float("inf")],
    "Slider": ["3", True, None, float("nan"), 101],
    "Chatbot": [
        *({}, "a", 3, [3], [{}], [{"role": "user"}], [{"role": "user", "content": "a"}]),
        *([SAID | {"content": [part]}] for part in WRONG_PARTS),
        *([SAID | {"metadata": metadata}] for metadata in (3, {"title": 3}, {"status": "x"}, {"id": True})),
        *([SAID | {"options": options}] for options in WRONG_OPTIONS),
    ],
    "Checkbox": ["true", 1, [], {}],
    "CheckboxGroup": ["a", 3, None, {}, ["zzz"], [["a"]], [None], [True]],
    "Radio": ["zzz", ["a"], {}, True],
    "Dropdown": ["zzz", ["a"], {}, True],
    "Label": [3, "a", [], {"label": []}, *({"confidences": rows} for rows in (3, [3], [{"confidence": "x"}]))],
    "Button": [3, ["Run"]],
    "ClearButton": [3],
    "Code": [3, {}],
    "ColorPicker": [3, []],
    "DateTime": [3, "yesterday", "now + 1d", []],
    "Timer": ["1", True],
    "HighlightedText": [3, "a", [3], [{}], [{"token": 3}], [{"token": "a", "class_or_confidence": []}]],
    "Dataset": [-1, 1, "0", True, [0]],
    **{name: [3, "a", [], [{}], *WRONG_PATHS] for name in ONE_FILE},
    "MultimodalTextbox": [3, "a", [], {}, {"text": 3}, *({"text": "", "files": [one]} for one in WRONG_PATHS)],
    "Gallery": [3, "a", {}, [3], [{}], [{"image": 3}], *([{"image": one}] for one in WRONG_PATHS)],
    **dict.fromkeys(("Dataframe", "Numpy", "Matrix", "List"), WRONG_TABLES),
    **{name: [3, "a", [], {}, {"columns": [], "data": []}] for name in ("BarPlot", "LinePlot", "ScatterPlot")},
    "AnnotatedImage": [3, "a", [], {}, {"image": {"path": "a"}}, {"image": WRONG_PATHS[0], "annotations": [3]}],
    "Plot": [3, "a", [], {}, {"type": "plotly"}, {"type": "other", "plot": ""}, {"type": "plotly", "plot": {}}],
    "Files": [3, "a", {"path": "a"}, [3], *([path] for path in WRONG_PATHS)],
}  # fmt: skip
TAKES_ANYTHING = {"Textbox", "TextArea", "HTML", "JSON", "BrowserState"}
"""Gradio makes text of whatever comes, and JSON is any JSON, as is what a template shows."""


@pytest.mark.parametrize("name", sorted(WRONG))
def test_wrong_input_is_refused(name: str, files: LocalFiles) -> None:
    """Wrong data is an InvalidInput that names the label, and as Gradio's a ``gr.Error``; never another error."""
    arguments = {"Dataset": {"components": ["textbox"], "samples": [["a"]]}}.get(name, {})
    component: Any = KINDS[name](**arguments)
    component.label = "The label"

    for data in WRONG[name]:
        with pytest.raises(Error, match="'The label'") as refused:
            component.preprocess(data)
        assert isinstance(refused.value, InvalidInput)
        assert str(refused.value) == refused.value.message


def test_wrong_input_is_known_for_every_component() -> None:
    """Each component has wrong data above, or takes anything."""
    assert set(WRONG) | TAKES_ANYTHING == {fact["component"] for fact in FACTS["components"]}


def test_unknown_arguments_are_refused(block_fact: dict[str, Any]) -> None:
    """An argument that Gradio's component does not have is a TypeError that names it."""
    if block_fact["component"] == "HTML":  # what it does not know is a name for its templates
        return
    kind = type(built(block_fact))
    missing = next(name for name in ("colour", "info", "interactive") if name not in kind.OPTIONS.__annotations__)

    with pytest.raises(TypeError, match=missing):
        kind(**{**block_fact["arguments"], missing: 1})


def test_unlabelled_components_are_named_by_their_kind() -> None:
    """Without a label an error names the component's class."""
    with pytest.raises(InvalidInput, match="the Number is 'x' \\(str\\); a number is wanted"):
        Number().preprocess("x")


def test_callable_values_are_asked_when_the_page_is_built() -> None:
    """A function as value gives the first value, and is kept for the load listener; not with inputs."""
    asked = Number(lambda: 3)
    waiting = Number(lambda: 1 / 0, inputs=[asked])

    assert (asked.value, asked.load_fn is not None) == (3, True)
    assert (waiting.value, waiting.load_inputs) == (None, [asked])


def test_import_is_light() -> None:
    """Importing the components loads no library for data, AWS or HTTP."""
    heavy = "numpy", "pandas", "PIL", "boto3", "botocore", "fastapi", "starlette", "pydantic"
    code = (
        "import sys; from adapter.components.shortcuts import SHORTCUTS, kind; [kind(name) for name in SHORTCUTS]; "
        f"import adapter.components.layout; print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def by_address(data: Any) -> Any:
    """Return ``data`` with the addresses of pictures that the page fetches through the app, as Gradio tells them."""
    if isinstance(data, list):
        return [by_address(one) for one in data]
    if not isinstance(data, dict):
        return data
    address = published(str(data.get("path")))
    if isinstance(address, str):
        return {**data, "path": address, "url": address, "orig_name": None}
    return {name: by_address(one) for name, one in data.items()}


def uploaded(data: Any, files: LocalFiles) -> Any:
    """Return ``data`` with an upload in place of each file at an address."""
    if isinstance(data, list):
        return [uploaded(one, files) for one in data]
    if not isinstance(data, dict):
        return data
    if str(data.get("path")).startswith("https://"):
        content = "mono.wav" if data["orig_name"].endswith(".wav") else "photo.png"
        return {**data, "path": files.put(data["orig_name"], (MEDIA / content).read_bytes())}
    return {name: uploaded(one, files) for name, one in data.items()}


def as_json(value: Any) -> Any:
    """Return ``value`` as it comes out of JSON."""
    return json.loads(json.dumps(value))


def same(ours: Any, theirs: Any) -> bool:
    """Return whether both are the same JSON, types of numbers and booleans included."""
    return json.dumps(as_json(ours), sort_keys=True) == json.dumps(theirs, sort_keys=True)


def problems(schema: Any, root: dict[str, Any]) -> list[Any]:
    """Return the parts of a JSON schema that are none: unknown types, references to nothing."""
    if isinstance(schema, list):
        return [problem for part in schema for problem in problems(part, root)]
    if not isinstance(schema, dict):
        return [schema]
    found: list[Any] = []
    if "type" in schema and schema["type"] not in ("string", "number", "integer", "boolean", "array", "object", "null"):
        found.append(schema["type"])
    if "$ref" in schema and schema["$ref"].removeprefix("#/$defs/") not in root.get("$defs", {}):
        found.append(schema["$ref"])
    for name in ("$defs", "properties"):
        found += problems(list(schema.get(name, {}).values()), root)
    return found + problems([*schema.get("anyOf", []), *([schema["items"]] if "items" in schema else [])], root)
