"""The JSON schema of a conversation on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_TEXT = {"type": "string"}
_METADATA: dict[str, Any] = {
    "title": _TEXT,
    "id": {"anyOf": [{"type": "integer"}, _TEXT]},
    "parent_id": {"anyOf": [{"type": "integer"}, _TEXT]},
    "log": _TEXT,
    "duration": {"type": "number"},
    "status": {"enum": ["pending", "done"], "type": "string"},
}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}], "default": None}


def _object(name: str, properties: dict[str, Any], required: Sequence[str] = ()) -> dict[str, Any]:
    titled = {
        key: part if _refers(part) else part | {"title": " ".join(key.strip("_").split("_")).title()}
        for key, part in properties.items()
    }
    found = {"properties": titled, "title": name, "type": "object"}
    return found | ({"required": list(required)} if required else {})


def _refers(schema: dict[str, Any]) -> bool:
    return "$ref" in schema or any("$ref" in option for option in schema.get("anyOf", ()))


def _constant(value: str) -> dict[str, Any]:
    return {"const": value, "default": value, "type": "string"}


def _reference(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


_ANYTHING_BY_NAME = {"additionalProperties": True, "type": "object"}
_PARTS = [_reference(name) for name in ("TextMessage", "FileMessage", "ComponentMessage")]

SCHEMA: dict[str, Any] = {
    "$defs": {
        "ComponentMessage": _object(
            "ComponentMessage",
            {
                "component": _TEXT,
                "value": {},
                "constructor_args": _ANYTHING_BY_NAME,
                "props": _ANYTHING_BY_NAME,
                "type": _constant("component"),
            },
            ["component", "value", "constructor_args", "props"],
        ),
        "FileData": _object(
            "FileData",
            {
                "path": _TEXT,
                "url": _or_null(_TEXT),
                "size": _or_null({"type": "integer"}),
                "orig_name": _or_null(_TEXT),
                "mime_type": _or_null(_TEXT),
                "is_stream": {"default": False, "type": "boolean"},
                "meta": _reference("FileDataMeta"),
            },
            ["path"],
        ),
        "FileDataMeta": _object("FileDataMeta", {"_type": {"const": "gradio.FileData", "type": "string"}}, ["_type"]),
        "FileMessage": _object(
            "FileMessage",
            {"file": _reference("FileData"), "alt_text": _or_null(_TEXT), "type": _constant("file")},
            ["file"],
        ),
        "Message": _object(
            "Message",
            {
                "role": _TEXT,
                "metadata": _or_null(_reference("MetadataDict")),
                "content": {"items": {"anyOf": _PARTS}, "type": "array"},
                "options": _or_null({"items": _reference("OptionDict"), "type": "array"}),
            },
            ["role", "content"],
        ),
        "MetadataDict": _object("MetadataDict", _METADATA),
        "OptionDict": _object("OptionDict", {"value": _TEXT, "label": _TEXT}, ["value"]),
        "TextMessage": _object("TextMessage", {"text": _TEXT, "type": _constant("text")}, ["text"]),
    },
    "items": _reference("Message"),
    "additional_description": None,
    "title": "ChatbotDataMessages",
    "type": "array",
}
"""The JSON schema of a conversation on the wire."""
