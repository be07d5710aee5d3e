"""Record what real Gradio says of each component, into ``gradio_6_31.json`` beside this file.

Run it by hand in an environment of its own that has Gradio 6.31 (the project never imports it):

    python tests/components/record_gradio.py

The tests read the recorded facts only: props, schemas, example data, values before and after.
"""

from __future__ import annotations

import importlib
import json
import math
import warnings
from pathlib import Path
from typing import Any

gr: Any = importlib.import_module("gradio")

LABELLED = {"label": "Here", "info": "more", "scale": 2, "min_width": 80, "visible": "hidden", "elem_id": "x"}
HEADED = {name: value for name, value in LABELLED.items() if name != "info"}
PAIRS = [["One", 1], ["Two", 2], ["Three", 3]]
DEEP = {"label": "Cat", "confidences": [{"label": "cat", "confidence": 0.9}, {"label": "dog", "confidence": 0.1}]}
BY_PROCESS = ("component_ids", "components", "key")
"""Props that name objects of one process, or hash them; only that they are there is recorded."""
SPANS = [{"token": "a", "class_or_confidence": "x"}, {"token": "b", "class_or_confidence": None}]
ENTITIES = {
    "text": "Ann met Bob",
    "entities": [{"entity": "P", "start": 8, "end": 11}, {"entity": "P", "start": 0, "end": 3}],
}

SAID = [
    {"role": "user", "content": "  hey\n    you"},
    {"role": "assistant", "content": ["**x**", "y"], "metadata": {"title": "T", "duration": 2}, "options": None},
    {"role": "assistant", "content": {"type": "text", "text": " z"}, "options": [{"value": "o", "label": "O"}]},
    {"role": "system", "content": []},
]
SENT = [
    {"role": "user", "content": [{"text": "hey", "type": "text"}]},
    {
        "role": "assistant",
        "metadata": {"title": "T", "id": 1, "parent_id": "a", "log": "l", "status": "pending"},
        "content": [{"text": "x"}, {"text": "y", "type": "text"}],
        "options": [{"value": "o"}],
    },
]
REASONED = [
    {"role": "assistant", "content": "<a> one </a> two <b>three</b> four <a>five", "metadata": {"log": "l"}},
    {"role": "assistant", "content": ["<a></a>", "plain"], "options": [{"value": "o"}]},
]

EVERY_FILE_OPTION = {"file_count": "multiple", "file_types": [".json", "image"], "type": "binary"}

Case = tuple[str, dict[str, Any], list[Any], list[Any], list[dict[str, Any]]]


def case(
    name: str, arguments: dict[str, Any] | None = None, *, data: Any = (), values: Any = (), changes: Any = ()
) -> Case:
    """Return a component to record: its arguments, data to preprocess, values to postprocess, properties to update."""
    return name, arguments or {}, list(data), list(values), list(changes)


CASES: list[Case] = [
    case(
        "Textbox",
        data=["a", "", None, 3, True, [1]],
        values=["a", None, 3.5, True],
        changes=[{"value": 3}, {"lines": 4, "visible": False}],
    ),
    case("Textbox", {**LABELLED, "value": "v", "lines": 3, "max_lines": 9, "placeholder": "p", "elem_classes": "c"}),
    case("Textbox", {"type": "password", "show_label": False, "interactive": True, "key": "k", "submit_btn": "Go"}),
    case("Textbox", {"container": False, "rtl": True, "text_align": "right", "max_length": 5, "autofocus": True}),
    case("Textbox", {"autoscroll": False, "buttons": ["copy"], "stop_btn": True, "preserved_by_key": None}),
    case("TextArea", data=["a\nb"], values=["a\nb"], changes=[{"lines": 2}]),
    case("TextArea", {"lines": 3, "max_lines": 4, "label": "Long"}),
    case(
        "Markdown",
        data=["# a", None],
        values=["  # a\n    b", None, ""],
        changes=[{"value": "  x"}, {"visible": False}],
    ),
    case("Markdown", {"value": "x", "rtl": True, "latex_delimiters": [], "sanitize_html": False, "padding": True}),
    case("Markdown", {"line_breaks": True, "header_links": True, "height": 9, "max_height": "2em", "min_height": 1}),
    case("Markdown", {"buttons": ["copy"], "container": True, "label": "L", "show_label": True, "scale": 1}),
    case(
        "Number",
        data=[3, 2.5, None, -1],
        values=[3, 2.5, None, "3"],
        changes=[{"value": 3, "precision": 0}, {"minimum": 1}],
    ),
    case(
        "Number",
        {"precision": 0, "label": "N", "value": 2.6},
        data=[2.5, 3.5, None],
        values=[2.4, 7, None],
        changes=[{"value": 2.6}],
    ),
    case(
        "Number",
        {"precision": 2, "minimum": 1, "maximum": 10, "step": 0.5, "placeholder": "p"},
        data=[1, 10, 0, 11, 2.347],
        values=[0],
    ),
    case(
        "Slider",
        data=[0, 50, 100.0, None, 101, -1],
        values=[7, None, 200],
        changes=[{"value": None}, {"maximum": 10, "value": 3}],
    ),
    case("Slider", {"minimum": 1, "maximum": 2, "value": 1.5}, data=[1.25], values=[1.75]),
    case(
        "Slider",
        {"minimum": -10, "maximum": 10, "step": 0.5, "precision": 0, "buttons": ["reset"]},
        data=[2.5, 3.4],
        values=[2.6],
    ),
    case(
        "Chatbot",
        data=[SENT, [], None, 3, "a", [{"role": "user", "content": "a"}], [{"content": []}]],
        values=[SAID, [], None],
        changes=[{"value": SAID}, {"visible": False, "height": 3}],
    ),
    case(
        "Chatbot", {"value": SAID, "label": "C", "editable": "all", "layout": "panel", "placeholder": "p", "rtl": True}
    ),
    case("Chatbot", {"reasoning_tags": [["<a>", "</a>"], ["<b>", "</b>"]]}, values=[SAID, REASONED]),
    case(
        "Chatbot",
        {
            "avatar_images": ["https://example.org/a.png", None],
            "examples": [{"text": "a", "display_text": "b", "icon": "https://example.org/i.png"}, {"text": "c"}],
            "buttons": ["copy"],
            "feedback_options": ["Good"],
            "feedback_value": ["Good", None],
            "allow_tags": [],
            "watermark": "w",
            "latex_delimiters": [],
        },
    ),
    case(
        "Chatbot",
        {
            "height": None,
            "max_height": "2em",
            "min_height": 3,
            "resizable": True,
            "autoscroll": False,
            "sanitize_html": False,
            "render_markdown": False,
            "line_breaks": False,
            "allow_file_downloads": False,
            "group_consecutive_messages": False,
            "like_user_message": True,
        },
    ),
    case("Checkbox", data=[True, False, None], values=[True, None, 1, ""], changes=[{"value": True}, {"label": "new"}]),
    case("Checkbox", {"value": True, "label": "Yes", "show_label": False}),
    case("CheckboxGroup", data=[[]], values=[None, "a"]),
    case(
        "CheckboxGroup",
        {"choices": ["a", "b"], "value": "a"},
        data=[["a"], [], ["c"], None],
        values=[["a", "b"]],
        changes=[{"choices": ["c"]}],
    ),
    case(
        "CheckboxGroup",
        {"choices": PAIRS, "type": "index", "show_select_all": True},
        data=[[1, 3], [4]],
        values=[[2], 3],
    ),
    case("Radio", data=[None], values=[None, "a"]),
    case(
        "Radio",
        {"choices": ["a", "b"], "value": "a", "rtl": True},
        data=["a", None, "c"],
        values=["b"],
        changes=[{"choices": ["c", 4], "value": 4}],
    ),
    case("Radio", {"choices": PAIRS, "type": "index"}, data=[1, 3, 4], values=[2]),
    case("Dropdown", data=[None], values=[None]),
    case(
        "Dropdown",
        {"choices": ["a", "b"]},
        data=["a", None, "c"],
        values=["b", None],
        changes=[{"choices": ["c", ["D", 4]]}, {"multiselect": True}],
    ),
    case("Dropdown", {"choices": ["a", "b"], "value": None, "allow_custom_value": True}, data=["zzz"], values=["zzz"]),
    case("Dropdown", {"choices": PAIRS, "type": "index", "filterable": False}, data=[1, 3, 4], values=[2]),
    case(
        "Dropdown",
        {"choices": PAIRS, "multiselect": True, "max_choices": 2},
        data=[[1], [], [1, 4], None],
        values=[1, [1, 2], None],
    ),
    case(
        "Dropdown",
        {"choices": ["a"], "value": "a", "multiselect": True, "num_choices_shown": 5},
        changes=[{"value": "a"}],
    ),
    case(
        "JSON",
        data=[{"a": [1]}, None, 3],
        values=[{"a": 1}, [1, [2]], '{"a": 1}', None, "[1]"],
        changes=[{"value": "[2]", "open": True}],
    ),
    case(
        "JSON", {"value": {"a": 1}, "open": True, "show_indices": True, "height": 3, "max_height": None, "buttons": []}
    ),
    case(
        "Label",
        data=[DEEP, None, {}, {"label": "a"}, 3],
        values=["cat", 3, None, {}, {"a": 0.1, "b": 1}],
        changes=[{"value": {"a": 1}}],
    ),
    case(
        "Label",
        {"num_top_classes": 1, "color": "red", "show_heading": False, "value": {"a": 0.2, "b": 0.3}},
        values=[{"a": 1, "b": 2}],
    ),
    case(
        "Button", data=["Run", None], values=["Go"], changes=[{"interactive": False}, {"value": "x", "variant": "stop"}]
    ),
    case("Button", {"value": "Go", "variant": "primary", "size": "sm", "link": "https://example.org"}),
    case("Button", {"icon": "https://example.org/i.svg", "link_target": "_blank", "scale": 1, "min_width": 3}),
    case("ClearButton", data=["Clear"], values=["Clear"]),
    case("Code", data=["x", None], values=["  x = 1\n", None], changes=[{"language": "sql"}]),
    case("Code", {"value": "1", "language": "python", "lines": 3, "max_lines": 2, "wrap_lines": True}),
    case("Code", {"show_line_numbers": False, "autocomplete": True, "buttons": [], "interactive": False}),
    case("ColorPicker", data=["#ff0000", None], values=["#00ff00", None], changes=[{"value": "red"}]),
    case("ColorPicker", {"value": "#123456", "label": "C", "info": "i"}),
    case("HTML", data=["<b>a</b>", None], values=["<i>x</i>", None], changes=[{"value": "<p>"}, {"visible": False}]),
    case("HTML", {"value": "x", "label": "L", "show_label": True, "min_height": 1, "max_height": 2, "padding": True}),
    case("HTML", {"value": {"a": [1]}, "html_template": "{{value.a}}${unit}", "css_template": "p {}", "unit": "m"}),
    case("HTML", {"js_on_load": "trigger('x')", "head": "<b>", "min_height": "2em"}, data=[[1], 2], values=[{"a": 1}]),
    case("HTML", {"autoscroll": True, "container": True, "apply_default_css": False}),
    case(
        "DateTime",
        {"timezone": "UTC"},
        data=["2020-10-01 05:20:15", None, "", "x"],
        values=[1601529615, "2020-10-01", None],
    ),
    case(
        "DateTime",
        {"include_time": False, "type": "string", "timezone": "UTC"},
        data=["2020-10-01"],
        values=[1601529615],
    ),
    case("DateTime", {"value": "2020-10-01 05:20:15", "label": "When", "info": "i", "interactive": True}),
    case("Timer", data=[1, None], values=[2], changes=[{"active": False}]),
    case("Timer", {"value": 3, "active": False}),
    case(
        "HighlightedText",
        data=[SPANS, None, 3],
        values=[[["a", "x"], ["b", None]], ENTITIES, None],
        changes=[{"color_map": {"x": "red"}}],
    ),
    case(
        "HighlightedText",
        {"combine_adjacent": True, "adjacent_separator": "-", "show_whitespaces": False},
        values=[[["a ", "x"], ["", "y"], ["b", "x"], ["c", None]], [["a", 0.5]]],
    ),
    case("HighlightedText", {"value": [["a", "x"]], "show_legend": True, "show_inline_category": False, "rtl": True}),
    case(
        "BrowserState",
        {"default_value": {"a": 1}, "storage_key": "k", "secret": "s"},
        data=[{"b": 2}, None, 3],
        values=[[1], None],
        changes=[{"value": 3}],
    ),
    case(
        "Dataset",
        {"components": ["textbox", "number"], "samples": [["a", 1], ["b", 2]]},
        data=[0, 1, None, 2],
        values=[0, ["b", 2], None],
        changes=[{"samples": [["c", 3]]}],
    ),
    case(
        "Dataset",
        {"components": ["dropdown"], "samples": [["a"]], "type": "index", "headers": ["h"], "label": "E"},
        data=[0],
        values=[0],
    ),
    case(
        "Dataset",
        {
            "components": ["textbox"],
            "samples": [["a"]],
            "type": "tuple",
            "samples_per_page": 3,
            "layout": "table",
            "sample_labels": ["first"],
        },
        data=[0],
    ),
    case("File", data=[None, 3, "a", [], {}], values=[None, []], changes=[{"value": None}, {"file_count": "multiple"}]),
    case("File", {**EVERY_FILE_OPTION, "height": 90, "allow_reordering": True}, data=[None, [], {}, 3, [3]]),
    case("File", {"file_count": "directory", "label": "F", "interactive": False}),
    case("Files", data=[None, [], {}]),
    case("UploadButton", data=[None, 3], values=[None], changes=[{"label": "new"}, {"interactive": False}]),
    case("UploadButton", {**EVERY_FILE_OPTION, "label": "Up", "variant": "primary", "size": "sm"}),
    case("UploadButton", {"icon": "https://example.org/i.svg", "scale": 1, "min_width": 3}),
    case("DownloadButton", data=[None, 3], values=[None], changes=[{"label": "new", "variant": "stop"}]),
    case("DownloadButton", {"label": "Down", "variant": "primary", "size": "md", "interactive": False}),
    case(
        "MultimodalTextbox",
        data=[{"text": "a"}, {"text": "a", "files": []}, None, "a", {}, {"text": 3}, {"text": "a", "files": [{}]}],
        values=["a", None, {"text": "a"}, {"files": []}, {"text": "b", "files": []}],
        changes=[{"value": "x"}, {"file_count": "multiple", "interactive": False}],
    ),
    case(
        "MultimodalTextbox",
        {**LABELLED, "value": "v", "sources": ["microphone"], "file_types": ["image"], "file_count": "multiple"},
    ),
    case("MultimodalTextbox", {"lines": 30, "placeholder": "p", "autofocus": True, "autoscroll": False, "rtl": True}),
    case(
        "MultimodalTextbox",
        {"text_align": "right", "submit_btn": "Go", "stop_btn": True, "max_plain_text_length": 9, "sources": "upload"},
    ),
    case(
        "Dataframe",
        data=[None, 3, {}, {"headers": ["a"], "data": 3}, {"headers": ["a"], "data": [[1, 2]]}],
        values=[None, [], [[]], [1, 2], [[1, "b"], [2.5, None]], {"data": [[1]], "headers": ["x"]}, {"data": []}],
        changes=[{"value": [[1, 2]]}, {"headers": ["a", "b"], "value": [[1, 2, 3]]}, {"interactive": True}],
    ),
    case(
        "Dataframe",
        {
            "headers": ["a", "b"],
            "type": "array",
            "datatype": ["str", "number"],
            "label": "D",
            "row_count": [2, "fixed"],
        },
        data=[{"headers": ["a", "b"], "data": [["x", 1], ["y", None]]}, {"headers": [], "data": []}],
        values=[[["x", 1, 2]], [["x"]], {"data": [["x", 1]], "metadata": {"display_value": [["X", "1"]]}}],
    ),
    case(
        "Dataframe",
        {
            "column_count": 2,
            "max_height": 90,
            "wrap": True,
            "line_breaks": False,
            "column_widths": [100, "10%", "auto"],
        },
    ),
    case(
        "Dataframe",
        {"buttons": ["copy"], "show_row_numbers": True, "max_chars": 9, "show_search": "filter", "pinned_columns": 1},
    ),
    case("Dataframe", {"static_columns": [0], "interactive": True, "latex_delimiters": [], "value": [["a", 1]]}),
    case("Dataframe", {"datatype": "auto", "value": [["a", 1, 2.5, True]], "column_count": 4, "row_limits": [1, 2]}),
    case("Numpy", {"datatype": "number"}, values=[[[1, 2]]]),
    case("Matrix", data=[{"headers": ["a"], "data": [[1]]}]),
    case("List", data=[{"headers": ["a"], "data": [[1]]}]),
    case(
        "Plot",
        data=[None, 3, {}, {"type": "plotly"}, {"type": "other", "plot": "{}"}, {"type": "plotly", "plot": "{}"}],
        values=[None],
        changes=[{"visible": False}, {"value": None, "label": "new"}],
    ),
    case("Plot", {"label": "P", "format": "png", "show_label": False, "min_width": 3}),
    case(
        "LinePlot",
        {"x": "a", "y": "b"},
        data=[None, {"columns": ["a"], "data": [[1]], "datatypes": {"a": "quantitative"}, "mark": "line"}],
        values=[None],
        changes=[{"value": None, "title": "new"}, {"x_lim": [0, None]}, {"visible": False}],
    ),
    case(
        "LinePlot", {"x": "a", "y": "b", "color": "c", "title": "T", "label": "L", "height": 200, "buttons": ["export"]}
    ),
    case(
        "BarPlot",
        {"x": "a", "y": "b", "x_title": "A", "y_title": "B", "sort": "-y", "y_aggregate": "mean", "y_lim": [0, 9]},
        values=[None],
    ),
    case("BarPlot", {"x": "a", "y": "b", "x_bin": "15m", "x_axis_labels_visible": False, "x_label_angle": 45}),
    case("ScatterPlot", {"x": "a", "y": "b", "tooltip": ["c"], "caption": "C", "x_axis_format": ".2f"}, values=[None]),
    case("ScatterPlot", {"color_map": {"c": "red"}, "colors_in_legend": ["c"], "sort": ["x", "y"], "show_label": True}),
    case("Gallery", data=[None, [], 3, "a", [3]], values=[None, []], changes=[{"value": []}, {"selected_index": 1}]),
    case(
        "Gallery",
        {"label": "G", "columns": 3, "rows": 1, "height": 90, "object_fit": "cover", "type": "pil", "format": "png"},
    ),
    case("Gallery", {"allow_preview": False, "preview": True, "selected_index": 0, "file_types": ["image"]}),
    case("Gallery", {"buttons": ["download"], "fit_columns": False, "sources": ["webcam"], "interactive": False}),
    case("Audio", data=[None], values=[None], changes=[{"value": None}, {"label": "L", "interactive": False}]),
    case("Audio", {**HEADED, "sources": "upload", "type": "filepath", "format": "WAV", "autoplay": True, "loop": True}),
    case("Audio", {"sources": ["microphone"], "streaming": True, "editable": False, "buttons": [], "recording": True}),
    case("Audio", {"streaming": True, "playback_position": 2.5, "waveform_options": {"skip_length": 9}}),
    case("Audio", {"subtitles": [{"text": "one", "timestamp": [0, 1.5]}], "show_label": False, "container": False}),
    case("Microphone", data=[None]),
    case("Video", data=[None], values=[None], changes=[{"value": None}, {"label": "L", "interactive": False}]),
    case("Video", {**HEADED, "sources": "webcam", "format": "mp4", "autoplay": True, "loop": True, "height": 300}),
    case("Video", {"sources": ["upload"], "include_audio": False, "buttons": [], "width": "50%", "streaming": True}),
    case("Video", {"playback_position": 2.5, "interactive": True, "key": "k"}),
    case("PlayableVideo", data=[None]),
    case("AnnotatedImage", data=[None], values=[None], changes=[{"value": None}, {"height": 90, "label": "new"}]),
    case("AnnotatedImage", {"color_map": {"a": "#00ff00"}, "show_legend": False, "buttons": [], "width": "2em"}),
    case("Image", data=[None, 3, "a", {}], values=[None], changes=[{"value": None}, {"sources": "upload"}]),
    case("Image", {"format": "png", "height": 3, "width": "2em", "image_mode": "L", "type": "pil", "label": "I"}),
    case("Image", {"sources": ["upload"], "buttons": ["download"], "placeholder": "p", "alt_text": "a"}),
]

LAYOUTS: list[tuple[str, dict[str, Any], list[dict[str, Any]]]] = [
    ("Row", {}, [{"visible": False}]),
    ("Row", {"variant": "panel", "equal_height": True, "height": 3, "min_height": "1em", "scale": 2}, []),
    ("Column", {}, [{"visible": True, "scale": 3}]),
    ("Column", {"scale": 2, "min_width": 10, "variant": "compact", "elem_id": "c", "elem_classes": ["a"]}, []),
    ("Group", {}, []),
    ("Accordion", {}, [{"open": False, "label": "new"}]),
    ("Accordion", {"label": "More", "open": False, "height": 3}, []),
    ("Tabs", {}, [{"selected": 1}]),
    ("Tabs", {"selected": "a", "overflow_behavior": "wrap"}, []),
    ("Tab", {}, [{"interactive": False}]),
    ("Tab", {"label": "T", "id": "a", "interactive": False, "alignment": "right", "render_children": True}, []),
    ("Form", {}, []),
    ("Sidebar", {}, [{"open": False}]),
]


def plain(value: Any) -> Any:
    """Return ``value`` as JSON has it: models as dicts, tuples as lists, no addresses."""
    value = value.model_dump() if hasattr(value, "model_dump") else value
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if value is None or isinstance(value, str | int | float) else repr(value)


def tried(work: Any, given: Any) -> dict[str, Any]:
    """Return what ``work`` makes of ``given``, or how it fails."""
    try:
        return {"given": given, "becomes": plain(work(json.loads(json.dumps(given))))}
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the fact
        return {"given": given, "fails": type(error).__name__, "says": str(error)[:200]}


def without_prose(entry: dict[str, Any]) -> dict[str, Any]:
    """Return ``entry`` without the docstrings of Gradio's classes, which its schemas carry and nobody reads."""
    entry = json.loads(json.dumps(entry, default=repr))
    for name in ("api_info", "api_info_as_input", "api_info_as_output"):
        schema = entry.get(name, {})
        for definition in schema.get("$defs", {}).values():
            definition.pop("description", None)
        for place in ("description", "additional_description"):
            if len(schema.get(place) or "") > 40:
                schema.pop(place)
    return entry


def entry(block: Any, demo: Any) -> Any:
    """Return the entry of ``block`` in the config, without what differs from run to run."""
    found = next(c for c in demo.get_config_file()["components"] if c["id"] == block._id)
    found = without_prose(found)
    props = {name: None if name in BY_PROCESS else value for name, value in found["props"].items()}
    return plain(
        {name: found[name] for name in found if name not in ("id", "component_class_id", "key")} | {"props": props}
    )


def updates(block: Any, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what goes to the page when a function returns ``changes`` for ``block``."""
    rows = []
    for change in changes:
        block_new = type(block)(
            **{**block.constructor_args, **{k: v for k, v in change.items() if k != "value"}, "render": False}
        )
        rows.append({"given": change, "becomes": plain(gr.blocks.postprocess_update_dict(block_new, dict(change)))})
    return rows


def record_component(
    name: str, arguments: dict[str, Any], data: list[Any], values: list[Any], changes: list[Any]
) -> Any:
    """Return the facts of one component."""
    with gr.Blocks() as demo:
        block = getattr(gr, name)(**json.loads(json.dumps(arguments)))

    def read(payload: Any) -> Any:
        model = getattr(block, "data_model", None)
        if model is not None and payload is not None:
            payload = model.model_validate(payload)
        return block.preprocess(payload)

    return {
        "component": name,
        "arguments": arguments,
        "config": entry(block, demo),
        "preprocess": [tried(read, item) for item in data],
        "postprocess": [tried(block.postprocess, item) for item in values],
        "updates": updates(block, changes),
        "events": sorted(str(event) for event in block.EVENTS),
    }


def record_layout(name: str, arguments: dict[str, Any], changes: list[dict[str, Any]]) -> Any:
    """Return the facts of one layout."""
    where = gr.layouts.Form if name == "Form" else getattr(gr, name)
    with gr.Blocks() as demo, where(**arguments) as block:
        gr.Button()
    events = sorted(str(event) for event in block.EVENTS)
    return {
        "component": name,
        "arguments": arguments,
        "config": entry(block, demo),
        "updates": updates(block, changes),
        "events": events,
    }


def tree(node: dict[str, Any], config: dict[str, Any]) -> Any:
    """Return the types of the blocks from ``node`` down, with the sizes of forms."""
    by_id = {c["id"]: c for c in config["components"]}
    children = [tree(child, config) for child in node.get("children", ())]
    block = by_id.get(node["id"])
    props = block["props"] if block else {}
    sizes = {k: props[k] for k in ("scale", "min_width") if k in props} if block and block["type"] == "form" else {}
    return {"type": block["type"] if block else "blocks", **sizes, **({"children": children} if children else {})}


def record_tree() -> Any:
    """Return the tree of a page of which the tests build the like."""
    with gr.Blocks() as demo:
        gr.Textbox()
        gr.State()
        gr.Number(scale=2)
        gr.Button()
        with gr.Row():
            gr.Textbox(scale=3)
            gr.Checkbox(min_width=50)
            gr.Markdown()
            gr.Slider(container=False)
            gr.Radio()
        with gr.Row(equal_height=True), gr.Column():
            gr.Textbox()
            gr.Textbox(scale=2)
        with gr.Tab("One"):
            gr.Textbox()
        with gr.Tab("Two"):
            gr.Button()
        gr.Markdown()
        with gr.Tabs(), gr.Tab("Three"):
            gr.Dropdown()
        with gr.Row(variant="compact"):
            gr.Textbox()
            gr.Number()
        with gr.Group(), gr.Accordion("More"):
            gr.JSON()
            gr.CheckboxGroup()
    config = demo.get_config_file()
    return tree(config["layout"], config)


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    facts = {
        "gradio": gr.__version__,
        "components": [record_component(*case) for case in CASES],
        "layouts": [record_layout(*case) for case in LAYOUTS],
        "tree": record_tree(),
    }
    target = Path(__file__).with_name("gradio_6_31.json")
    # One component a line, so that a new version's changes can be read.
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False).replace('{"arguments"', '\n{"arguments"')
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{len(facts['components'])} components and {len(facts['layouts'])} layouts recorded in {target}")
