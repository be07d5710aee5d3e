"""Values ↔ JSON text on the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from adapter.errors import MalformedRequest
from adapter.state.proxy import ValueProxy, plain


def _plain(value: Any) -> Any:
    """Return the JSON form of what only its own methods can tell: NumPy's scalars and arrays, say."""
    if isinstance(value, ValueProxy):
        return plain(value)
    for kind in (int, float, str):  # a subclass of these
        if isinstance(value, kind):
            return kind(value)
    for method in ("tolist", "item", "isoformat"):
        convert = getattr(value, method, None)
        if convert is not None:
            return convert()
    return str(value)


MOST_LEVELS = 90
"""Levels of lists and objects in one another that a body may have: a queue and a session's State put some more around
what it brings, and keep 100 (`adapter.state.codec.tree.MAX_DEPTH`)."""

_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoder = msgspec.json.Decoder()


def dumps(value: Any) -> bytes:
    """Return ``value`` as JSON on one line; NaN and infinities become ``null``, and half a surrogate pair a ``?``."""
    try:
        return _encoder.encode(value)
    except UnicodeEncodeError:  # what a file's name can hold, and UTF-8 cannot
        return _encoder.encode(_as_utf8(value))


def loads(text: bytes | str) -> Any:
    """Return the value of JSON text.

    Raises:
        MalformedRequest: it is not JSON, which NaN and infinities are not either, or has more than `MOST_LEVELS`.
    """
    try:
        value = _decoder.decode(text)
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise MalformedRequest(f"the body is not JSON: {error}.") from error
    opening = ("[", "{") if isinstance(text, str) else (b"[", b"{")
    if sum(map(text.count, opening)) > MOST_LEVELS and _levels(value) > MOST_LEVELS:  # type: ignore[arg-type]
        raise _too_deep()
    return value


def _levels(value: Any) -> int:
    """Return how many lists and objects stand in one another; as soon as they are too many, the count so far."""
    found = 0
    level = [value] if isinstance(value, list | dict) else []
    while level and found <= MOST_LEVELS:
        found += 1
        level = [
            item
            for container in level
            for item in (container.values() if isinstance(container, dict) else container)
            if isinstance(item, list | dict)
        ]
    return found


def _too_deep() -> MalformedRequest:
    return MalformedRequest(
        f"the body has more than {MOST_LEVELS} lists and objects in one another, the most that are read; send a "
        f"flatter value."
    )


def _as_utf8(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_as_utf8(key): _as_utf8(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_as_utf8(item) for item in value]
    return value
