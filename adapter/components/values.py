"""Foreign values as plain Python: what functions return, in forms that JSON has.

Arrays and scalars of NumPy and its kin are known by their methods; no library is imported.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

_PLAIN = {bool, int, str, type(None)}
"""Types whose values JSON has as they are."""


def scalar(value: Any) -> Any:
    """Return a library's number, text or one-item array as Python's own; anything else as it is."""
    item = getattr(value, "item", None)
    if isinstance(value, type) or not callable(item) or getattr(value, "size", 1) != 1:
        return value
    return item()


def number(value: Any) -> int | float | None:
    """Return ``value`` as a number that JSON has; ``None`` for NaN and the infinities.

    Raises:
        TypeError: it is no number.
    """
    value = scalar(value)
    if not isinstance(value, int | float):
        value = _float(value)
    value = int(value) if isinstance(value, bool) else value
    return value if isinstance(value, int) or math.isfinite(value) else None


def jsonable(value: Any) -> Any:
    """Return ``value`` as JSON has it.

    Tuples and arrays become lists, dataclasses objects, enums their values, keys texts, NaN and the
    infinities null. What JSON has no form for becomes the JSON that its text is, or else its text.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return jsonable(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, Mapping):
        return {_key(name): jsonable(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return _items(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: jsonable(getattr(value, field.name)) for field in fields(value)}
    return _foreign(value)


def jsonable_array(array: Any) -> Any:
    """Return an array of NumPy's as JSON has it, as `jsonable` does, by a few operations and not number by number."""
    if array.dtype.kind in "biu":
        return array.tolist()
    if array.dtype.kind != "f":
        return jsonable(array.tolist())
    lacking = ~((array > -math.inf) & (array < math.inf))
    if lacking.any():
        array = array.astype(object)
        array[lacking] = None
    return array.tolist()


def _items(values: list[Any] | tuple[Any, ...]) -> list[Any]:
    kinds = set(map(type, values))
    if kinds <= _PLAIN:  # as a table's rows are
        return list(values)
    if kinds <= _PLAIN | {float} and all(math.isfinite(item) for item in values if type(item) is float):
        return list(values)
    return [jsonable(item) for item in values]


def parse_json(text: str) -> Any:
    """Return the value of the JSON ``text``.

    Raises:
        ValueError: it is not JSON (NaN and Infinity are not).
    """
    return json.loads(text, parse_constant=_not_json)


def _float(value: Any) -> float:
    try:
        if hasattr(value, "__float__"):
            return float(value)
    except (TypeError, ValueError):  # an array of several items
        pass
    raise TypeError(f"{value!r} ({type(value).__name__}) is no number")


def _foreign(value: Any) -> Any:
    if type(value).__name__ in ("NaTType", "NAType"):  # what pandas puts where a date or any value is missing
        return None
    to_list = getattr(value, "tolist", None)
    if callable(to_list) and not isinstance(value, type):
        return jsonable(to_list())
    text = str(value)
    try:
        return parse_json(text)
    except ValueError:
        return text


def _key(name: Any) -> str:
    name = scalar(name)
    if isinstance(name, Enum):
        name = name.value
    if name is None or isinstance(name, bool | int | float):
        return json.dumps(name)
    return str(name)


def _not_json(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
