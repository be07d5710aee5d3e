"""The Python type that stands for a JSON schema in an API's documentation."""

from __future__ import annotations

from typing import Any

SIMPLE = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "null": "None",
}

FILE_TYPE = "gradio.FileData"
"""What a file's ``meta._type`` says on the wire."""


def python_type(schema: dict[str, Any], definitions: dict[str, Any] | None = None) -> str:
    """Return how the type of ``schema`` is written for a Python caller, in the notation of Gradio's clients."""
    definitions = schema.get("$defs", definitions or {})
    if "$ref" in schema:
        return python_type(_referred(schema, definitions), definitions)
    if "const" in schema:
        return f"Literal[{schema['const']}]"
    if "enum" in schema:
        return "Literal[" + ", ".join(f"'{value}'" for value in schema["enum"]) + "]"
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return " | ".join(python_type(option, definitions) for option in schema[union])
    if "allOf" in schema:
        return "All[" + ", ".join(python_type(part, definitions) for part in schema["allOf"]) + "]"
    kind = schema.get("type")
    if kind == "array":
        return _array(schema, definitions)
    if kind == "object":
        return _object(schema, definitions)
    if isinstance(kind, str):
        return SIMPLE[kind]
    return "str | float | bool | list | dict" if "json" in schema.get("description", "") else "Any"


def _array(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    items = schema.get("items") or {}
    fixed = schema.get("prefixItems") or items.get("prefixItems")
    if fixed:
        return "tuple[" + ", ".join(python_type(item, definitions) for item in fixed) + "]"
    return f"list[{python_type(items, definitions)}]"


def _object(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    fields = schema.get("properties", {})
    if _is_file(fields, definitions):
        return "filepath"
    described = [
        f"{name}: {python_type(part, definitions)}" + (f" ({part['description']})" if part.get("description") else "")
        for name, part in fields.items()
    ]
    extra = schema.get("additionalProperties")
    if extra is not None and extra is not False:
        described.append("str, Any" if extra is True else f"str, {python_type(extra, definitions)}")
    return f"dict({', '.join(described)})"


def _is_file(fields: dict[str, Any], definitions: dict[str, Any]) -> bool:
    if "path" not in fields or "meta" not in fields:
        return False
    meta = _referred(fields["meta"], definitions)
    kind = meta.get("properties", {}).get("_type")
    return bool((meta.get("default", {}).get("_type") if kind is None else kind.get("const")) == FILE_TYPE)


def _referred(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema that a reference leads to; any other as it is."""
    found: dict[str, Any] = definitions[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema
    return found
