"""Instances of classes that say themselves what of them is kept: ``__getstate__`` and ``__setstate__``.

These are Python's own words for it, as ``copy`` and ``pickle`` know them. ``__reduce__`` is not asked.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes, registry
from adapter.state.codec.forms import Need, fills
from adapter.state.codec.kinds import Kind, has_own_state, kind_of
from adapter.state.codec.tree import Encode, Walker, pack

KINDS: Final = frozenset({Kind.DATACLASS, Kind.OBJECT, Kind.MODEL})
"""The kinds of classes of which nothing else is stored; of subclasses of built-in ones their content is too."""


def encoder(cls: Any, ref: Any) -> Encode:
    """Return what encodes instances of ``cls`` by their own state."""

    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.STATE, pack([ref, own_state(value, walker, depth)]))

    return encode


def own_state(value: Any, walker: Walker, depth: int) -> Any:
    """Return the tree of what ``value`` says is to be kept of it."""
    return walker.made(value, _state, depth)


def _state(value: Any) -> Any:
    return value.__getstate__()


def _make(ref: Any) -> Any:
    cls: Any = registry.find(ref)
    kind = kind_of(cls)
    if kind not in KINDS or not has_own_state(cls):
        raise CannotRead(f"it holds {cls.__name__} by its own state, which the class does not keep any more")
    return cls.__new__(cls) if kind is Kind.MODEL else object.__new__(cls)


@fills(codes.STATE, _make, 2, heads=1, asks=Need.PARTS)
def _fill(value: Any, parts: list[Any]) -> None:
    set_own_state(value, parts[1])


def set_own_state(value: Any, state: Any) -> None:
    """Give ``value`` the state that its ``__getstate__`` returned once."""
    if state is None:
        return
    if hasattr(value, "__setstate__"):
        value.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
    if attributes:
        vars(value).update(attributes)
    for name, part in (slots or {}).items():
        object.__setattr__(value, name, part)
