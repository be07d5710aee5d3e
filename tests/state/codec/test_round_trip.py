from __future__ import annotations

import datetime as dt
import string
from collections import OrderedDict, deque
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.state import codec
from adapter.state.codec.careful import CarefulWalker
from adapter.state.codec.tree import Walker, pack
from tests.state.codec import app
from tests.state.codec.samples import SAMPLES, same

ZONES = st.sampled_from(
    [ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Kathmandu"), dt.UTC, dt.timezone(dt.timedelta(hours=-3))]
)
ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(max_size=20), st.complex_numbers(),
    st.text(st.characters(categories=["Cs", "Ll"]), max_size=3), st.decimals(), st.uuids(), st.dates(),
    st.timedeltas(), st.datetimes(timezones=st.none() | ZONES), st.times(timezones=st.none() | ZONES),
    st.sampled_from(app.Colour), st.sampled_from(app.Level), st.builds(bytearray, st.binary(max_size=3)),
)  # fmt: skip
KEYS = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.binary(max_size=3), st.sampled_from(app.Level)
    ),
    lambda keys: st.one_of(st.tuples(keys, keys), st.frozensets(keys, max_size=3), st.builds(app.Pair, keys, keys)),
    max_leaves=4,
)
VALUES = st.recursive(
    ATOMS,
    lambda values: st.one_of(
        st.lists(values, max_size=4),
        st.lists(values, max_size=3).map(tuple),
        st.dictionaries(st.text(string.ascii_letters, max_size=3), values, max_size=3),
        st.dictionaries(KEYS, values, max_size=3),
        st.sets(KEYS, max_size=4),
        st.builds(deque, st.lists(values, max_size=2), st.none() | st.integers(2, 5)),
        st.dictionaries(KEYS, values, max_size=2).map(OrderedDict),
        st.builds(app.Point, values, values),
        st.builds(app.Row, st.text(max_size=3), values),
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_comes_back_is_equal_and_of_equal_type(name: str) -> None:
    """Every type comes back as it was, down to the innermost part."""
    value = SAMPLES[name]
    assert same(codec.decode(codec.encode(value, name=name)), value)


@pytest.mark.parametrize("name", SAMPLES)
def test_what_came_back_has_the_same_bytes(name: str) -> None:
    """A State that a function only read is not taken for changed."""
    payload = codec.encode(SAMPLES[name], name=name)
    assert codec.encode(codec.decode(payload), name=name) == payload


@pytest.mark.parametrize(
    "name",
    sorted(
        set(SAMPLES)
        - {"int_big", "str_surrogates", "set_of_text", "set", "dict_keys_other", "range", "path", "numpy_random"}
    ),
)
def test_the_fast_and_the_careful_way_give_the_same_bytes(name: str) -> None:
    """What else a value holds decides which way is taken, and must not change the bytes of its parts."""
    value = SAMPLES[name]
    assert pack(CarefulWalker().tree(value)) == pack(Walker().tree(value))


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_any_nesting_of_them_comes_back(value: Any) -> None:
    """Types may stand in each other in any way."""
    payload = codec.encode(value, name="any")
    back = codec.decode(payload)
    assert same(back, value)
    assert codec.encode(back, name="any") == payload


@settings(max_examples=40, deadline=None)
@given(st.sets(KEYS, max_size=12), st.randoms())
def test_the_order_of_a_set_does_not_count(members: set[Any], random: Any) -> None:
    """Sets with the same members have the same bytes, however they came about."""
    shuffled = list(members)
    random.shuffle(shuffled)
    again: set[Any] = set(range(50))
    again.update(shuffled)
    again.difference_update(set(range(50)) - members)
    assert same(again, members) == (codec.encode(again, name="s") == codec.encode(members, name="s"))


def test_the_order_of_a_dict_counts() -> None:
    """A dict in another order is another value: a page may show it."""
    assert codec.encode({"a": 1, "b": 2}, name="d") != codec.encode({"b": 2, "a": 1}, name="d")
    assert list(codec.decode(codec.encode({"b": 2, "a": 1}, name="d"))) == ["b", "a"]


def test_equal_values_of_different_types_have_different_bytes() -> None:
    """1, 1.0, True, Level.LOW and np.int64(1) are five values."""
    values = [1, 1.0, True, app.Level.LOW, np.int64(1), np.True_, np.float64(1)]
    assert len({codec.encode(value, name="n") for value in values}) == len(values)
    assert codec.encode(0.0, name="n") != codec.encode(-0.0, name="n")


def test_a_decoded_value_may_be_changed() -> None:
    """What is read back belongs to the function: arrays are writable, containers its own."""
    array, image = codec.decode(codec.encode([np.arange(3), SAMPLES["image"][3]], name="a"))
    array[0] = 7
    image.putpixel((0, 0), (9, 9, 9))
    assert array[0] == 7
    assert image.getpixel((0, 0)) == (9, 9, 9)


def test_bytes_between_the_fields_of_an_array_do_not_count() -> None:
    """Padding holds whatever memory held; equal arrays have equal bytes all the same."""
    dtype = np.dtype([("a", "u1"), ("b", "f8"), ("c", [("d", "u1"), ("e", "f8")])], align=True)
    payloads = set()
    for filling in (b"\x00", b"\xaa"):
        array = np.frombuffer(bytearray(filling * dtype.itemsize * 3), dtype=dtype)
        array["a"], array["b"], array["c"]["d"], array["c"]["e"] = 1, 2, 3, 4
        payloads.add(codec.encode([array, array[0]], name="a"))
    assert len(payloads) == 1


def test_what_an_image_file_brought_along_is_left_where_it_cannot_be_stored() -> None:
    """The pixels are the State's; an object that a file format left in ``info`` is not."""
    image = SAMPLES["image"][1].copy()
    image.info = {"dpi": (72, 72), "parser": object()}
    assert codec.decode(codec.encode(image, name="i")).info == {"dpi": (72, 72)}
