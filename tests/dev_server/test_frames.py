"""Length-prefixed JSON between the dev server and its environments."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.commands.dev import frames

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
Read = Callable[[bytes], list[frames.Message]]
MESSAGES = st.lists(st.dictionaries(st.text(), JSON, max_size=3), max_size=4)


def from_stream(payload: bytes) -> list[frames.Message]:
    """Return the messages that the dev server's side reads."""

    async def read() -> list[frames.Message]:
        reader = asyncio.StreamReader()
        reader.feed_data(payload)
        reader.feed_eof()
        found = []
        while (message := await frames.read(reader)) is not None:
            found.append(message)
        return found

    return asyncio.run(read())


def from_socket(payload: bytes) -> list[frames.Message]:
    """Return the messages that an environment's side receives."""
    ours, theirs = socket.socketpair()
    with ours, theirs:

        def send() -> None:
            theirs.sendall(payload)
            theirs.shutdown(socket.SHUT_WR)

        sender = threading.Thread(target=send)
        sender.start()
        found = []
        while (message := frames.receive(ours)) is not None:
            found.append(message)
        sender.join()
        return found


@pytest.mark.parametrize("read", [from_stream, from_socket])
@given(messages=MESSAGES)
@settings(deadline=None)  # starts a loop or a thread each time
def test_messages_arrive_one_by_one(read: Read, messages: list[frames.Message]) -> None:
    """However they lie together in the stream, the same messages come out in their order."""
    assert read(b"".join(frames.encode(message) for message in messages)) == messages


@pytest.mark.parametrize("read", [from_stream, from_socket])
def test_a_message_may_be_as_large_as_lambda_allows(read: Read) -> None:
    """Six megabytes go through in one piece."""
    message = {"event": {"body": "ä" * 3_000_000}}
    assert read(frames.encode(message) * 2) == [message, message]


@pytest.mark.parametrize("read", [from_stream, from_socket])
@pytest.mark.parametrize("kept", [1, 4, 7])
def test_a_message_that_is_cut_off_is_none(read: Read, kept: int) -> None:
    """An end that dies while it writes has said nothing."""
    whole = frames.encode({"type": "response"})
    assert read(whole + whole[:kept]) == [{"type": "response"}]
