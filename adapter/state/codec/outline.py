"""A payload for a human's eyes: decoded without the app, its classes shown by name and parts.

`decode` gives back what was put in, or nothing; whoever looks after a store has no part of the app at
hand and wants to see what can be seen. What is returned here is for printing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from adapter.state.codec import codes
from adapter.state.codec.reading import DECODERS, unpack_raws

_NAMES: Final = {code: name.lower() for name, code in vars(codes).items() if isinstance(code, int)}


class Sketch:
    """Stands for an object whose class is not at hand; printed as its class would likely be."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def outline(payload: bytes) -> Any:
    """Return what `encode` was given, with a `Sketch` for each part that only the app could decode; never raise."""
    try:
        return _unpack(payload)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a payload, it is said in its place
        return Sketch(f"<{len(payload):,} bytes that cannot be read: {error}>")


def _extension(code: int, body: memoryview) -> Any:
    try:
        if code == codes.GRAPH:
            return _graph(body)
        if code == codes.REFERENCE:
            return _reference(body)
        if code in _SKETCHES:
            return _SKETCHES[code](_unpack(body))
        return DECODERS[code](body)
    except Exception:  # noqa: BLE001 - it holds what only the app knows, or what is not installed here
        return Sketch(f"<{_NAMES.get(code, f'extension {code}')}, {len(body):,} bytes>")


def _graph(body: memoryview) -> Sketch:
    """Show each object once, under its number: cycles have no end."""
    root, *objects = unpack_raws(body)
    shown = ", ".join(f"*{number} = {_unpack(part)!r}" for number, part in enumerate(objects))
    return Sketch(f"{_unpack(root)!r} where {shown}")


def _reference(body: memoryview) -> Sketch:
    return Sketch(f"*{_unpack(body)}")


_unpack = msgspec.msgpack.Decoder(ext_hook=_extension).decode


def _mapping(flat: list[Any]) -> dict[Any, Any]:
    return dict(zip(flat[::2], flat[1::2], strict=True))


def _defaultdict(parts: list[Any]) -> Any:
    factory, items = parts
    named = _class(factory[0]) if isinstance(factory, list) else factory
    return Sketch(f"defaultdict({named}, {items!r})")


def _enum(parts: list[Any]) -> Sketch:
    ref, name, *value = parts
    return Sketch(f"{_class(ref)}.{name}" if name is not None else f"{_class(ref)}({value[0]!r})")


def _instance(parts: list[Any]) -> Sketch:
    ref, *attributes = parts
    return _called(ref, *attributes)


def _model(parts: list[Any]) -> Sketch:
    ref, attributes, _, private, extra = parts
    return _called(ref, attributes, extra or {}, private or {})


def _custom(parts: list[Any]) -> Sketch:
    name, value = parts
    return Sketch(f"{_class(name)}({value!r})")


def _called(ref: Any, *attributes: Mapping[str, Any]) -> Sketch:
    shown = [f"{name}={value!r}" for some in attributes for name, value in some.items()]
    return Sketch(f"{_class(ref)}({', '.join(shown)})")


def _class(ref: Any) -> str:
    """Return the name of a class: what it was registered as, or what it is called in its file."""
    return str(ref[1]) if isinstance(ref, list) and len(ref) == 2 else str(ref)


_SKETCHES: dict[int, Callable[[Any], Any]] = {
    codes.TUPLE: tuple,
    codes.SET: set,
    codes.FROZENSET: frozenset,
    codes.DICT: _mapping,
    codes.DEQUE: lambda parts: Sketch(f"deque({parts[1]!r}, maxlen={parts[0]})"),
    codes.DEFAULTDICT: _defaultdict,
    codes.ORDEREDDICT: dict,
    codes.COUNTER: dict,
    codes.ENUM: _enum,
    codes.DATACLASS: _instance,
    codes.NAMEDTUPLE: _instance,
    codes.MODEL: _model,
    codes.OBJECT: _instance,
    codes.CUSTOM: _custom,
}
