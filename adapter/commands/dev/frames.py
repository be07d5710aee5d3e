"""Messages between the dev server and its environments: JSON, each with its length before it."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct(">I")

Message = dict[str, Any]


def encode(message: Message) -> bytes:
    """Return the frame of a message.

    Raises:
        TypeError: JSON has no form for something in it.
    """
    payload = json.dumps(message).encode()
    return _LENGTH.pack(len(payload)) + payload


def receive(channel: socket.socket) -> Message | None:
    """Return the next message, waiting for it; ``None`` when the other end is gone."""
    head = _exactly(channel, _LENGTH.size)
    payload = None if head is None else _exactly(channel, _LENGTH.unpack(head)[0])
    return None if payload is None else _decode(payload)


async def read(reader: asyncio.StreamReader) -> Message | None:
    """Return the next message, waiting for it; ``None`` when the other end is gone."""
    try:
        head = await reader.readexactly(_LENGTH.size)
        return _decode(await reader.readexactly(_LENGTH.unpack(head)[0]))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def _decode(payload: bytes | bytearray) -> Message:
    message: Message = json.loads(payload)
    return message


def _exactly(channel: socket.socket, size: int) -> bytearray | None:
    found = bytearray(size)
    view = memoryview(found)
    while view:
        try:
            count = channel.recv_into(view)
        except ConnectionError:
            return None
        if count == 0:
            return None
        view = view[count:]
    return found
