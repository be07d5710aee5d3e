"""What scripts keep besides plain values: subclasses, name spaces, functions, drawers of chance."""

from __future__ import annotations

import argparse
import ipaddress
import math
import operator
import random
import re
import threading
import time
from array import array
from collections import ChainMap, UserDict, UserList, UserString, defaultdict
from fractions import Fraction
from functools import partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlparse, urlsplit

import numpy as np
import pytest
from msgspec.msgpack import Ext

from adapter.errors import CannotRead, CannotStore
from adapter.state import codec
from adapter.state.codec import codes
from adapter.state.codec.tree import pack
from tests.state.codec import app, samples

assert samples.SAMPLES  # whose module trusts the folder of the app


def stored(value: Any) -> Any:
    """Return ``value`` as it comes back; what came back has the same bytes."""
    payload = codec.encode(value, name="s")
    back = codec.decode(payload)
    assert type(back) is type(value)
    assert codec.encode(back, name="s") == payload
    return back


def refusal(value: Any) -> str:
    """Return the message with which ``value`` is refused."""
    with pytest.raises(CannotStore) as caught:
        codec.encode(value, name="s")
    return str(caught.value)


# --- subclasses of built-in classes


def test_a_dict_of_the_app_s_own_class_keeps_its_content_and_its_attributes() -> None:
    """None of its own methods runs: what they do has been done."""
    inventory = app.Inventory({"a": [1]})
    inventory["b"] = (2,)
    back = stored(inventory)
    assert dict.__eq__(back, {"a": [1], "b": (2,)})
    assert back.sets == 1


def test_a_list_of_the_app_s_own_class_keeps_its_content_and_its_attributes() -> None:
    """Also where its methods would refuse."""
    stack = app.Stack([1, [2]])
    stack.name = "s"
    back = stored(stack)
    assert list.__eq__(back, [1, [2]])
    assert back.name == "s"


SUBCLASSES: list[Any] = [
    app.Tags({1, "a", (2,)}),
    app.Line([1, 2], maxlen=3),
    app.Ordered(b=1, a=2),
    app.Groups(list, {"a": [1]}),
    app.Tally("aab"),
    app.Options(a=1, b=[2]),
    app.Buffer(b"abc"),
    app.Blob(b"abc"),
    app.Age(2**70),
    app.Age(-3),
    app.Ratio(1.5),
    app.Wave(1 + 2j),
    app.Trio((1, [2])),
    app.Group({1, ("a",)}),
    app.Note("text"),
    app.Note("\ud800"),
    app.Text("slots"),
]


@pytest.mark.parametrize("value", SUBCLASSES)
def test_an_instance_of_a_subclass_comes_back_with_its_attributes(value: Any) -> None:
    """Whatever the built-in class is."""
    assert stored(value) == value
    if hasattr(value, "__dict__"):
        value.about = {"list": [1]}
        back = stored([value, value])
        assert back[0] is back[1]
        assert (back[0], back[0].about) == (value, {"list": [1]})


def test_what_a_subclass_has_of_its_base_comes_back() -> None:
    """The length of a deque, the default of a defaultdict, the order of an OrderedDict, the text of a str."""
    ordered = app.Ordered(b=1, a=2, c=3)
    ordered.move_to_end("b")
    assert stored(app.Line([1, 2], maxlen=3)).maxlen == 3
    assert stored(app.Groups(list))["new"] == []
    assert list(stored(ordered)) == ["a", "c", "b"]
    assert str.__eq__(stored(app.Note("text")), "text")


def test_a_text_of_the_app_s_own_class_may_be_a_key() -> None:
    """It is found by its text, and keeps its attributes."""
    note = app.Note("key")
    note.author = "Ada"
    back = stored({note: note})
    assert back["key"].author == "Ada"
    assert next(iter(back)) is back["key"]


def test_a_container_of_the_app_s_own_class_may_hold_itself() -> None:
    """As any other container."""
    for value in (app.Inventory(), app.Stack(), app.Tags({1}), app.Line(), app.Ordered(), app.Options()):
        value.me = [value]  # type: ignore[union-attr]
        back = stored(value)
        assert back.me[0] is back
    trio = app.Trio(([],))
    trio[0].append(trio)
    assert stored(trio)[0][0][0] is not None


# --- classes that say themselves what is kept


def test_a_lock_that_getstate_leaves_out_is_made_anew() -> None:
    """In a plain class, a dataclass and a pydantic model; ``__setstate__`` runs when the value is read."""
    for value in (app.Locked(3), app.LockedRecord(3)):
        back = stored(value)
        assert back.count == 3
        assert back.lock is not value.lock
        assert back.lock.acquire(blocking=False)
    model = app.LockedModel(count=3, lock=threading.Lock())
    back = stored(model)
    assert (back.count, back.lock, back.model_fields_set) == (3, None, {"count", "lock"})


def test_a_state_of_slots_needs_no_setstate() -> None:
    """A pair of attributes and slots is put back as Python does it."""
    back = stored(app.LockedSlots(3))
    assert back.count == 3
    assert not hasattr(back, "lock")


def test_a_subclass_of_a_dict_says_what_is_kept_besides_its_content() -> None:
    """``None`` is no state, and asks for no ``__setstate__``."""
    value = app.LockedDict()
    value["a"] = 1
    assert stored(value) == {"a": 1}


def test_setstate_alone_is_given_the_attributes() -> None:
    """As Python gives them."""
    back = codec.decode(codec.encode(app.Restored(2), name="s"))
    assert vars(back) == {"count": 2, "restored": True}


def test_reduce_is_never_asked() -> None:
    """It may name anything to be called; the attributes are what is stored."""
    assert stored(app.Reduced()).count == 1


def test_a_state_is_part_of_the_graph() -> None:
    """What ``__getstate__`` returned may refer to the object and be referred to."""
    locked = app.Locked(1)
    locked.parts = [locked]  # type: ignore[attr-defined]
    back = stored({"a": locked, "b": locked.parts})  # type: ignore[attr-defined]
    assert back["a"].parts is back["b"]
    assert back["b"][0] is back["a"]
    assert back["a"].lock is not locked.lock


def test_what_a_class_kept_before_it_said_so_itself_is_still_read() -> None:
    """A payload of an earlier version of the app, by attributes, decodes as one."""
    body = pack([["app", "Locked"], {"count": 1}])
    assert codec.decode(pack(Ext(codes.OBJECT, body))).count == 1


# --- the standard library


@pytest.mark.parametrize(
    "value",
    [
        SimpleNamespace(a=1, b=[2]),
        argparse.Namespace(path="x", verbose=True),
        ChainMap({"a": [1]}, {"b": [2]}),
        UserDict({"a": 1}),
        UserList([1, [2]]),
        UserString("text"),
        re.compile(r"(\d+)\s*", re.IGNORECASE | re.MULTILINE),
        re.compile(rb"x+"),
        ipaddress.ip_address("192.0.2.1"),
        ipaddress.ip_address("2001:db8::1%eth0"),
        ipaddress.ip_network("192.0.2.0/24"),
        ipaddress.ip_network("2001:db8::/32"),
        ipaddress.ip_interface("192.0.2.1/24"),
        ipaddress.ip_interface("2001:db8::1/32"),
        Fraction(-3, 7),
        array("d", [1.5, 2]),
        array("B", b"ab"),
        time.gmtime(0),
        urlparse("https://user@example.com:80/a;b?c=d#e"),
        urlsplit("//example.com"),
    ],
    ids=repr,
)
def test_what_the_standard_library_has_comes_back(value: Any) -> None:
    """Equal, and of its type."""
    assert stored(value) == value


def test_an_array_in_two_places_is_one_and_a_moment_keeps_its_zone() -> None:
    """What can be changed has an identity; what ``==`` does not look at is kept."""
    numbers = array("i", [1])
    first, second = stored([numbers, numbers])
    first.append(2)
    assert second.tolist() == [1, 2]
    moment = time.struct_time((*time.gmtime(0)[:9], "CEST", 7200))
    assert (stored(moment).tm_zone, stored(moment).tm_gmtoff) == ("CEST", 7200)
    assert stored(random.SystemRandom()).random() < 1


def test_a_name_space_is_part_of_the_graph() -> None:
    """It may hold itself."""
    value = SimpleNamespace(parts=[])
    value.me, value.parts = value, [value.parts, value.parts]
    back = stored(value)
    assert back.me is back
    assert back.parts[0] is back.parts[1]


def test_chance_goes_on_where_it_was() -> None:
    """``random.Random`` draws next what it would have drawn."""
    drawn = random.Random(7)
    drawn.gauss(0, 1)
    back = stored(drawn)
    assert [back.random(), back.gauss(0, 1), back.sample(range(99), 5)] == [
        drawn.random(), drawn.gauss(0, 1), drawn.sample(range(99), 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "bits", [np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64, np.random.PCG64DXSM]
)
def test_numpys_chance_goes_on_where_it_was(bits: Any) -> None:
    """Numbers, and the generators that it spawns."""
    drawn = np.random.Generator(bits(7))
    drawn.integers(9, size=3)
    drawn.spawn(1)
    back = stored(drawn)
    assert back.integers(1000, size=9).tolist() == drawn.integers(1000, size=9).tolist()
    assert back.spawn(1)[0].integers(1000) == drawn.spawn(1)[0].integers(1000)


def test_generators_of_one_source_stay_of_one_source() -> None:
    """What one draws the other does not."""
    bits = np.random.PCG64(7)
    first, second = stored([np.random.Generator(bits), np.random.Generator(bits)])
    assert first.bit_generator is second.bit_generator
    legacy = np.random.RandomState(7)
    legacy.standard_normal()
    assert stored(legacy).standard_normal() == legacy.standard_normal()


# --- functions


def test_a_function_of_the_app_and_a_partial_of_it_come_back() -> None:
    """By its name: nothing of its code is stored."""
    assert stored([app.score, app.Rules.double]) == [app.score, app.Rules.double]
    bound = stored(partial(app.score, [1, 2], bonus=3))
    assert bound() == 6
    assert stored(partial(int, base=2))("101") == 5
    assert stored(partial(app.Point, y=1))(2) == app.Point(2, 1)


def test_what_a_partial_was_given_is_part_of_the_graph() -> None:
    """The list that it adds to is the one in the State."""
    hand = [1]
    back = stored({"hand": hand, "score": partial(app.score, hand)})
    back["hand"].append(5)
    assert back["score"]() == 6


def test_a_defaultdict_may_make_its_defaults_by_a_function_of_the_app() -> None:
    """Or by a partial of one."""
    assert stored(defaultdict(app.local_class)).default_factory is app.local_class
    assert stored(defaultdict(partial(app.score, [4]), a=1))["b"] == 4


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (app.nameless, "is the function '<lambda>', which nobody finds again by its name. Define it by def"),
        (math.sin, "is the function 'sin' of a library. Store its name, or call it in a function of the app."),
        (re.sub, "is the function 'sub' of re, which the app does not define itself"),
        (app.Rules().method, "is the method 'method' of an object of type Rules. Store the object"),
        ([1].append, "is the method 'append' of an object of type list. Store the object"),
        (partial(app.Rules().method), ".func is the method 'method'"),
        (partial(operator.add, 1), ".func is the function 'add' of a library"),
        (
            partial(app.score, [], threading.Lock()),  # type: ignore[arg-type]
            "[1] is of type _thread.lock",
        ),
    ],
)
def test_what_is_called_and_has_no_name_is_refused(value: Any, words: str) -> None:
    """With what to do instead."""
    assert words in refusal(value)


@pytest.mark.parametrize(
    "ref",
    [["app", "nameless"], ["app", "Rules"], ["app", "dataclass"], ["os", "system"], ["app", "Rules.method.x"],
     ["app", ""], ["builtins", "eval"], ["subprocess", "run"], ["app", "Any"], [1, "x"], ["app", 1], ["app"]],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("code", ["FUNCTION", "PARTIAL", "STATE", "SUBCLASS", "SUBVALUE", "NAMESPACE", "TEXT", "PARTS"])
def test_a_name_in_the_data_reaches_nothing_else(code: str, ref: Any) -> None:
    """Functions and classes that the app defines itself, and no other."""
    dotted = ".".join(map(str, ref))
    body = {
        "FUNCTION": ref,
        "PARTIAL": [Ext(codes.FUNCTION, pack(ref)), [], {}],
        "STATE": [ref, {}],
        "SUBCLASS": [ref, "dict", None, {}],
        "SUBVALUE": [ref, "str", ""],
        "NAMESPACE": [dotted, {}],
        "TEXT": [dotted, ""],
        "PARTS": [dotted, []],
    }[code]
    with pytest.raises(CannotRead):
        codec.decode(pack(Ext(getattr(codes, code), pack(body))))
