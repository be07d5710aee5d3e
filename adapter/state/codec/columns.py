"""One pandas array ↔ the NumPy arrays, lists and texts that it consists of."""

from __future__ import annotations

import datetime
import importlib
import sys
from typing import Any

from adapter.errors import CannotRead
from adapter.state.codec.reading import expect
from adapter.state.codec.refusal import ATTRIBUTE, Refused
from adapter.state.codec.tree import Walker

_MASKED = {
    "Int8": "int8", "Int16": "int16", "Int32": "int32", "Int64": "int64",
    "UInt8": "uint8", "UInt16": "uint16", "UInt32": "uint32", "UInt64": "uint64",
    "Float32": "float32", "Float64": "float64", "boolean": "bool",
}  # fmt: skip


def take_apart(array: Any, walker: Walker, depth: int) -> list[Any]:
    """Return a list that `read_array` makes the pandas ``array`` of: the sort, then its parts.

    Raises:
        Refused: the dtype has no stored form.
    """
    numpy: Any = sys.modules["numpy"]
    dtype = array.dtype.numpy_dtype if type(array).__name__ == "NumpyExtensionArray" else array.dtype
    if isinstance(dtype, numpy.dtype):
        plain = numpy.asarray(array)
        if dtype.hasobject:
            return ["object", walker.items(plain.tolist(), depth)]
        return ["numpy", *_parts(walker, depth, values=plain)]
    sort = type(dtype).__name__
    if sort == "CategoricalDtype":
        return ["category", *_parts(walker, depth, codes=array.codes, categories=array.categories), array.ordered]
    if sort == "DatetimeTZDtype":
        values = numpy.asarray(array.asi8).view(f"M8[{dtype.unit}]")
        return ["moment", *_parts(walker, depth, values=values), take_zone(dtype.tz, walker, depth)]
    if sort == "PeriodDtype":
        return ["period", *_parts(walker, depth, values=numpy.asarray(array.asi8)), array.freqstr]
    if sort == "IntervalDtype":
        return ["interval", *_parts(walker, depth, left=array.left, right=array.right), array.closed]
    if sort == "StringDtype":
        return ["text", dtype.storage, dtype.na_value is not sys.modules["pandas"].NA, _texts(array, walker, depth)]
    if dtype.name in _MASKED:
        mask = numpy.asarray(array.isna())
        # What stands under the mask is no part of the value, and would make equal arrays differ.
        values = array.to_numpy(_MASKED[dtype.name], na_value=False if dtype.name == "boolean" else 0)
        return ["masked", *_parts(walker, depth, values=values, mask=mask)]
    raise Refused(f"holds an array of dtype {dtype}, which has no stored form", _REMEDIES.get(sort, _REMEDY))


_REMEDY = "Convert it first, for example with astype(object)."
_REMEDIES = {
    "SparseDtype": "Convert it first, with sparse.to_dense().",
    "ArrowDtype": "Convert it first, for example with convert_dtypes(dtype_backend='numpy_nullable').",
}


def _parts(walker: Walker, depth: int, **parts: Any) -> list[Any]:
    return list(walker.attributes(parts, depth).values())


def _texts(array: Any, walker: Walker, depth: int) -> Any:
    missing = array.isna()
    return walker.items([None if gap else text for text, gap in zip(array, missing, strict=True)], depth)


def read_array(parts: Any, pandas: Any) -> Any:
    """Return the array that `take_apart` made ``parts`` of: a NumPy array where pandas has no own.

    Raises:
        CannotRead: they are something else.
    """
    numpy: Any = importlib.import_module("numpy")
    match parts:
        case ["numpy", numpy.ndarray() as values]:
            return values
        case ["object", list(items)]:
            values = numpy.empty(len(items), dtype=object)
            for at, item in enumerate(items):
                values[at] = item
            return values
        case ["category", codes, categories, ordered]:
            dtype = pandas.CategoricalDtype(categories, ordered)
            return pandas.Categorical.from_codes(codes, dtype=dtype)
        case ["moment", values, zone]:
            return _read_moments(values, read_zone(zone), pandas)
        case ["period", values, frequency]:
            return pandas.PeriodIndex.from_ordinals(values, freq=frequency).array
        case ["interval", left, right, closed]:
            return pandas.arrays.IntervalArray.from_arrays(left, right, closed)
        case ["text", storage, is_nan, list(texts)]:
            missing = float("nan") if is_nan else pandas.NA
            return pandas.array(texts, dtype=pandas.StringDtype(storage, na_value=missing))
        case ["masked", values, mask]:
            return _read_masked(values, mask, pandas)
    raise CannotRead("it has an array of pandas that is not known")


def _read_moments(values: Any, zone: Any, pandas: Any) -> Any:
    numpy: Any = importlib.import_module("numpy")
    days = values[~numpy.isnat(values)].astype("M8[D]")
    first, last = (numpy.datetime64(day) for day in ("0001-01-02", "9999-12-30"))
    if zone is not datetime.UTC and ((days < first) | (days > last)).any():
        raise CannotRead("it has a moment outside the years 1 to 9999, which time zones reach")
    return pandas.DatetimeIndex(values).tz_localize("UTC").tz_convert(zone).array


def _read_masked(values: Any, mask: Any, pandas: Any) -> Any:
    if values.dtype.kind == "b":
        return pandas.arrays.BooleanArray(values, mask)
    return (pandas.arrays.FloatingArray if values.dtype.kind == "f" else pandas.arrays.IntegerArray)(values, mask)


def take_zone(zone: Any, walker: Walker, depth: int) -> Any:
    """Return the tree of a time zone; pytz's, which pandas 2 gives out, by their name."""
    name = getattr(zone, "zone", None)
    if type(zone).__module__.partition(".")[0] == "pytz" and isinstance(name, str):
        return ["pytz", name]
    return walker.part(zone, (ATTRIBUTE, "tz"), depth)


def read_zone(parts: Any) -> Any:
    """Return the time zone that `take_zone` made ``parts`` of."""
    if isinstance(parts, list):
        pytz: Any = importlib.import_module("pytz")
        return pytz.timezone(expect(parts[1], str))
    return parts
