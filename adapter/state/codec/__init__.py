"""A value of a State ↔ its payload.

What comes back equals what was put in and has its type. The bytes are canonical: the same value gives the
same bytes in every process, whatever its hash seed, so that a comparison of bytes finds every change. The
order of a dict counts; that of a set does not.

Stored are ``None, bool, int, float, str, bytes, bytearray, complex, list, tuple, dict, set, frozenset, range,
slice, deque, defaultdict, OrderedDict, Counter, Decimal, UUID, datetime, date, time, timedelta, timezone,
ZoneInfo`` and paths; dataclasses, Enums, named tuples and pydantic models that the app defines; what
`register_type` was called for; NumPy arrays and scalars, pandas frames, series, indexes and scalars, Pillow
images. A subclass of any of these is another type, and is refused.

An object that is referred to from several places comes back as several, equal ones. There is no pickle, and
nothing is imported because of a name in a payload.
"""

from __future__ import annotations

from typing import Any

from adapter.errors import CannotRead, CannotStore
from adapter.state.codec import arrays, builtin, dates, frames, images, registry, structures
from adapter.state.codec.refusal import Refused, message
from adapter.state.codec.registry import register_type, trust_folder
from adapter.state.codec.sealing import LIMIT_BYTES, seal, seal_states, unseal, unseal_states
from adapter.state.codec.tree import ENCODERS, SCALARS, CarefulWalker, Walker, pack, unpack

__all__ = [
    "LIMIT_BYTES",
    "decode",
    "encode",
    "register_type",
    "seal",
    "seal_states",
    "trust_folder",
    "unseal",
    "unseal_states",
]

_FORMATS = (arrays, builtin, dates, frames, images, structures)  # each enters itself into the tables

registry.BUILT_IN.update(SCALARS, ENCODERS, (list, dict))


def encode(value: Any, *, name: str) -> bytes:
    """Return the payload of ``value``, the same bytes for the same value.

    Args:
        value: the value of a State.
        name: the State's, for the error.

    Raises:
        CannotStore: part of the value has no stored form; names the State, the path, the type and the remedy.
    """
    try:
        return pack(Walker().tree(value))
    except Exception:  # noqa: BLE001, S110 - the careful way finds what the fast one cannot hold, and says what nobody can
        pass
    walker = CarefulWalker()
    try:
        return pack(walker.tree(value))
    except Refused as refused:
        raise CannotStore(message(name, walker.path, refused)) from None
    except RecursionError:
        failed = Refused("is nested deeper than the call stack reaches", "Store a flatter value.")
        raise CannotStore(message(name, walker.path, failed)) from None
    except Exception as error:
        failed = Refused(f"could not be encoded: {type(error).__name__}: {error}", "Store something else.")
        raise CannotStore(message(name, walker.path, failed)) from error


def decode(payload: bytes) -> Any:
    """Return the value that `encode` was given.

    Raises:
        CannotRead: the payload is damaged, or holds what this version of the app does not know.
    """
    try:
        return unpack(payload)
    except CannotRead as error:
        raise CannotRead(f"the payload cannot be read: {error}") from error.__cause__
    except Exception as error:
        raise CannotRead(f"the payload cannot be read: {type(error).__name__}: {error}") from error
