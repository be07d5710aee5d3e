"""Values ↔ JSON text on the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from adapter.errors import MalformedRequest
from adapter.state.stand_in import StandIn, plain


def _plain(value: Any) -> Any:
    """Return the JSON form of what only its own methods can tell: NumPy's scalars and arrays, say."""
    if isinstance(value, StandIn):
        return plain(value)
    for kind in (int, float, str):  # a subclass of these
        if isinstance(value, kind):
            return kind(value)
    for method in ("tolist", "item", "isoformat"):
        convert = getattr(value, method, None)
        if convert is not None:
            return convert()
    return str(value)


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
        MalformedRequest: it is not JSON, which NaN and infinities are not either.
    """
    try:
        return _decoder.decode(text)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise MalformedRequest(f"the body is not JSON: {error}.") from error


def _as_utf8(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_as_utf8(key): _as_utf8(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_as_utf8(item) for item in value]
    return value
