"""Instances of the app's subclasses of built-in classes: their content and their attributes.

The content is read and put back by the built-in class's own methods: what a subclass makes of ``append`` or
``__setitem__`` has been done once.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import msgspec
from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, registry
from adapter.state.codec.builtin import make_defaultdict, members, name_of_factory
from adapter.state.codec.forms import Need, decodes_whole, fills
from adapter.state.codec.getstate import own_state, set_own_state
from adapter.state.codec.kinds import Kind, built_in_base, has_own_state, kind_of
from adapter.state.codec.reading import expect, unpack_list
from adapter.state.codec.structures import MAKERS, more, restore
from adapter.state.codec.tree import Encode, Walker, pack

Content = Callable[[Any, Walker, int], Any]


def _items(value: Any, walker: Walker, depth: int) -> Any:
    return walker.mapping(dict(dict.items(value)), depth)


def _ordered_items(value: Any, walker: Walker, depth: int) -> Any:
    return walker.mapping(dict(OrderedDict.items(value)), depth)


def _sequence(kind: type) -> Content:
    return lambda value, walker, depth: walker.items(list(kind.__iter__(value)), depth)  # type: ignore[attr-defined]


def _members(kind: type) -> Content:
    return lambda value, walker, depth: msgspec.Raw(members(frozenset(kind.__iter__(value)), walker, depth))  # type: ignore[attr-defined]


def _nothing(value: Any, walker: Walker, depth: int) -> None:
    return None


_CONTAINERS: dict[type, Content] = {
    dict: _items,
    OrderedDict: _ordered_items,
    defaultdict: _items,
    list: _sequence(list),
    deque: _sequence(deque),
    set: _members(set),
    bytearray: lambda value, walker, depth: bytes(bytearray.__getitem__(value, slice(None))),
    SimpleNamespace: _nothing,
}
_VALUES: dict[type, Callable[[Any], Any]] = {
    str: str.__str__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    int: int.__int__,
    float: float.__float__,
    complex: complex.__complex__,
}
_TUPLES: dict[type, Content] = {tuple: _sequence(tuple), frozenset: _members(frozenset)}


def _subclass(cls: Any, ref: Any) -> Encode:
    base = built_in_base(cls)
    assert base is not None
    if base in _CONTAINERS:
        return _container(cls, ref, base)
    return _value(cls, ref, base) if base in _VALUES else _tuple(cls, ref, base)


MAKERS[Kind.SUBCLASS] = _subclass


def _rest(cls: Any) -> Callable[[Any, Walker, int], list[Any]]:
    """Return what gives what follows the content: nothing, the attributes, or ``None`` and the value's own state."""
    if has_own_state(cls):
        return lambda value, walker, depth: [None, own_state(value, walker, depth)]
    return lambda value, walker, depth: more(cls, value, frozenset(), walker, depth)


def _restore(value: Any, rest: list[Any]) -> None:
    if len(rest) == 2:
        set_own_state(value, rest[1])
    else:
        restore(value, rest)


def _container(cls: Any, ref: Any, base: type) -> Encode:
    content, rest = _CONTAINERS[base], _rest(cls)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        given = None
        if base is deque:
            given = value.maxlen
        elif base is defaultdict:
            given = name_of_factory(value.default_factory)
        return Ext(
            codes.SUBCLASS,
            pack([ref, base.__name__, given, content(value, walker, depth), *rest(value, walker, depth)]),
        )

    return encode


def _find(ref: Any, base_name: Any, bases: Any) -> Any:
    cls = registry.find(ref)
    base: Any = built_in_base(cls) if kind_of(cls) is Kind.SUBCLASS else None
    if base not in bases or base.__name__ != base_name:
        raise CannotRead(f"it holds {cls.__name__} as a subclass of {base_name!r}, which it is not any more")
    return cls


def _make_container(ref: Any, base_name: Any, given: Any) -> Any:
    cls = _find(ref, base_name, _CONTAINERS)
    base: Any = built_in_base(cls)
    value = base.__new__(cls)
    if base is deque:
        deque.__init__(value, (), given)
    elif base is defaultdict:
        value.default_factory = make_defaultdict(given).default_factory
    return value


@fills(codes.SUBCLASS, _make_container, 4, 5, 6, heads=3, asks=Need.PARTS)
def _fill_container(value: Any, parts: list[Any]) -> None:
    content, base = parts[3], built_in_base(type(value))
    if base is OrderedDict:
        for key, part in expect(content, dict).items():
            OrderedDict.__setitem__(value, key, part)
    elif base in (dict, defaultdict):
        dict.update(value, expect(content, dict))
    elif base is set:
        set.update(value, expect(content, list))
    elif base is not SimpleNamespace:
        base.extend(value, content)  # type: ignore[union-attr]
    _restore(value, parts[4:])


def _value(cls: Any, ref: Any, base: type) -> Encode:
    plain, rest = _VALUES[base], _rest(cls)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        content = walker.tree(plain(value), depth + 1)
        return Ext(codes.SUBVALUE, pack([ref, base.__name__, content, *rest(value, walker, depth)]))

    return encode


def _make_value(ref: Any, base_name: Any, content: Any) -> Any:
    cls = _find(ref, base_name, _VALUES)
    base: Any = built_in_base(cls)
    return base.__new__(cls, expect(content, base))


@fills(codes.SUBVALUE, _make_value, 3, 4, 5, heads=3)
def _fill_value(value: Any, parts: list[Any]) -> None:
    _restore(value, parts[3:])


def _tuple(cls: Any, ref: Any, base: type) -> Encode:
    content, rest = _TUPLES[base], _rest(cls)

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(
            codes.SUBTUPLE,
            pack([ref, base.__name__, content(value, walker, depth), *rest(value, walker, depth)]),
        )

    return encode


@decodes_whole(codes.SUBTUPLE)
def _read_tuple(body: memoryview) -> Any:
    ref, base_name, content, *rest = unpack_list(body, 3, 4, 5)
    cls = _find(ref, base_name, _TUPLES)
    base: Any = built_in_base(cls)
    value = base.__new__(cls, expect(content, list))
    _restore(value, rest)
    return value
