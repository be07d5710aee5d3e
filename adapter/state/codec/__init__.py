"""A value of a State ↔ its payload.

What comes back equals what was put in and has its type. The bytes are canonical: the same value gives the
same bytes in every process, whatever its hash seed, so that a comparison of bytes finds every change. The
order of a dict counts; that of a set does not.

Stored are ``None, bool, int, float, str, bytes, bytearray, complex, list, tuple, dict, set, frozenset, range,
slice, deque, defaultdict, OrderedDict, Counter, Decimal, UUID, datetime, date, time, timedelta, timezone,
ZoneInfo``, paths, name spaces, patterns, network addresses, fractions and ``random.Random``; instances of the
classes that the app defines (dataclasses, Enums, named tuples, pydantic models, plain ones, subclasses of built-in
containers, texts and numbers), by ``__getstate__`` where they have it; the app's functions and ``partial`` of them;
what `register_type` was called for; NumPy arrays, scalars and generators, pandas frames, series, indexes and scalars,
Pillow images.

One value is one graph: what it refers to from several places comes back as one object, cycles included. There
is no pickle, and nothing is imported because of a name in a payload.
"""

from __future__ import annotations

from typing import Any

from adapter.errors import CannotRead, CannotStore
from adapter.state.codec import (
    arrays,
    builtin,
    dates,
    frames,
    functions,
    generators,
    images,
    library,
    models,
    registry,
    structures,
    subclasses,
)
from adapter.state.codec.careful import CarefulWalker
from adapter.state.codec.reading import unpack
from adapter.state.codec.refusal import Refused, TooDeep, message, refusal
from adapter.state.codec.registry import register_type, trust_folder
from adapter.state.codec.sealing import LIMIT_BYTES, seal, seal_states, unseal, unseal_states
from adapter.state.codec.tree import ATOMS, ENCODERS, SCALARS, Shared, Walker, pack

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

_FORMATS = (
    generators,
    arrays,
    builtin,
    dates,
    frames,
    images,
    library,
    models,
    functions,
    structures,
    subclasses,
)  # each enters itself into the tables

registry.BUILT_IN.update(SCALARS, ENCODERS, ATOMS, (list, dict))


def encode(value: Any, *, name: str) -> bytes:
    """Return the payload of ``value``, the same bytes for the same value.

    Args:
        value: the value of a State.
        name: the State's, for the error.

    Raises:
        CannotStore: part of the value has no stored form; names the State, the path, the type and the remedy.
    """
    walker = Walker()
    try:
        payload = pack(walker.tree(value))
        walker.check_shared()
    except (Shared, TooDeep):  # which a graph may hold
        return _graph(value, name)
    except Exception:  # noqa: BLE001 - the careful way holds what the fast one cannot, and says what nobody can
        return _careful(value, name)
    return payload


def _careful(value: Any, name: str) -> bytes:
    walker = CarefulWalker()
    try:
        payload = pack(walker.tree(value))
        walker.check_shared()
    except (Shared, TooDeep):
        return _graph(value, name)
    except Exception as error:  # noqa: BLE001 - whatever it is, the refusal says it
        raise CannotStore(message(name, walker.path, refusal(error))) from _cause(error)
    return payload


def _graph(value: Any, name: str) -> bytes:
    # Which most values, and so most cold starts, do without.
    from adapter.state.codec.graph import graph
    from adapter.state.codec.survey import Survey

    walker = Survey()
    try:
        return graph(value, walker)
    except Exception as error:  # noqa: BLE001 - whatever it is, the refusal says it
        raise CannotStore(message(name, walker.path, refusal(error))) from _cause(error)


def _cause(error: Exception) -> Exception | None:
    return None if isinstance(error, Refused | RecursionError) else error


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
