"""The Python type that stands for a JSON schema, as Gradio's own client writes it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from gradio_client.utils import json_schema_to_python_type
from hypothesis import given
from hypothesis import strategies as st

from adapter.gradio_api.python_types import python_type

RECORDED = Path(__file__).parent.parent / "components" / "gradio_6_31.json"

META = {"properties": {"_type": {"const": "gradio.FileData", "type": "string"}}, "type": "object"}
FILES: list[dict[str, Any]] = [
    {"type": "object", "properties": {"path": {"type": "string"}, "meta": META}},
    {"type": "object", "properties": {"path": {"type": "string"}, "meta": {"default": {"_type": "gradio.FileData"}}}},
    {
        "type": "object",
        "properties": {"path": {"type": "string"}, "meta": {"$ref": "#/$defs/Meta"}},
        "$defs": {"Meta": META},
    },
    {
        "$defs": {"File": {"type": "object", "properties": {"path": {"type": "string"}, "meta": META}}},
        "type": "array",
        "items": {"$ref": "#/$defs/File"},
    },
    {"type": "object", "properties": {"path": {"type": "string"}, "meta": {"type": "object", "properties": {}}}},
    {"type": "object", "properties": {"meta": META}},
]

NAMES = st.sampled_from(["a", "b", "name"])
LEAVES = st.sampled_from(
    [
        {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}, {"type": "null"},
        {"const": "x"}, {"enum": ["a", 1]}, {"enum": ["a"], "type": "string"}, {}, {"type": {}},
        {"type": {}, "description": "any valid json"}, {"$ref": "#/$defs/Thing"}, *FILES[:2],
    ]
)  # fmt: skip


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return schemas made of ``inner``."""
    described = st.builds(lambda schema, text: {**schema, "description": text}, inner, st.sampled_from(["", "a thing"]))
    fields = st.dictionaries(NAMES, inner | described, max_size=3)
    return st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(lambda items: {"type": "array", "prefixItems": items}, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda items: {"type": "array", "items": {"prefixItems": items}}, st.lists(inner, min_size=1)),
        st.builds(lambda fields: {"type": "object", "properties": fields}, fields),
        st.builds(lambda f, more: {"type": "object", "properties": f, "additionalProperties": more}, fields, inner),
        st.builds(lambda f: {"type": "object", "properties": f, "additionalProperties": True}, fields),
        st.builds(
            lambda kind, parts: {kind: parts},
            st.sampled_from(["oneOf", "anyOf", "allOf"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
    )


@given(st.recursive(LEAVES, nested, max_leaves=8))
def test_every_schema_is_written_as_gradios_client_does(schema: dict[str, Any]) -> None:
    """Whatever a component's schema is made of, both say the same."""
    whole = {**schema, "$defs": {"Thing": {"type": "object", "properties": {"x": {"type": "integer"}}}}}
    assert python_type(whole) == json_schema_to_python_type(whole)


@pytest.mark.parametrize("schema", FILES, ids=range(len(FILES)))
def test_a_file_is_a_filepath(schema: dict[str, Any]) -> None:
    """What is a file, and what only looks like one, are told apart as Gradio's client does."""
    assert python_type(schema) == json_schema_to_python_type(schema)


def test_every_recorded_schema_is_written_as_gradios_client_does() -> None:
    """The schemas of Gradio's own components."""
    facts = json.loads(RECORDED.read_text(encoding="utf-8"))["components"]
    schemas = [fact["config"]["api_info"] for fact in facts if "api_info" in fact["config"]]

    assert len(schemas) > 50
    assert [python_type(one) for one in schemas] == [json_schema_to_python_type(one) for one in schemas]
