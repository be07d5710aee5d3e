"""Payloads are shown without the app: what only its classes could decode stands there by name and parts."""

from __future__ import annotations

import datetime
import enum
from collections import Counter, OrderedDict, defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pandas as pd
import pytest
from msgspec.msgpack import Ext
from PIL import Image
from pydantic import BaseModel, PrivateAttr

from adapter.state.codec import encode, registry
from adapter.state.codec.outline import outline


@registry.register_type(name="shop.Player")
@dataclass(frozen=True)
class Player:
    name: str
    scores: tuple[int, ...] = ()


@registry.register_type(name="shop.Point")
class Point(NamedTuple):
    x: int
    y: int


@registry.register_type(name="shop.Colour")
class Colour(enum.Enum):
    RED = "#f00"


@registry.register_type(name="shop.Right")
class Right(enum.Flag):
    READ = 1
    WRITE = 2


@registry.register_type(name="shop.Order")
class Order(BaseModel):
    items: list[str]
    _seen: bool = PrivateAttr(default=True)


@registry.register_type(name="shop.Basket")
class Basket:
    def __init__(self) -> None:
        self.fruit = {"apple": 2}


class Token:
    """Holds what its own functions store and read."""


registry.register_type(Token, name="shop.Token", encode=lambda _: [1, 2], decode=lambda _: Token())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Player("Ann", (1, 2)), "shop.Player(name='Ann', scores=(1, 2))"),
        (Point(1, 2), "shop.Point(x=1, y=2)"),
        (Colour.RED, "shop.Colour.RED"),
        (Right.READ | Right.WRITE, "shop.Right(3)"),
        (Order(items=["tea"]), "shop.Order(items=['tea'], _seen=True)"),
        (Basket(), "shop.Basket(fruit={'apple': 2})"),
        (Token(), "shop.Token([1, 2])"),
        (defaultdict(list, a=[1]), "defaultdict(list, {'a': [1]})"),
        (defaultdict(Basket), "defaultdict(shop.Basket, {})"),
        (defaultdict(None, a=1), "defaultdict(None, {'a': 1})"),
        (deque([1, Colour.RED], maxlen=3), "deque([1, shop.Colour.RED], maxlen=3)"),
        ({"a": [Player("Ann")], Colour.RED: 1}, "{'a': [shop.Player(name='Ann', scores=())], shop.Colour.RED: 1}"),
    ],
)
def test_classes_are_shown_by_name_and_parts(value: Any, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process that never imported them."""
    payload = encode(value, name="it")
    monkeypatch.setattr(registry, "_by_name", {})
    monkeypatch.setattr(registry, "_by_class", {})
    assert repr(outline(payload)) == shown


@pytest.mark.parametrize(
    "value",
    [
        None,
        2**100,
        "text",
        b"bytes",
        [1, (2, 3), {4}, frozenset({5})],
        {"a": {(1, 2): [None]}},
        OrderedDict(a=1),
        Counter("aab"),
        Decimal("1.50"),
        PurePosixPath("/tmp/file"),
        datetime.datetime(2026, 11, 21, 1, 2, 3, tzinfo=datetime.UTC),
        datetime.timedelta(days=1),
    ],
)
def test_what_needs_no_class_is_shown_as_it_is(value: Any) -> None:
    """Everything of the standard library, and an OrderedDict or a Counter as a dict."""
    assert outline(encode(value, name="it")) == value


def test_arrays_frames_and_images_are_shown_by_their_own_classes() -> None:
    """Where these are installed."""
    assert outline(encode(np.arange(3), name="it")).tolist() == [0, 1, 2]
    assert list(outline(encode(pd.DataFrame({"a": [1]}), name="it")).columns) == ["a"]
    assert outline(encode(Image.new("RGB", (4, 3)), name="it")).size == (4, 3)


def test_an_array_of_the_apps_objects_is_told_by_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy's own parts cannot stand in for what is in them."""
    payload = encode(np.array([Player("Ann")], dtype=object), name="it")
    monkeypatch.setattr(registry, "_by_name", {})
    assert repr(outline(payload)).startswith("<ndarray, ")


def test_a_graph_is_shown_with_each_object_once() -> None:
    """Where objects refer to each other, each stands under a number; a cycle has no other end."""
    piece: dict[str, Any] = {"done": True}
    game = {"pieces": [piece], "current": piece, "players": {Point(1, 2): [piece]}}
    assert repr(outline(encode(game, name="it"))) == (
        "{'pieces': [*0], 'current': *0, 'players': {shop.Point(x=1, y=2): [*0]}} where *0 = {'done': True}"
    )
    piece["of"] = piece
    assert repr(outline(encode(piece, name="it"))) == "*0 where *0 = {'done': True, 'of': *0}"


def test_whatever_is_wrong_is_said_in_its_place() -> None:
    """No payload, however damaged or new, is an error."""
    assert repr(outline(b"\xc1")).startswith("<1 bytes that cannot be read: ")
    assert repr(outline(msgspec.msgpack.encode([1, Ext(127, b"new")]))) == "[1, <extension 127, 3 bytes>]"
    assert repr(outline(msgspec.msgpack.encode(Ext(49, b"\x90")))) == "<dataclass, 1 bytes>"
