"""Reads trees: the table of what makes a value of an extension's body, and the parts of bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from adapter.errors import CannotRead

Decode = Callable[[memoryview], Any]
"""Makes the value from an extension's body."""

DECODERS: dict[int, Decode] = {}

_D = TypeVar("_D", bound=Decode)


def decodes(code: int) -> Callable[[_D], _D]:
    """Enter a function into `DECODERS` for the extension ``code``."""

    def enter(decode: _D) -> _D:
        DECODERS[code] = decode
        return decode

    return enter


def _extension(code: int, body: memoryview) -> Any:
    decode = DECODERS.get(code)
    if decode is None:
        raise CannotRead(f"it holds the extension type {code}, which this version of the adapter does not know")
    return decode(body)


unpack = msgspec.msgpack.Decoder(ext_hook=_extension).decode
unpack_raws = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode
"""Take a list apart whose items are unpacked one by one."""


def unpack_list(body: memoryview, *lengths: int) -> list[Any]:
    """Return the list that ``body`` holds.

    Raises:
        CannotRead: it is something else, or has none of the ``lengths`` where some are given.
    """
    return expect_list(unpack(body), *lengths)


def expect_list(value: Any, *lengths: int) -> list[Any]:
    """Return ``value`` if it is a list, and has one of the ``lengths`` where some are given.

    Raises:
        CannotRead: it is not.
    """
    if not isinstance(value, list) or (lengths and len(value) not in lengths):
        raise CannotRead(f"it has {type(value).__name__} where a list of {lengths or 'any'} items belongs")
    return value


_T = TypeVar("_T")


def expect(value: Any, kind: type[_T]) -> _T:
    """Return ``value``, part of a payload, if it is of exactly ``kind``.

    Raises:
        CannotRead: it is not.
    """
    if type(value) is not kind:
        raise CannotRead(f"it has {type(value).__name__} where {kind.__name__} belongs")
    return value
