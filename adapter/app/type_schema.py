"""Type hints as JSON schemas, in the forms that Gradio gives them, and data checked by these."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Mapping
from typing import Any, Literal, Union

_PLAIN: dict[Any, dict[str, Any]] = {
    Any: {},
    None: {"type": "null"},
    types.NoneType: {"type": "null"},
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    dict: {"type": "object", "additionalProperties": {}},
    list: {"type": "array", "items": {}},
    tuple: {"type": "array"},
    set: {"type": "array", "uniqueItems": True},
    frozenset: {"type": "array", "uniqueItems": True},
    bytes: {"type": "string", "format": "byte"},
    bytearray: {"type": "string", "format": "byte"},
}

_KINDS: dict[str, tuple[type, ...]] = {
    "null": (types.NoneType,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def schema_of(hint: Any) -> dict[str, Any]:
    """Return the JSON schema of a type hint; one that says nothing for a type that JSON has no form of."""
    try:
        return _schema(hint)
    except TypeError:
        return {}


def fits(data: Any, schema: Mapping[str, Any]) -> bool:
    """Return whether data off the wire is of the kind that a schema of `schema_of` says; ``None`` always is.

    Gradio's JavaScript client sends it for what is left out. What is inside a list or an object is the function's
    business, as in Gradio.
    """
    if data is None:
        return True
    for word in ("anyOf", "oneOf"):
        if word in schema and not any(fits(data, option) for option in schema[word]):
            return False
    if "enum" in schema and data not in schema["enum"]:
        return False
    if "const" in schema and data != schema["const"]:
        return False
    kinds = _KINDS.get(schema.get("type", ""))
    return kinds is None or (isinstance(data, kinds) and not (isinstance(data, bool) and bool not in kinds))


def _schema(hint: Any) -> dict[str, Any]:
    if isinstance(hint, typing.Hashable) and hint in _PLAIN:
        return dict(_PLAIN[hint])
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _schema(arguments[0])
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin in (list, tuple, set, frozenset, dict):
        return _container(origin, arguments)
    if inspect.isclass(hint) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    if inspect.isclass(hint) and typing.get_type_hints(hint):
        return _record(hint)
    raise TypeError(f"JSON has no form of {hint!r}")


def _union(options: tuple[Any, ...]) -> dict[str, Any]:
    others = [option for option in options if option is not types.NoneType]
    if len(options) == 2 and len(others) == 1:
        return {"oneOf": [{"type": "null"}, _schema(others[0])]}
    return {"anyOf": [_schema(option) for option in options]}


def _container(origin: type, arguments: tuple[Any, ...]) -> dict[str, Any]:
    if origin is dict:
        if arguments[0] is not str:
            raise TypeError("the names in a JSON object are strings")
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if origin is tuple and not (len(arguments) == 2 and arguments[1] is Ellipsis):
        size = len(arguments)
        return {"type": "array", "prefixItems": [_schema(one) for one in arguments], "minItems": size, "maxItems": size}
    unique = {"uniqueItems": True} if origin in (set, frozenset) else {}
    return {"type": "array", **unique, "items": _schema(arguments[0])}


def _record(kind: type) -> dict[str, Any]:
    """Return the schema of a TypedDict, a dataclass or another class with annotations."""
    hints = typing.get_type_hints(kind)
    required = list(hints)
    if dataclasses.is_dataclass(kind):
        empty = dataclasses.MISSING
        required = [one.name for one in dataclasses.fields(kind) if one.default is one.default_factory is empty]
    elif typing.is_typeddict(kind):
        required = [name for name in hints if name in getattr(kind, "__required_keys__", ())]
    found: dict[str, Any] = {"type": "object", "properties": {name: _schema(hint) for name, hint in hints.items()}}
    return found | ({"required": required} if required else {})
