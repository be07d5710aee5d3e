from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.msgpack import Ext

from adapter.errors import CannotRead
from adapter.state import codec
from adapter.state.codec import codes
from adapter.state.codec.reading import DECODERS
from adapter.state.codec.tree import pack
from tests.state.codec.samples import PAYLOADS

STORED = [path.read_bytes() for path in sorted(PAYLOADS.glob("*.bin"))]
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(payload: bytes) -> None:
    """Decode ``payload``; nothing but `CannotRead` may come of it."""
    try:
        codec.decode(payload)
    except CannotRead as error:
        assert str(error).startswith("the payload cannot be read: ")  # noqa: PT017 - it need not be raised


@SETTINGS
@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(payload: bytes) -> None:
    """No bytes end in another error than `CannotRead`."""
    read(payload)


@SETTINGS
@given(st.sampled_from(sorted(DECODERS)), st.binary(max_size=40))
def test_any_body_of_an_extension_is_read_or_refused(code: int, body: bytes) -> None:
    """Nor does any body of a type that the codec knows."""
    read(pack(Ext(code, body)))


PARTS = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**40) | st.floats() | st.text(max_size=4) | st.binary(max_size=9),
    lambda parts: st.lists(parts, max_size=5) | st.dictionaries(st.text(max_size=3), parts, max_size=2),
    max_leaves=8,
)


@SETTINGS
@given(st.sampled_from(sorted(DECODERS)), PARTS)
def test_any_parts_of_an_extension_are_read_or_refused(code: int, parts: Any) -> None:
    """Nor do parts of the wrong number, type or size."""
    read(pack(Ext(code, pack(parts))))


@SETTINGS
@given(st.data())
def test_any_damage_to_a_payload_is_read_or_refused(data: st.DataObject) -> None:
    """Nor does a payload with bytes changed, lost or added."""
    payload = bytearray(data.draw(st.sampled_from(STORED)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(payload) - 1, 0)))
        match data.draw(st.sampled_from("clai")):
            case "c":
                payload[at : at + 1] = data.draw(st.binary(min_size=1, max_size=1))
            case "l":
                del payload[at : at + data.draw(st.integers(1, 4))]
            case "a":
                payload[at:at] = data.draw(st.binary(max_size=3))
            case _:
                payload = payload[:at]
    read(bytes(payload))


@pytest.mark.parametrize("wrap", [b"\x91", b"\x81\xc0", b"\x81"], ids=["lists", "dicts", "keys"])
def test_a_tower_of_containers_is_refused(wrap: bytes) -> None:
    """It ends at the limit of the stack, not of the process."""
    with pytest.raises(CannotRead, match="RecursionError"):
        codec.decode(wrap * 200_000 + b"\xc0")


def test_a_tower_of_extensions_is_refused() -> None:
    """Each level is a call of ours."""
    payload = b"\x90"
    for _ in range(2_000):
        payload = pack([Ext(codes.TUPLE, payload)])
    with pytest.raises(CannotRead):
        codec.decode(payload)


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (codes.NDARRAY, ["<f8", [2**40], "C", b""]),
        (codes.NDARRAY, ["|O", [1], "C", b"\x00" * 8]),
        (codes.NDARRAY, ["<i4,<i4", [1], "C", b"\x00" * 8]),
        (codes.NDARRAY, ["O", [2**40], "C", []]),
        (codes.NDARRAY, ["<f8", [-1, -1], "C", b"\x00" * 8]),
        (codes.IMAGE, ["RGB", [60_000, 60_000], b"", None, {}]),
        (codes.IMAGE, ["RGB", [-1, -1], b"\x00" * 3, None, {}]),
        (codes.ZONEINFO, "../../etc/passwd"),
        (codes.ZONEINFO, "/etc/passwd"),
        (codes.TUPLE, "text"),
        (codes.SET, [[1]]),
        (codes.DICT, [1]),
        (codes.PATH, ["PosixPath", 1]),
        (codes.PATH, ["Path", "x"]),
        (codes.DEFAULTDICT, ["eval", {}]),
        (127, b""),
    ],
    ids=str,
)
def test_a_body_that_asks_for_what_it_does_not_hold_is_refused(code: int, body: Any) -> None:
    """Sizes are compared with the bytes that are there before room is made; names with fixed lists."""
    with pytest.raises(CannotRead):
        codec.decode(pack(Ext(code, pack(body))))


def test_an_unknown_extension_says_that_it_may_be_newer() -> None:
    """What a newer version of the adapter wrote is told by its number."""
    with pytest.raises(CannotRead, match="extension type 126, which this version of the adapter does not know"):
        codec.decode(pack(Ext(126, b"")))
