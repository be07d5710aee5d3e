"""NumPy's arrays and scalars. NumPy is never imported to encode: without it there is nothing of it."""

from __future__ import annotations

import importlib
import math
import re
import sys
from typing import Any

from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state.codec import codes
from adapter.state.codec.reading import decodes, expect, unpack_list
from adapter.state.codec.refusal import ITEM, Refused
from adapter.state.codec.tree import ATOMS, RESOLVERS, Encode, Walker, pack

_OBJECT = "O"
_STRING = "T"
_SIMPLE_DTYPE = re.compile(r"[<>|=]?[?bBhHiIlLqQuefdgFDGSUVmMc]\d*(\[[\w/]+\])?")
_LONG_DOUBLES = "gG"
_X87_BYTES = 10


def _resolve(kind: type) -> Encode | None:
    numpy: Any = sys.modules.get("numpy")
    if numpy is None or kind.__module__.partition(".")[0] != "numpy":
        return None
    if kind is getattr(numpy, "ndarray", None):
        return _array
    if not issubclass(kind, getattr(numpy, "generic", ())):
        return None
    ATOMS[kind] = _scalar
    return _scalar


RESOLVERS.append(_resolve)


def _array(value: Any, walker: Walker, depth: int) -> Ext:
    dtype = value.dtype
    if dtype.char == _OBJECT:
        return Ext(codes.NDARRAY, pack([_OBJECT, value.shape, "C", _elements(value, walker, depth)]))
    if dtype.char == _STRING:
        kind = [_STRING, dtype.coerce]
        if hasattr(dtype, "na_object"):
            kind.append(walker.part(dtype.na_object, (ITEM, "na_object"), depth))
        return Ext(codes.NDARRAY, pack([kind, value.shape, "C", _elements(value, walker, depth)]))
    order = "F" if value.flags.fnc else "C"
    return Ext(codes.NDARRAY, pack([_describe(dtype), value.shape, order, _canonical(value).tobytes(order)]))


def _elements(value: Any, walker: Walker, depth: int) -> Any:
    return walker.items(value.ravel().tolist(), depth)


def _scalar(value: Any, walker: Walker, depth: int) -> Ext:
    numpy: Any = sys.modules["numpy"]
    array = numpy.asarray(value)
    return Ext(codes.NUMPY_SCALAR, pack([_describe(array.dtype), _canonical(array).tobytes()]))


def _describe(dtype: Any) -> Any:
    """Return what `_dtype` makes the dtype of: a string, a list of fields, or a sub-array."""
    if dtype.hasobject:
        raise Refused(f"is an array of dtype {dtype}, which holds Python objects in fields", "Store a list or a frame.")
    if dtype.names is not None:
        fields = [[name, _describe(dtype.fields[name][0]), *dtype.fields[name][1:]] for name in dtype.names]
        return [fields, dtype.itemsize, dtype.isalignedstruct]
    if dtype.subdtype is not None:
        return [_describe(dtype.base), list(dtype.shape)]
    numpy: Any = sys.modules["numpy"]
    text: str = dtype.str
    # Some types share their size and their string with another: 'q' and 'l' are both '<i8'.
    same = numpy.dtype(text).char == dtype.char
    return text if same else f"{text[0]}{dtype.char}"


def _dtype(described: Any, numpy: Any) -> Any:
    if isinstance(described, str):
        if not _SIMPLE_DTYPE.fullmatch(described):
            raise CannotRead(f"it has {described!r} where a NumPy dtype belongs")
        return numpy.dtype(described)
    if len(described) == 2:
        return numpy.dtype((_dtype(described[0], numpy), tuple(described[1])))
    fields, itemsize, aligned = described
    layout: dict[str, Any] = {
        "names": [field[0] for field in fields],
        "formats": [_dtype(field[1], numpy) for field in fields],
        "offsets": [field[2] for field in fields],
        "itemsize": itemsize,
    }
    if any(len(field) > 3 for field in fields):
        layout["titles"] = [field[3] if len(field) > 3 else None for field in fields]
    return numpy.dtype(layout, align=aligned)


def _canonical(array: Any) -> Any:
    """Return ``array`` with zeros in the bytes that belong to no value, which otherwise hold anything."""
    dtype = array.dtype
    numpy: Any = sys.modules["numpy"]
    if dtype.names is not None:
        # Not zeros_like(), which leaves the bytes between the fields as they were.
        clean = numpy.zeros(array.shape, dtype, order="F" if array.flags.fnc else "C")
        for name in dtype.names:
            clean[name] = _canonical(array[name])
        return clean
    if dtype.char in _LONG_DOUBLES and numpy.finfo(numpy.longdouble).nmant == 63:
        clean = numpy.array(array, order="C", ndmin=1)
        size = numpy.dtype("g").itemsize
        clean.view(numpy.uint8).reshape(-1, size)[:, _X87_BYTES:] = 0
        return clean.reshape(array.shape)
    return array


@decodes(codes.NDARRAY)
def _read_array(body: memoryview) -> Any:
    numpy: Any = importlib.import_module("numpy")
    described, shape, order, data = unpack_list(body, 4)
    shape = tuple(expect(shape, list))
    if isinstance(data, list):
        return _read_elements(described, shape, data, numpy)
    dtype = _dtype(described, numpy)
    expect(data, bytes)
    if math.prod(shape) * dtype.itemsize != len(data) or min(shape, default=0) < 0:
        raise CannotRead(f"it has {len(data):,} bytes where an array of {dtype} of shape {shape} belongs")
    return numpy.ndarray(shape, dtype, data, order=order).copy(order)


def _read_elements(described: Any, shape: tuple[int, ...], items: list[Any], numpy: Any) -> Any:
    if math.prod(shape) != len(items):
        raise CannotRead(f"it has {len(items):,} items where an array of shape {shape} belongs")
    if described == _OBJECT:
        array = numpy.empty(len(items), dtype=object)
        for index, item in enumerate(items):
            array[index] = item
        return array.reshape(shape)
    _, coerce, *na_object = described
    missing = {"na_object": na_object[0]} if na_object else {}
    dtype = numpy.dtypes.StringDType(coerce=coerce, **missing)
    return numpy.array(items, dtype=dtype).reshape(shape)


@decodes(codes.NUMPY_SCALAR)
def _read_scalar(body: memoryview) -> Any:
    numpy: Any = importlib.import_module("numpy")
    described, data = unpack_list(body, 2)
    dtype = _dtype(described, numpy)
    if dtype.itemsize == 0:
        return dtype.type()
    return numpy.ndarray((1,), dtype, expect(data, bytes)).copy()[0]
