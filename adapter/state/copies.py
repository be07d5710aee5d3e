"""Private copies of values."""

from __future__ import annotations

import copy
from typing import TypeVar

from adapter.state.codec import decode, encode

T = TypeVar("T")


def private_copy(value: T) -> T:
    """Return a deep copy of ``value``.

    A web of objects that is too deep for ``copy``, such as cells that know their neighbours, is copied as it is stored.

    Raises:
        CannotStore: it is too deep and has no stored form.
    """
    try:
        return copy.deepcopy(value)
    except RecursionError:
        copied: T = decode(encode(value, name="default"))
        return copied
