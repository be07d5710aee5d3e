"""The envelope of a payload: one byte that says how it is kept, and compression where that helps."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Final

import msgspec

from adapter.errors import CannotRead
from adapter.state.codec.tree import pack

PLAIN: Final = 1
DEFLATED: Final = 2
_LARGE_BYTES: Final = 1024
_LEVEL: Final = 1
_PROBED_BYTES: Final = 64 * 1024
_PROBES: Final = 4
_PROBE_BYTES: Final = 4 * 1024
LIMIT_BYTES: Final = 256 * 1024 * 1024  # what a payload may unfold to; some 400 KB of zlib can hold as much

_unpack_states = msgspec.msgpack.Decoder(dict[str, bytes]).decode


def seal(payload: bytes) -> bytes:
    """Return ``payload`` as it is kept: behind a codec id, and compressed where that makes it smaller."""
    if len(payload) > _LARGE_BYTES and _promises(payload):
        deflated = zlib.compress(payload, _LEVEL)
        if len(deflated) < len(payload):
            return b"\x02" + deflated
    return b"\x01" + payload


def _promises(payload: bytes) -> bool:
    """Return whether compressing ``payload`` may help: noise of a megabyte takes 40 ms to find that it does not."""
    if len(payload) <= _PROBED_BYTES:
        return True
    step = len(payload) // _PROBES
    probe = b"".join(payload[at : at + _PROBE_BYTES] for at in range(0, step * _PROBES, step))
    return len(zlib.compress(probe, _LEVEL)) < len(probe)


def unseal(data: bytes, *, limit: int = LIMIT_BYTES) -> bytes:
    """Return the payload that `seal` was given.

    Args:
        data: what `seal` returned.
        limit: bytes the payload may have; nothing larger is unfolded.

    Raises:
        CannotRead: the codec id is unknown, or the payload is damaged or larger than ``limit``.
    """
    codec = data[0] if data else None
    if codec == PLAIN:
        payload = data[1:]
    elif codec == DEFLATED:
        payload = _inflate(memoryview(data)[1:], limit)
    else:
        raise CannotRead(f"the payload has the codec id {codec}; this version of the adapter knows {PLAIN}, {DEFLATED}")
    if len(payload) > limit:
        raise CannotRead(f"the payload is over {limit:,} bytes, the most that are read")
    return payload


def _inflate(data: memoryview, limit: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        payload = inflater.decompress(data, limit + 1)
    except zlib.error as error:
        raise CannotRead(f"the payload is damaged: {error}") from error
    if len(payload) <= limit and (not inflater.eof or inflater.unused_data):
        raise CannotRead("the payload is damaged: it is cut off, or goes on after its end")
    return payload


def seal_states(states: Mapping[str, bytes]) -> bytes:
    """Return the encoded States of a session as one sealed payload, which does not depend on their order."""
    return seal(pack({key: states[key] for key in sorted(states)}))


def unseal_states(data: bytes, *, limit: int = LIMIT_BYTES) -> dict[str, bytes]:
    """Return the States that `seal_states` was given, each still encoded.

    Args:
        data: what `seal_states` returned.
        limit: as in `unseal`.

    Raises:
        CannotRead: it is damaged, or larger than ``limit``.
    """
    payload = unseal(data, limit=limit)
    try:
        return _unpack_states(payload)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CannotRead(f"the payload does not hold a session's States: {error}") from error
