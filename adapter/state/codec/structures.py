"""Instances of classes: dataclasses, Enums, named tuples, pydantic models, and what was registered.

An instance is read back as it was, without its ``__init__``: not what its class would make of the same
arguments today. Fields that the class gained since take their default; fields it lost are left out.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache, cached_property
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, getstate, registry
from adapter.state.codec.forms import Need, decodes_whole, fills
from adapter.state.codec.kinds import Kind, has_own_state, kind_of
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
    make = getstate.encoder if has_own_state(cls) and kind in getstate.KINDS else MAKERS[kind]
    encode = make(cls, registry.reference(cls))
    if kind is Kind.ENUM:
        ATOMS[cls] = encode
    return encode


RESOLVERS.append(_resolve)


def _custom(name: str, make: Callable[[Any], Any]) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.CUSTOM, pack([name, walker.made(value, make, depth)]))

    return encode


@decodes_whole(codes.CUSTOM, Need.PARTS)
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
    cls: Any = find(ref, Kind.ENUM)
    if name is None and len(value) == 1 and issubclass(cls, enum.Flag):
        return cls(expect(value[0], int))
    if name not in cls.__members__:
        raise CannotRead(f"it holds {cls.__name__}.{name}, which the app does not define any more")
    return cls.__members__[name]


def _namedtuple(cls: Any, ref: Any) -> Encode:
    names: tuple[str, ...] = cls._fields

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        parts = walker.attributes(dict(zip(names, value, strict=True)), depth)
        return Ext(codes.NAMEDTUPLE, pack([ref, parts, *more(cls, value, frozenset(), walker, depth)]))

    return encode


@decodes(codes.NAMEDTUPLE)
def _read_namedtuple(body: memoryview) -> Any:
    ref, parts, *more = unpack_list(body, 2, 3)
    cls: Any = find(ref, Kind.NAMEDTUPLE)
    parts = cls._field_defaults | expect(parts, dict)
    for name in cls._fields:
        if name not in parts:
            raise no_default(cls, name)
    value = tuple.__new__(cls, [parts[name] for name in cls._fields])
    restore(value, more)
    return value


def _dataclass(cls: Any, ref: Any) -> Encode:
    required = {field.name: field.init for field in fields(cls)}
    names = frozenset(required)
    has_slots, has_dict = bool(slots_of(cls)[0]), bool(cls.__dictoffset__)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        try:
            parts = {name: getattr(value, name) for name in required}
        except AttributeError:  # init=False, and not set yet
            parts = _set_fields(value, required)
        body = [ref, walker.attributes(parts, depth)]
        if has_slots or (has_dict and not value.__dict__.keys() <= names):
            body += more(cls, value, names, walker, depth)
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
    return object.__new__(find(ref, Kind.DATACLASS))


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
            raise no_default(cls, name)
    restore(value, more)


@cache
def _fields(cls: type) -> dict[str, Any]:
    return {field.name: field for field in fields(cls)}


def _object(cls: Any, ref: Any) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.OBJECT, pack([ref, *more(cls, value, frozenset(), walker, depth)]))

    return encode


def _make_object(ref: Any) -> Any:
    return object.__new__(find(ref, Kind.OBJECT))


@fills(codes.OBJECT, _make_object, 1, 2, heads=1)
def _fill_object(value: Any, body: list[Any]) -> None:
    restore(value, body[1:])


MAKERS: dict[Kind, Callable[[Any, Any], Encode]] = {
    Kind.ENUM: _enum,
    Kind.NAMEDTUPLE: _namedtuple,
    Kind.DATACLASS: _dataclass,
    Kind.OBJECT: _object,
}
"""What makes an encoder of a class and its name in payloads."""


def find(ref: Any, kind: Kind) -> type:
    """Return the class of a name in a payload, if it is still of this kind."""
    cls = registry.find(ref)
    if _kind(cls) is not kind:
        raise CannotRead(f"it holds {type_name(cls)} as {kind}, which is now a {_kind(cls) or 'class'}")
    return cls


@cache
def _kind(cls: type) -> Kind | None:
    return kind_of(cls)


def no_default(cls: type, name: str) -> CannotRead:
    """Return the error for a field that the payload lacks, and that has no default."""
    return CannotRead(f"it holds {type_name(cls)} without the field {name!r}; give the field a default")


def more(cls: type, value: Any, but: frozenset[str], walker: Walker, depth: int) -> list[Any]:
    """Return a list of the attributes that are no fields, or an empty list where there are none."""
    attributes = _attributes(cls, value, but)
    return [walker.attributes(attributes, depth)] if attributes else []


def _attributes(cls: type, value: Any, but: frozenset[str]) -> dict[str, Any]:
    slots, computed = slots_of(cls)
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


def restore(value: Any, more: list[Any]) -> None:
    """Give ``value`` the attributes that `more` returned once."""
    cls: type = type(value)
    slots, _ = slots_of(cls)
    for attributes in more:
        for name, part in expect(attributes, dict).items():
            if name in slots:
                _set(value, name, part)
            else:
                vars(value)[expect(name, str)] = part


@cache
def slots_of(cls: type) -> tuple[tuple[str, ...], frozenset[str]]:
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
