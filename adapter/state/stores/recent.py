"""The last writes to one item, so that a call that is sent again is not applied again.

    recent   nonce (12 bytes) · Unix second (4) · nonce · second · …        newest first

A nonce is the name of a call (8 bytes, of its ``call_id``, or random) and 4 random bytes of the try, so that one look
tells both: whether this very write was applied and its reply was lost, and whether another try of the same call was.
"""

from __future__ import annotations

import hashlib
import secrets
import struct

MOST = 256
"""Writes that an item remembers: 4 KB, which DynamoDB bills as four units of each write to so busy an item."""

KEPT_SECONDS = 600
"""How long a write is remembered: a gateway gives a call up after half a minute, people try again within minutes."""

_ENTRY = struct.Struct(">12sI")
_NAME_BYTES = 8
_TRY_BYTES = 4


def named_nonce(name: str) -> bytes:
    """Return the nonce of one write of the call that its caller calls ``name``: every try of it is told apart."""
    return hashlib.sha256(name.encode()).digest()[:_NAME_BYTES] + secrets.token_bytes(_TRY_BYTES)


def call_of(nonce: bytes) -> bytes:
    """Return what the nonces of all tries of a call have in common."""
    return nonce[:_NAME_BYTES]


def with_nonce(recent: bytes, nonce: bytes, now: float) -> bytes:
    """Return ``recent`` with a write of Unix second ``now`` before all others, and without what is too old."""
    kept = _ENTRY.pack(nonce, int(now))
    for start in range(0, min(len(recent), (MOST - 1) * _ENTRY.size), _ENTRY.size):
        _, written_at = _ENTRY.unpack_from(recent, start)
        if written_at + KEPT_SECONDS > now:
            kept += recent[start : start + _ENTRY.size]
    return kept


def newest(recent: bytes, count: int) -> bytes:
    """Return the last ``count`` writes of ``recent``."""
    return recent[: count * _ENTRY.size]


def has_write(recent: bytes, nonce: bytes) -> bool:
    """Whether the write of ``nonce`` is among the last ones."""
    return _has(recent, nonce)


def has_call(recent: bytes, nonce: bytes) -> bool:
    """Whether any try of the call that ``nonce`` is of is among the last ones."""
    return _has(recent, call_of(nonce))


def _has(recent: bytes, beginning: bytes) -> bool:
    return any(recent.startswith(beginning, start) for start in range(0, len(recent), _ENTRY.size))
