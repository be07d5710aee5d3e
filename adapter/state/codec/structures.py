"""Instances of classes: dataclasses, Enums, named tuples, pydantic models, and what was registered.

An instance is read back as it was, without its ``__init__``: not what its class would make of the same
arguments today. Fields that the class gained since take their default; fields it lost are left out.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache, cached_property
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, registry
from adapter.state.codec.forms import decodes_whole, fills
from adapter.state.codec.kinds import Kind, kind_of
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, Refused, type_name
from adapter.state.codec.tree import ATOMS, RESOLVERS, Encode, Walker, pack

_set = object.__setattr__


def _resolve(cls: type) -> Encode | None:
    entry = registry.registration(cls)
    if entry is not None and entry.encode is not None:
        return _custom(entry.name, entry.encode)
    kind = kind_of(cls)
    if kind is None or (kind is Kind.OBJECT and entry is None and not registry.is_apps(cls)):
        return None
    encode = _MAKERS[kind](cls, registry.reference(cls))
    if kind is Kind.ENUM:
        ATOMS[cls] = encode
    return encode


RESOLVERS.append(_resolve)


def _custom(name: str, make: Callable[[Any], Any]) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.CUSTOM, pack([name, walker.made(value, make, depth)]))

    return encode


@decodes_whole(codes.CUSTOM)
def _read_custom(body: memoryview) -> Any:
    name, value = unpack_list(body, 2)
    entry = registry.registered(expect(name, str))
    if entry.decode is None:
        raise CannotRead(f"it holds {name!r} that was encoded by a function; it is registered without one now")
    made = entry.decode(value)
    if not isinstance(made, entry.cls):
        raise CannotRead(f"decode= of {name!r} returned {type_name(type(made))} instead of {type_name(entry.cls)}")
    return made


def _enum(cls: Any, ref: Any) -> Encode:
    names = {id(member): name for name, member in cls.__members__.items() if member.name == name}

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        name = names.get(id(value))
        if name is not None:
            return Ext(codes.ENUM, pack([ref, name]))
        if not isinstance(value, enum.Flag):
            raise Refused(f"is no member of {cls.__name__}", f"Store a member of {cls.__name__}.")
        # A combination of flags has no name of its own.
        return Ext(codes.ENUM, pack([ref, None, walker.part(value.value, (ATTRIBUTE, "value"), depth)]))

    return encode


@decodes(codes.ENUM)
def _read_enum(body: memoryview) -> Any:
    ref, name, *value = unpack_list(body, 2, 3)
    cls: Any = _find(ref, Kind.ENUM)
    if name is None and len(value) == 1 and issubclass(cls, enum.Flag):
        return cls(expect(value[0], int))
    if name not in cls.__members__:
        raise CannotRead(f"it holds {cls.__name__}.{name}, which the app does not define any more")
    return cls.__members__[name]


def _namedtuple(cls: Any, ref: Any) -> Encode:
    names: tuple[str, ...] = cls._fields

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        parts = walker.attributes(dict(zip(names, value, strict=True)), depth)
        return Ext(codes.NAMEDTUPLE, pack([ref, parts, *_more(cls, value, frozenset(), walker, depth)]))

    return encode


@decodes(codes.NAMEDTUPLE)
def _read_namedtuple(body: memoryview) -> Any:
    ref, parts, *more = unpack_list(body, 2, 3)
    cls: Any = _find(ref, Kind.NAMEDTUPLE)
    parts = cls._field_defaults | expect(parts, dict)
    for name in cls._fields:
        if name not in parts:
            raise _no_default(cls, name)
    value = tuple.__new__(cls, [parts[name] for name in cls._fields])
    _restore(value, more)
    return value


def _dataclass(cls: Any, ref: Any) -> Encode:
    required = {field.name: field.init for field in fields(cls)}
    names = frozenset(required)
    has_slots, has_dict = bool(_slots(cls)[0]), bool(cls.__dictoffset__)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        try:
            parts = {name: getattr(value, name) for name in required}
        except AttributeError:  # init=False, and not set yet
            parts = _set_fields(value, required)
        body = [ref, walker.attributes(parts, depth)]
        if has_slots or (has_dict and not value.__dict__.keys() <= names):
            body += _more(cls, value, names, walker, depth)
        return Ext(codes.DATACLASS, pack(body))

    return encode


def _set_fields(value: Any, required: Mapping[str, bool]) -> dict[str, Any]:
    parts = {}
    for name, is_required in required.items():
        try:
            parts[name] = getattr(value, name)
        except AttributeError:
            if is_required:
                raise Refused(f"is a {type(value).__name__} without its field {name!r}", "Set the field.") from None
    return parts


def _make_dataclass(ref: Any) -> Any:
    return object.__new__(_find(ref, Kind.DATACLASS))


@fills(codes.DATACLASS, _make_dataclass, 2, 3, heads=1)
def _fill_dataclass(value: Any, body: list[Any]) -> None:
    _, parts, *more = body
    expect(parts, dict)
    cls: Any = type(value)
    for name, field in _fields(cls).items():
        if name in parts:
            _set(value, name, parts[name])
        elif field.default is not MISSING:
            _set(value, name, field.default)
        elif field.default_factory is not MISSING:
            _set(value, name, field.default_factory())
        elif field.init:
            raise _no_default(cls, name)
    _restore(value, more)


@cache
def _fields(cls: type) -> dict[str, Any]:
    return {field.name: field for field in fields(cls)}


def _object(cls: Any, ref: Any) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.OBJECT, pack([ref, *_more(cls, value, frozenset(), walker, depth)]))

    return encode


def _make_object(ref: Any) -> Any:
    return object.__new__(_find(ref, Kind.OBJECT))


@fills(codes.OBJECT, _make_object, 1, 2, heads=1)
def _fill_object(value: Any, body: list[Any]) -> None:
    _restore(value, body[1:])


def _model(cls: Any, ref: Any) -> Encode:
    _, computed = _slots(cls)

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
    cls: Any = _find(ref, Kind.MODEL)
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
            raise _no_default(cls, name)
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


_MAKERS: Mapping[Kind, Callable[[Any, Any], Encode]] = {
    Kind.ENUM: _enum,
    Kind.NAMEDTUPLE: _namedtuple,
    Kind.DATACLASS: _dataclass,
    Kind.OBJECT: _object,
    Kind.MODEL: _model,
}


def _find(ref: Any, kind: Kind) -> type:
    cls = registry.find(ref)
    if _kind(cls) is not kind:
        raise CannotRead(f"it holds {type_name(cls)} as {kind}, which is now a {_kind(cls) or 'class'}")
    return cls


@cache
def _kind(cls: type) -> Kind | None:
    return kind_of(cls)


def _no_default(cls: type, name: str) -> CannotRead:
    return CannotRead(f"it holds {type_name(cls)} without the field {name!r}; give the field a default")


def _more(cls: type, value: Any, but: frozenset[str], walker: Walker, depth: int) -> list[Any]:
    """Return a list of the attributes that are no fields, or an empty list where there are none."""
    attributes = _attributes(cls, value, but)
    return [walker.attributes(attributes, depth)] if attributes else []


def _attributes(cls: type, value: Any, but: frozenset[str]) -> dict[str, Any]:
    slots, computed = _slots(cls)
    attributes = getattr(value, "__dict__", {})
    if not slots and attributes.keys() <= but:
        return {}
    found = {name: part for name, part in attributes.items() if name not in but}
    for name in computed.intersection(found):
        del found[name]
    for name in slots:
        if name not in but and hasattr(value, name):
            found[name] = getattr(value, name)
    return found


def _restore(value: Any, more: list[Any]) -> None:
    cls: type = type(value)
    slots, _ = _slots(cls)
    for attributes in more:
        for name, part in expect(attributes, dict).items():
            if name in slots:
                _set(value, name, part)
            else:
                vars(value)[expect(name, str)] = part


@cache
def _slots(cls: type) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the names of the slots of ``cls``, and of what it computes once and can compute again."""
    slots: list[str] = []
    computed: set[str] = set()
    for base in reversed(cls.__mro__):
        names = vars(base).get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            private = name.startswith("__") and not name.endswith("__")
            slots.append(f"_{base.__name__.lstrip('_')}{name}" if private else name)
        computed.update(name for name, part in vars(base).items() if isinstance(part, cached_property))
    return tuple(name for name in slots if name not in ("__dict__", "__weakref__")), frozenset(computed)
