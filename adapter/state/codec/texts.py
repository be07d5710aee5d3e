"""Texts within an encoded value, found without decoding it."""

from __future__ import annotations

from collections.abc import Iterator


def texts_beginning(prefix: str, payload: bytes) -> Iterator[str]:
    """Yield the texts of an encoded value that begin with ``prefix``, and perhaps bytes that only look like one.

    Quick where there is none, which is nearly always: then it is one search.

    Args:
        prefix: what they begin with.
        payload: the encoded value.
    """
    mark = prefix.encode()
    at = payload.find(mark)
    while at >= 0:
        for length in _lengths(payload, at):
            if length >= len(mark):
                yield payload[at : at + length].decode(errors="replace")
        at = payload.find(mark, at + 1)


def _lengths(payload: bytes, at: int) -> Iterator[int]:
    """Yield what may be the number of bytes of the text at ``at``: it stands in front, in one of three forms.

    Source: https://github.com/msgpack/msgpack/blob/master/spec.md#str-format-family
    """
    if at >= 1 and payload[at - 1] & 0xE0 == 0xA0:
        yield payload[at - 1] & 0x1F
    if at >= 2 and payload[at - 2] == 0xD9:
        yield payload[at - 1]
    if at >= 3 and payload[at - 3] == 0xDA:
        yield int.from_bytes(payload[at - 2 : at], "big")
