"""Instances of pydantic models; pydantic is imported by the app that defines them."""

from __future__ import annotations

import sys
from typing import Any

from msgspec.msgpack import Ext

from adapter.state.codec import codes
from adapter.state.codec.forms import fills
from adapter.state.codec.kinds import Kind
from adapter.state.codec.structures import MAKERS, find, no_default, slots_of
from adapter.state.codec.tree import Encode, Walker, pack

_set = object.__setattr__


def _model(cls: Any, ref: Any) -> Encode:
    _, computed = slots_of(cls)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        private, extra = value.__pydantic_private__, value.__pydantic_extra__
        parts = {name: part for name, part in vars(value).items() if name not in computed}
        return Ext(
            codes.MODEL,
            pack(
                [
                    ref,
                    walker.attributes(parts, depth),
                    sorted(value.__pydantic_fields_set__),
                    None if private is None else walker.attributes(private, depth),
                    None if extra is None else walker.attributes(extra, depth),
                ]
            ),
        )

    return encode


def _make_model(ref: Any) -> Any:
    cls: Any = find(ref, Kind.MODEL)
    return cls.__new__(cls)


@fills(codes.MODEL, _make_model, 5, heads=1)
def _fill_model(value: Any, body: list[Any]) -> None:
    _, parts, given, private, extra = body
    cls: Any = type(value)
    known: dict[str, Any] = {}
    for name, field in cls.model_fields.items():
        if name in parts:
            known[name] = parts[name]
        elif field.is_required():
            raise no_default(cls, name)
        else:
            known[name] = field.get_default(call_default_factory=True, validated_data=known)
    # The validators do not run: they have seen these fields once, and need not accept their own results.
    _set(value, "__dict__", known)
    _set(value, "__pydantic_fields_set__", {name for name in given if name in known or name in (extra or ())})
    if not cls.__pydantic_root_model__:  # which has neither, and would take them for attributes
        _set(value, "__pydantic_extra__", extra)
        _set(value, "__pydantic_private__", _private(cls, private))


def _private(cls: Any, values: dict[str, Any] | None) -> dict[str, Any] | None:
    undefined = sys.modules["pydantic_core"].PydanticUndefined
    defaults = {name: attribute.get_default() for name, attribute in cls.__private_attributes__.items()}
    defaults = {name: default for name, default in defaults.items() if default is not undefined}
    return defaults | (values or {}) if cls.__private_attributes__ else values


MAKERS[Kind.MODEL] = _model
