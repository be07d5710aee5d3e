"""pandas' frames, series, indexes, arrays and scalars, taken apart to NumPy arrays and texts.

No pickle and no Arrow: an array of a known dtype becomes the arrays it consists of; one of objects is
encoded object by object. pandas is never imported to encode.
"""

from __future__ import annotations

import datetime
import importlib
import sys
from collections.abc import Callable
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.columns import read_array, read_zone, take_apart, take_zone
from adapter.state.codec.forms import decodes_whole, fill_last
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ATTRIBUTE, ITEM, Refused
from adapter.state.codec.tree import ATOMS, RESOLVERS, Encode, Walker, encodes, pack


def _resolve(kind: type) -> Encode | None:
    pandas: Any = sys.modules.get("pandas")
    if kind.__module__.partition(".")[0] != "pandas" or not hasattr(pandas, "DataFrame"):
        return None
    if kind is pandas.DataFrame:
        return _frame
    if kind is pandas.Series:
        return _series
    if issubclass(kind, pandas.api.extensions.ExtensionArray):
        return _array
    encode = _index if issubclass(kind, pandas.Index) else _SCALARS.get(kind.__name__)
    if encode is not None:
        ATOMS[kind] = encode
    return encode


RESOLVERS.append(_resolve)


def _pandas() -> Any:
    return importlib.import_module("pandas")


def _frame(value: Any, walker: Walker, depth: int) -> Ext:
    labels = list(value.columns)
    columns = [walker.part(_Column(value.iloc[:, at].array), (ITEM, label), depth) for at, label in enumerate(labels)]
    return Ext(codes.DATAFRAME, pack([columns, *_frame_parts(value, walker, depth, columns=value.columns)]))


def _series(value: Any, walker: Walker, depth: int) -> Ext:
    array = take_apart(value.array, walker, depth)
    return Ext(codes.SERIES, pack([array, *_frame_parts(value, walker, depth, name=value.name)]))


def _frame_parts(value: Any, walker: Walker, depth: int, **more: Any) -> list[Any]:
    parts = walker.attributes({"index": value.index, **more}, depth).values()
    attrs = walker.own(value.attrs, (ATTRIBUTE, "attrs"), depth)
    return [*parts, attrs, value.flags.allows_duplicate_labels]


class _Column:
    """An array on its way through the walker, whose path then names the column."""

    __slots__ = ("array",)

    def __init__(self, array: Any) -> None:
        self.array = array


@encodes(_Column, atom=True)
def _column(value: _Column, walker: Walker, depth: int) -> Any:
    return take_apart(value.array, walker, depth)


@decodes(codes.DATAFRAME)
def _read_frame(body: memoryview) -> Any:
    pandas = _pandas()
    columns, index, labels, attrs, unique = unpack_list(body, 5)
    if not isinstance(index, pandas.Index) or not isinstance(labels, pandas.Index) or len(labels) != len(columns):
        raise CannotRead("it has a frame whose parts do not fit together")
    series = {at: _as_series(column, index, pandas) for at, column in enumerate(columns)}
    frame = pandas.DataFrame(series, index=index, copy=False)
    frame.columns = labels
    return _finish(frame, attrs, unique)


@decodes(codes.SERIES)
def _read_series(body: memoryview) -> Any:
    pandas = _pandas()
    array, index, name, attrs, unique = unpack_list(body, 5)
    series = _as_series(array, index, pandas)
    series.name = name
    return _finish(series, attrs, unique)


def _as_series(parts: Any, index: Any, pandas: Any) -> Any:
    array = read_array(parts, pandas)
    # The dtype is named, or pandas would look for a better one among objects.
    return pandas.Series(array, index=index, dtype=array.dtype, copy=False)


def _finish(made: Any, attrs: Any, unique: Any) -> Any:
    fill_last(_fill_attrs, made, expect(attrs, dict))
    return made if unique else made.set_flags(allows_duplicate_labels=False)


def _fill_attrs(made: Any, attrs: dict[Any, Any]) -> None:
    made.attrs.update(attrs)


def _index(value: Any, walker: Walker, depth: int) -> Ext:
    pandas: Any = sys.modules["pandas"]
    kind = type(value).__name__
    if kind == "RangeIndex":
        parts: Any = [value.start, value.stop, value.step]
    elif kind == "MultiIndex":
        levels = walker.attributes({f"levels[{at}]": level for at, level in enumerate(value.levels)}, depth)
        parts = [list(levels.values()), walker.items([codes_.copy() for codes_ in map(_numpy, value.codes)], depth)]
    elif kind == "Index" or getattr(pandas, kind, None) is type(value):
        parts = [take_apart(value.array, walker, depth), getattr(value, "freqstr", None) if _has_freq(value) else None]
    else:
        raise Refused(f"is an index of type {kind}", "Store a plain index, for example index.astype(object).")
    names = walker.items([value.name] if kind != "MultiIndex" else list(value.names), depth)
    return Ext(codes.INDEX, pack([kind, parts, names]))


def _numpy(values: Any) -> Any:
    return sys.modules["numpy"].asarray(values)


def _has_freq(value: Any) -> bool:
    return type(value).__name__ in ("DatetimeIndex", "TimedeltaIndex") and value.freq is not None


@decodes_whole(codes.INDEX)
def _read_index(body: memoryview) -> Any:
    pandas = _pandas()
    kind, parts, names = unpack_list(body, 3)
    if kind == "RangeIndex":
        return pandas.RangeIndex(*parts, name=names[0])
    if kind == "MultiIndex":
        return pandas.MultiIndex(levels=parts[0], codes=parts[1], names=names)
    array, frequency = read_array(parts[0], pandas), parts[1]
    index = pandas.Index(array, dtype=array.dtype, name=names[0], copy=False, tupleize_cols=False)
    if frequency is not None:
        index.freq = frequency
    if type(index).__name__ != kind:
        raise CannotRead(f"it has a {kind} that pandas {pandas.__version__} makes a {type(index).__name__}")
    return index


def _array(value: Any, walker: Walker, depth: int) -> Ext:
    return Ext(codes.PANDAS_ARRAY, pack(take_apart(value, walker, depth)))


@decodes(codes.PANDAS_ARRAY)
def _read_array(body: memoryview) -> Any:
    pandas = _pandas()
    array = read_array(unpack_list(body), pandas)
    return pandas.arrays.NumpyExtensionArray(array) if type(array).__module__ == "numpy" else array


def _timestamp(value: Any, walker: Walker, depth: int) -> list[Any]:
    zone = take_zone(value.tz, walker, depth)
    return [walker.part(value.asm8, (ATTRIBUTE, "asm8"), depth), zone, value.fold]


def _timedelta(value: Any, walker: Walker, depth: int) -> list[Any]:
    return [walker.part(value.asm8, (ATTRIBUTE, "asm8"), depth)]


def _period(value: Any, walker: Walker, depth: int) -> list[Any]:
    return [value.ordinal, value.freqstr]


def _interval(value: Any, walker: Walker, depth: int) -> list[Any]:
    sides = walker.attributes({"left": value.left, "right": value.right}, depth)
    return [sides["left"], sides["right"], value.closed]


def _nothing(value: Any, walker: Walker, depth: int) -> list[Any]:
    return []


def _scalar(name: str, parts: Callable[[Any, Walker, int], list[Any]]) -> Encode:
    def encode(value: Any, walker: Walker, depth: int) -> Ext:
        return Ext(codes.PANDAS_SCALAR, pack([name, *parts(value, walker, depth)]))

    return encode


_SCALARS: dict[str, Encode] = {
    "Timestamp": _scalar("Timestamp", _timestamp),
    "Timedelta": _scalar("Timedelta", _timedelta),
    "Period": _scalar("Period", _period),
    "Interval": _scalar("Interval", _interval),
    "NaTType": _scalar("NaT", _nothing),
    "NAType": _scalar("NA", _nothing),
}


@decodes(codes.PANDAS_SCALAR)
def _read_scalar(body: memoryview) -> Any:
    pandas = _pandas()
    match unpack_list(body):
        case ["Timestamp", moment, zone, fold]:
            return _read_timestamp(pandas.Timestamp(moment), zone, fold)
        case ["Timedelta", length]:
            return pandas.Timedelta(length)
        case ["Period", ordinal, frequency]:
            return pandas.Period(ordinal=ordinal, freq=frequency)
        case ["Interval", left, right, closed]:
            return pandas.Interval(left, right, closed)
        case ["NaT"]:
            return pandas.NaT
        case ["NA"]:
            return pandas.NA
    raise CannotRead("it has a pandas value that is not known")


def _read_timestamp(moment: Any, zone: Any, fold: Any) -> Any:
    if zone is None:
        return moment.replace(fold=fold) if fold else moment
    if not datetime.MINYEAR < moment.year < datetime.MAXYEAR:
        raise CannotRead(f"it has a moment in the year {moment.year}, which no time zone reaches")
    return moment.tz_localize("UTC").tz_convert(read_zone(zone))
