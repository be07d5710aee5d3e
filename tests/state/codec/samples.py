"""A value of every stored type, by name; and what it means that two are the same."""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import ipaddress
import math
import pathlib
import random
import re
import time
from array import array
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import pandas
from PIL import Image
from pydantic import BaseModel

from adapter.state import codec
from tests.state.codec import app

pd: Any = pandas  # whose stubs know less of it than is tried here
PAYLOADS = Path(__file__).parent.with_name("payloads")
PARIS = ZoneInfo("Europe/Paris")
FIXED = dt.timezone(dt.timedelta(hours=5, minutes=30), "IST")

codec.trust_folder(Path(__file__).parent)


def _person() -> app.Person:
    person = app.Person("Ada", [app.Person("Bob")])
    person.visits = 3
    person.nick = "A"  # type: ignore[attr-defined]
    return person


def _palette_image() -> Image.Image:
    image = Image.new("P", (3, 2), 1)
    image.putpalette([0, 0, 0, 10, 20, 30])
    image.info["transparency"] = 1
    return image


def _team() -> app.Team:
    return app.Team(lead=app.Person2(name="Ada", tags={"x", "y"}), members=[app.Person2(name="Bob")], motto="go")  # type: ignore[call-arg]


PLAIN: dict[str, Any] = {
    "none": None,
    "bool": [True, False],
    "int": [0, -1, 1, 2**63 - 1, -(2**63), 2**64 - 1],
    "int_big": [2**64, -(2**63) - 1, 10**100, -(10**100)],
    "float": [0.0, -0.0, 1.5, 5e-324, 1.7976931348623157e308, math.inf, -math.inf, math.nan],
    "str": ["", "text", "é漢🎈", "\x00", "x" * 300],
    "str_surrogates": ["\ud800", "a\udcffb", {"\udc80": "\udfff"}],
    "bytes": [b"", b"\x00\xff" * 200],
    "bytearray": bytearray(b"abc"),
    "complex": [1 + 2j, complex(-0.0, math.inf), complex(math.nan, 1)],
    "list": [[], [[1], [2, [3]]], list(range(20))],
    "tuple": ((), (1,), (1, (2, [3, (4,)])), ("x",) * 20),
    "dict": {"b": 1, "a": {"d": [1], "c": {}}},
    "dict_keys": {1: "a", None: "b", 2.5: "c", b"x": "d", "y": "e", False: "f"},
    "dict_keys_other": {(1, 2): "a", frozenset({1}): "b", dt.date(2024, 1, 1): (1,), 2**70: 1, "plain": {(): ()}},
    "set": {1, "a", (1, 2), frozenset({"x", b"y"}), None, 2.5, 2**80},
    "set_of_text": {"é", "b", "a", "aa", "\udc80"},
    "set_empty": [set(), frozenset()],
    "frozenset": frozenset({"a", "b", ("c", frozenset())}),
    "range": [range(10), range(5, -5, -2), range(0), range(10**30)],
    "slice": [slice(1, None, 2), slice(None), slice("a", (1, 2))],
    "deque": [deque([1, (2,)]), deque([1, 2], maxlen=2), deque(maxlen=0)],
    "defaultdict": [
        defaultdict(list, {"a": [1]}),
        defaultdict(None, {1: 2}),
        defaultdict(app.Named, {(1,): app.Named()}),
    ],
    "ordereddict": OrderedDict([("b", 1), ("a", OrderedDict({(1,): 2}))]),
    "counter": Counter({"a": 2, "b": -1, (1,): 0}),
    "decimal": [Decimal("1.10"), Decimal("-0"), Decimal("1E+999999"), Decimal("Infinity"), Decimal("0.1") ** 9],
    "uuid": UUID("12345678-1234-5678-1234-567812345678"),
    "datetime": [
        dt.datetime(2024, 2, 29, 1, 2, 3, 456789),  # noqa: DTZ001
        dt.datetime(1, 1, 1),  # noqa: DTZ001
        dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        dt.datetime(2024, 1, 1, tzinfo=FIXED),
        dt.datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=1),
        dt.datetime(2024, 10, 27, 2, 30, tzinfo=PARIS, fold=0),
    ],
    "date": [dt.date(2024, 2, 29), dt.date.min, dt.date.max],
    "time": [dt.time(1, 2, 3, 4), dt.time(0), dt.time(1, tzinfo=FIXED), dt.time(1, tzinfo=PARIS, fold=1)],
    "timedelta": [dt.timedelta(days=-1, microseconds=1), dt.timedelta.max, dt.timedelta.min],
    "timezone": [dt.UTC, FIXED, dt.timezone(dt.timedelta(seconds=-3661, microseconds=5))],
    "zoneinfo": [PARIS, ZoneInfo("UTC")],
    "path": [
        pathlib.Path("/a/b.txt"),
        pathlib.Path(),
        pathlib.PurePosixPath("../x"),
        pathlib.PureWindowsPath("C:\\x\\y"),
        pathlib.PurePosixPath("\udc80"),
    ],
}


def _shared() -> list[Any]:
    cards, point = [{"colour": app.Colour.RED}, {"colour": app.Colour.BLUE}], app.Point(1, 2)
    return [cards, cards[0], point, (cards, deque([point], maxlen=2)), {app.Pair(1, 2): point}]


def _subclasses() -> list[Any]:
    inventory, note = app.Inventory({"a": [1]}), app.Note("text")
    note.author = "Ada"
    return [
        inventory, note, app.Stack([1, (2,)]), app.Tags({1}), app.Line([1], maxlen=2), app.Ordered(b=1, a=2),
        app.Tally("aab"),
        app.Groups(list, {"a": [1]}), app.Options(a=1), app.Buffer(b"a"), app.Blob(b"a"), app.Age(3), app.Ratio(1.5),
        app.Wave(1j), app.Trio((1, [2])), app.Group({1}), {note: note},
    ]  # fmt: skip


KEPT: dict[str, Any] = {
    "subclasses": _subclasses(),
    "own_state": [app.Locked(1), app.LockedSlots(2)],
    "library": [
        SimpleNamespace(a=[1]),
        argparse.Namespace(a=1),
        re.compile("a+", re.IGNORECASE),
        ipaddress.ip_address("192.0.2.1"),
        ipaddress.ip_network("2001:db8::/32"),
        Fraction(1, 3),
    ],
    "functions": [app.score, partial(app.score, [1], bonus=2), partial(int, base=2), defaultdict(app.local_class)],
    "library_parts": [
        array("d", [1.5]),
        time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0, "UTC", 0)),
        urlsplit("https://example.com/a?b=c"),
    ],
    "random": random.Random(7),
    "numpy_random": [np.random.default_rng(7), np.random.RandomState(7)],
}

CLASSES: dict[str, Any] = {
    "shared": _shared(),
    "enum": [app.Colour.RED, app.Colour.CRIMSON, app.Level.HIGH, app.Mode.FAST, app.Person.Nested.INNER],
    "enum_flag": [app.Right.READ, app.Right.READ | app.Right.RUN, app.Right(0), app.Bits(9), app.Bits.TWO],
    "dataclass": [app.Point(1.5, 2), app.Place("x", app.Point(1)), app.Pair((1,), {2}), app.Derived(1, 2)],
    "dataclass_unset": _person(),
    "namedtuple": [app.Row("k", 1), app.Old(1), app.Rich("k", 2)],
    "pydantic": [app.Person2(name="Ada"), _team(), app.Names(["a"]), app.Frozen(a=1), app.Hashed(password="x")],
    "mixed": {"users": {app.Colour.RED: [app.Place("x", app.Point(1))]}, app.Row("k"): {app.Pair(1, 2), app.Mode.FAST}},
}

_NESTED = np.dtype([("a", "u1"), ("n", [("x", "f8"), ("y", "i2", (2,))])], align=True)
ARRAYS: dict[str, Any] = {
    "ndarray": [
        np.arange(6, dtype=np.int32).reshape(2, 3),
        np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        np.array(3.5, dtype=np.float16),
        np.zeros((0, 3), dtype=">u2"),
        np.array([True, False]),
        np.array([1 + 2j], dtype=np.complex64),
        np.array(["a", "é漢"]),
        np.array([b"a", b"bc"]),
        np.array(["2024-01-01", "NaT"], dtype="M8[D]"),
        np.array([1, 2], dtype="m8[25us]"),
        np.array([b"\x00\x01"], dtype="V2"),
        np.arange(24).reshape(2, 3, 4)[:, ::2, 1],
    ],
    "ndarray_structured": [
        np.array([(1, 2.0, "x")], dtype=[("a", "u1"), ("b", "f8"), ("c", "U3")]),
        np.array([(1, (2.0, [3, 4]))], dtype=_NESTED),
        np.zeros(2, dtype={"names": ["a", "b"], "formats": ["i4", "i4"], "offsets": [0, 12], "itemsize": 20}),
    ],
    "ndarray_object": np.array([[1, "a"], [(1, 2), None]], dtype=object),
    "ndarray_text": np.array(["a", "long" * 20], dtype=np.dtypes.StringDType()),
    "numpy_scalar": [
        np.int8(-3), np.uint64(2**64 - 1), np.float32(1.5), np.float64(-0.0), np.bool_(True), np.complex128(1j),
        np.str_("é"), np.str_(""), np.bytes_(b"x"), np.datetime64("2024-01-01T00:00:00.5"), np.timedelta64(3, "h"),
        np.longlong(5), np.datetime64("NaT", "s"),
        np.array([(1, 2.0)], dtype=[("a", "u1"), ("b", "f8")])[0],
    ],
}  # fmt: skip


def _labels(*labels: Any) -> Any:
    """Return an index of objects in every version of pandas; what it makes of texts differs."""
    return pd.Index(list(labels), dtype=object)


def _frame() -> Any:
    frame = pd.DataFrame(
        {
            "i": np.array([1, 2, 3], dtype="i4"),
            "f": [1.5, math.nan, math.inf],
            "b": [True, False, True],
            "s": pd.array(["a", None, "c"], dtype=pd.StringDtype("python", na_value=math.nan)),
            "o": pd.Series([{"a": (1,)}, None, Decimal("1.5")], dtype=object),
            "c": pd.Categorical(["x", "y", "x"], categories=_labels("y", "x", "z"), ordered=True),
            "n": pd.array([1, None, 3], dtype="Int64"),
            "m": pd.array([1.5, None, 3], dtype="Float32"),
            "q": pd.array([True, None, False], dtype="boolean"),
            "t": pd.array(["2024-01-01", "NaT", "2024-01-03"], dtype="M8[us]"),
            "z": pd.to_datetime(["2024-01-01", "2024-07-01", "2024-10-27 00:30"], utc=True, format="ISO8601")
            .as_unit("ms")
            .tz_convert(PARIS),
            "d": np.array([1, "NaT", 3], dtype="m8[s]"),
            "p": pd.PeriodIndex(["2024-01", "2024-02", "NaT"], freq="M"),
            "v": pd.arrays.IntervalArray.from_breaks([0, 1, 2, 3], closed="left"),
        },
        index=_labels("r1", "r2", "r3").rename("row"),
    )
    frame.columns = _labels(*frame.columns)
    frame.attrs["source"] = ("test", 1)
    return frame


FRAMES: dict[str, Any] = {
    "dataframe": _frame(),
    "dataframe_shapes": [
        pd.DataFrame(),
        pd.DataFrame(index=pd.RangeIndex(3)),
        pd.DataFrame(columns=_labels("a", "b")),
        pd.DataFrame([[1, 2.5], [3, 4.5]], columns=_labels("a", "a")),
        pd.DataFrame({(1, 2): [1], (3, 4): [2]}),
    ],
    "series": [
        pd.Series([1.5, 2], name="x"),
        pd.Series([1, "a", None], dtype=object, name=("t", 1)),
        pd.Series(pd.Categorical(["a", None], categories=_labels("a"))),
        pd.Series([1], index=[5]).set_flags(allows_duplicate_labels=False),
    ],
    "index": [
        pd.RangeIndex(1, 10, 3, name="r"),
        pd.Index([1.5, 2.5], name=(1, 2)),
        pd.Index([(1, 2), "a"], dtype=object, tupleize_cols=False),
        pd.MultiIndex([_labels("a", "b"), [1, 2]], [[0, 1, 0], [0, 1, 1]], names=["k", None]),
        pd.date_range("2024-01-01", periods=3, freq="D", unit="ns"),
        pd.date_range("2024-03-30", periods=3, freq="D", tz=PARIS, unit="s"),
        pd.timedelta_range("1h", periods=3, freq="h", unit="ns"),
        pd.period_range("2024-01", periods=2, freq="Q-DEC"),
        pd.interval_range(0, 3),
        pd.CategoricalIndex(["a", "b"], _labels("a", "b"), name="c"),
        pd.Index(pd.array([1, None], dtype="UInt8")),
    ],
    "pandas_array": [
        pd.Categorical(["a", "b"], categories=_labels("a", "b")),
        pd.array([1, None], dtype="Int8"),
        pd.arrays.NumpyExtensionArray(np.arange(3)),
    ],
    "pandas_scalar": [
        pd.Timestamp("2024-01-01T01:02:03.000000004"),
        pd.Timestamp("2024-10-27 00:30", tz="UTC").tz_convert(PARIS).as_unit("us"),
        pd.Timestamp("2024-10-27 01:30", tz="UTC").tz_convert(PARIS).as_unit("s"),
        pd.Timestamp("2024-01-01", tz=dt.UTC).as_unit("ms"),
        pd.Timestamp("2024-01-01", tz=FIXED).as_unit("ns"),
        pd.Timedelta("1D 00:00:00.000000001"),
        pd.Timedelta(5, unit="s").as_unit("s"),
        pd.NaT,
        pd.NA,
        pd.Period("2024Q1"),
        pd.Interval(*(pd.Timestamp(day).as_unit("s") for day in ("2024-01-01", "2024-01-02")), closed="both"),
    ],
}  # fmt: skip

_BYTES_OF_3_BY_2 = {
    "1": 2, "L": 6, "LA": 12, "RGB": 18, "RGBA": 24, "CMYK": 24, "I": 24, "F": 24, "I;16": 12, "YCbCr": 18,
    "HSV": 18, "LAB": 18, "RGBa": 24, "La": 12, "RGBX": 24, "I;16B": 12,
}  # fmt: skip
IMAGES: dict[str, Any] = {
    "image": [
        *(Image.frombytes(mode, (3, 2), bytes(range(size))) for mode, size in _BYTES_OF_3_BY_2.items()),
        Image.new("RGB", (0, 5)),
        Image.new("L", (0, 0)),
    ],
    "image_palette": [
        _palette_image(),
        Image.new("P", (2, 2)),
        Image.new("PA", (2, 2)),
        Image.linear_gradient("L").resize((4, 4)).quantize(5),
    ],
}

SAMPLES: dict[str, Any] = PLAIN | CLASSES | KEPT | ARRAYS | FRAMES | IMAGES


def same(a: Any, b: Any) -> bool:
    """Return whether ``a`` and ``b`` are equal and of equal type, all the way down; NaN is the same as NaN."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float | complex | np.inexact):
        return repr(a) == repr(b)
    if isinstance(a, app.Inventory | app.Stack):
        plain: Any = dict.items if isinstance(a, dict) else list.__reversed__
        return same_all(plain(a), plain(b)) and _same_attributes(a, b)
    if isinstance(a, dict):
        extra = [(x.default_factory, x) for x in (a, b) if isinstance(x, defaultdict)]
        return same_all(a.items(), b.items()) and (not extra or extra[0][0] is extra[1][0])
    if isinstance(a, list | tuple | deque):
        return same_all(a, b) and getattr(a, "maxlen", 0) == getattr(b, "maxlen", 0) and _same_attributes(a, b)
    if isinstance(a, set | frozenset):
        return bool(a == b) and same_all(sorted(a, key=repr), sorted(b, key=repr))
    if isinstance(a, slice):
        return same((a.start, a.stop, a.step), (b.start, b.stop, b.step))
    if isinstance(a, range):
        return (a.start, a.stop, a.step) == (b.start, b.stop, b.step)
    if isinstance(a, dt.datetime | dt.time) and type(a).__module__ == "datetime":
        return repr(a) == repr(b) and same(a.tzinfo, b.tzinfo)
    if isinstance(a, dt.timezone):
        return bool(a == b) and a.tzname(None) == b.tzname(None)
    if isinstance(a, Decimal):
        return str(a) == str(b)
    if dataclasses.is_dataclass(a):
        names = [field.name for field in dataclasses.fields(a)]
        return same_all(*([getattr(value, name, None) for name in names] for value in (a, b))) and _same_attributes(
            a, b
        )
    if isinstance(a, BaseModel):
        return a == b and a.model_fields_set == b.model_fields_set and _same_attributes(a, b)
    return _same_of_library(a, b)


def same_all(a: Iterable[Any], b: Iterable[Any]) -> bool:
    """Return whether ``a`` and ``b`` have the same items in the same order."""
    a, b = list(a), list(b)
    return len(a) == len(b) and all(map(same, a, b))


def _same_attributes(a: Any, b: Any) -> bool:
    return same(*(dict(sorted(getattr(value, "__dict__", {}).items())) for value in (a, b)))


def _state_of(value: Any) -> Any:
    """Return what tells whether a value without an equality of its own is the same as another."""
    match value:
        case random.Random():
            return value.getstate()
        case np.random.Generator():
            return str(value.bit_generator.state)
        case np.random.RandomState():
            return str(value.get_state())
        case partial():
            return (value.func, value.args, value.keywords)
        case app.Locked() | app.LockedSlots():
            return value.count
    return value


def _same_of_library(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray):
        flags = bool(a.flags.fnc == b.flags.fnc and a.shape == b.shape and a.dtype == b.dtype and b.flags.writeable)
        if a.dtype.hasobject or a.dtype.names:
            return flags and same(a.tolist(), b.tolist())
        return flags and a.tobytes() == b.tobytes()
    if isinstance(a, np.generic):
        return bool(a.dtype == b.dtype) and a.tobytes() == b.tobytes()
    if isinstance(a, pd.DataFrame):
        pd.testing.assert_frame_equal(a, b, check_exact=True, check_freq=True, check_flags=True)
        return same(a.attrs, b.attrs) and type(a.index) is type(b.index)
    if isinstance(a, pd.Series):
        pd.testing.assert_series_equal(a, b, check_exact=True, check_freq=True, check_flags=True)
        return type(a.index) is type(b.index)
    if isinstance(a, pd.Index):
        pd.testing.assert_index_equal(a, b, exact=True, check_exact=True)
        return bool(getattr(a, "freq", None) == getattr(b, "freq", None)) and same_all(a.names, b.names)
    if isinstance(a, pd.api.extensions.ExtensionArray):
        pd.testing.assert_extension_array_equal(a, b, check_exact=True)
        return True
    if isinstance(a, pd.Timestamp | pd.Timedelta):
        return repr(a) == repr(b) and a.unit == b.unit and getattr(a, "fold", 0) == getattr(b, "fold", 0)
    if a is pd.NaT or a is pd.NA:
        return a is b
    if isinstance(a, Image.Image):
        same_palette = a.palette is None or (a.palette.mode, a.getpalette()) == (b.palette.mode, b.getpalette())
        return (a.mode, a.size, a.info, a.tobytes()) == (b.mode, b.size, b.info, b.tobytes()) and same_palette
    return bool(_state_of(a) == _state_of(b))
