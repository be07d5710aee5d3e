"""What is stored of a session's queued calls: the same bytes for ever, and nothing else is taken for them."""

from __future__ import annotations

import pytest

from adapter.errors import CannotRead
from adapter.state.codec import encode, seal
from adapter.state.queue.box import Box, Done, Pending, Running, pack, unpack

# As version 0.2 of the adapter wrote them, while calls went through all of their states.
STORED = {
    "pending": (
        "0185a66576656e747381a2653183a6737461747573a770656e64696e67a4626f647982a4646174619301c0a161a8666e5f69"
        "6e64657800ab616e7377657265645f6174cb41dad27480000000ac7368617265645f756e74696ccb0000000000000000a963"
        "6c6f7365645f6174cb0000000000000000a474726970cb0000000000000000a473776179cb0000000000000000"
    ),
    "running own": (
        "0185a66576656e747381a2653186a6737461747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41da"
        "d27480000000a2627991a27331a5756e74696ccb41dad27487900000a36f776ec3ac7368617265645f756e74696ccb000000"
        "0000000000a9636c6f7365645f6174cb0000000000000000a474726970cb3fd0000000000000a473776179cb3fc000000000"
        "0000"
    ),
    "awaited": (
        "0185a66576656e747382a2653187a6737461747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41da"
        "d27480000000a2627991a27331a5756e74696ccb41dad27487900000a36f776ec3a761776169746564c3a2653287a6737461"
        "747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41dad27480100000a2627991a27332a5756e7469"
        "6ccb41dad27487b00000a36f776ec3a761776169746564c3ac7368617265645f756e74696ccb41dad27483d00000a9636c6f"
        "7365645f6174cb0000000000000000a474726970cb3fd2000000000000a473776179cb3fc4000000000000"
    ),
    "cancelled": (
        "0185a66576656e747382a2653187a6737461747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41da"
        "d27480000000a2627991a27331a5756e74696ccb41dad27487900000a36f776ec3a761776169746564c3a2653288a6737461"
        "747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41dad27480100000a2627991a27332a5756e7469"
        "6ccb41dad27487b00000a36f776ec3a761776169746564c3a963616e63656c6c6564c3ac7368617265645f756e74696ccb41"
        "dad27483d00000a9636c6f7365645f6174cb0000000000000000a474726970cb3fd2000000000000a473776179cb3fc40000"
        "00000000"
    ),
    "done": (
        "0185a66576656e747382a2653187a6737461747573a772756e6e696e67a4626f647980ab616e7377657265645f6174cb41da"
        "d27480000000a2627991a27331a5756e74696ccb41dad27487900000a36f776ec3a761776169746564c3a2653284a6737461"
        "747573a4646f6e65a86d657373616765739181a36d7367b170726f636573735f636f6d706c65746564a26174cb41dad27480"
        "300000a2627991a27332ac7368617265645f756e74696ccb41dad27483d00000a9636c6f7365645f6174cb41dad274803000"
        "00a474726970cb3fd2000000000000a473776179cb3fc4000000000000"
    ),
    "closed": (
        "0185a66576656e747380ac7368617265645f756e74696ccb41dad27483d00000a9636c6f7365645f6174cb41dad274843000"
        "00a474726970cb3fd2000000000000a473776179cb3fc4000000000000"
    ),
}

STATUSES = {
    "pending": ["pending"],
    "running own": ["running"],
    "awaited": ["running", "running"],
    "cancelled": ["running", "running"],
    "done": ["running", "done"],
    "closed": [],
}


@pytest.mark.parametrize("name", STORED)
def test_a_mailbox_of_an_earlier_version_is_read_and_written_as_it_was(name: str) -> None:
    """Environments of two versions share a mailbox while an app is deployed anew, byte by byte."""
    payload = bytes.fromhex(STORED[name])
    box = unpack(payload)
    assert box.statuses() == STATUSES[name]
    assert pack(box) == payload


def test_every_mark_of_a_call_is_read() -> None:
    """A stored call says whose it is, who waits for it, and whether somebody asked to end it."""
    first, second = unpack(bytes.fromhex(STORED["cancelled"])).events.values()
    assert isinstance(first, Running)
    assert isinstance(second, Running)
    assert (first.own, first.awaited, first.cancelled) == (True, True, False)
    assert (second.own, second.awaited, second.cancelled) == (True, True, True)


def test_what_a_client_sent_and_is_told_is_stored_as_it_is() -> None:
    """Bodies and messages may hold whatever can be stored, tuples and bytes too."""
    box = Box(events={"a": Pending({"data": [(1, b"x"), None]}, 1.0), "b": Done([{"data": (2,)}], 2.0, ["s"])})
    assert unpack(pack(box)) == box


@pytest.mark.parametrize(
    "stored",
    [
        [],
        {"events": []},
        {"events": {"e": {"status": "flying"}}},
        {"events": {"e": {"status": "pending", "body": {}}}},
        {"events": {"e": {"status": "running", "body": {}, "answered_at": 0.0, "by": "s", "until": 1.0}}},
        {"events": {}, "closed_at": "yesterday"},
        {"events": {}, "trip": None},
    ],
)
def test_what_is_no_mailbox_is_refused(stored: object) -> None:
    """A mailbox of a later version, which has other states, is not half read."""
    with pytest.raises(CannotRead, match="no mailbox of this version"):
        unpack(seal(encode(stored, name="mailbox")))


def test_what_a_later_version_adds_does_not_keep_it_from_being_read() -> None:
    """Fields that this version does not know are passed over, and those that are missing start anew."""
    pending = {"status": "pending", "body": {}, "answered_at": 1.0, "priority": 7}
    box = unpack(seal(encode({"events": {"e": pending}, "colour": "red"}, name="mailbox")))
    assert box == Box(events={"e": Pending({}, 1.0)})
