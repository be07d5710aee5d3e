"""Values ↔ JSON text on the wire."""

from __future__ import annotations

from typing import Any

import msgspec

from adapter.errors import MalformedRequest


def _plain(value: Any) -> Any:
    """Return the JSON form of what only its own methods can tell: NumPy's scalars and arrays, say."""
    for method in ("tolist", "item", "isoformat", "__str__"):
        convert = getattr(value, method, None)
        if convert is not None:
            return convert()
    raise TypeError(f"{type(value).__name__} has no JSON form")


_encoder = msgspec.json.Encoder(enc_hook=_plain)
_decoder = msgspec.json.Decoder()


def dumps(value: Any) -> bytes:
    """Return ``value`` as JSON on one line; NaN and infinities become ``null``."""
    return _encoder.encode(value)


def loads(text: bytes | str) -> Any:
    """Return the value of JSON text.

    Raises:
        MalformedRequest: it is not JSON.
    """
    try:
        return _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedRequest(f"the body is not JSON: {error}.") from error
