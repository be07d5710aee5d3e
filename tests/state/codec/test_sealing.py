from __future__ import annotations

import os
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapter.errors import CannotRead
from adapter.state import codec


@pytest.mark.parametrize("payload", [b"", b"x", b"x" * 1024, b"x" * 1025, os.urandom(5000)], ids=len)
def test_what_was_sealed_is_unsealed(payload: bytes) -> None:
    """Any payload comes back as it was."""
    assert codec.unseal(codec.seal(payload)) == payload


def test_only_what_gets_smaller_is_compressed() -> None:
    """Up to 1 KB, and what does not compress, stands as it is, one byte longer."""
    noise = os.urandom(5000)
    assert codec.seal(b"x" * 1024) == b"\x01" + b"x" * 1024
    assert codec.seal(noise) == b"\x01" + noise
    assert codec.seal(b"x" * 1025)[0] == 2
    assert len(codec.seal(b"x" * 100_000)) < 1_000


def test_a_large_payload_is_compressed_where_a_part_of_it_gets_smaller() -> None:
    """Four probes spread over it tell; a picture next to a text does not keep the text from getting smaller."""
    noise = os.urandom(100_000)
    assert codec.seal(noise) == b"\x01" + noise
    mixed = noise + b"text " * 20_000
    assert len(codec.seal(mixed)) < len(mixed) * 0.6
    assert codec.unseal(codec.seal(mixed)) == mixed


def test_a_payload_that_unfolds_beyond_the_limit_is_not_unfolded() -> None:
    """A bomb is refused at the limit, whatever it would come to; so is a plain payload over it."""
    bomb = b"\x02" + zlib.compress(b"\x00" * 50_000_000, 9)
    with pytest.raises(CannotRead, match="over 1,000 bytes, the most that are read"):
        codec.unseal(bomb, limit=1_000)
    with pytest.raises(CannotRead, match="over 3 bytes"):
        codec.unseal(b"\x01abcd", limit=3)
    assert codec.unseal(codec.seal(b"x" * 5000), limit=5000) == b"x" * 5000


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\x00abc", b"\x03", b"\x02", b"\x02abc", codec.seal(b"x" * 5000)[:-1], codec.seal(b"x" * 5000) + b"x"],
    ids=["empty", "zero", "newer", "nothing", "no zlib", "cut", "longer"],
)
def test_a_damaged_seal_is_refused(damaged: bytes) -> None:
    """Only what `seal` made is unsealed."""
    with pytest.raises(CannotRead, match="the payload"):
        codec.unseal(damaged)


def test_states_come_back_as_the_bytes_they_were() -> None:
    """A session's States are kept side by side, undecoded."""
    states = {"2": codec.encode((1, 2), name="a"), "1": b"", "é": os.urandom(3000)}
    assert codec.unseal_states(codec.seal_states(states)) == states
    assert codec.unseal_states(codec.seal_states({})) == {}


def test_the_order_of_the_states_does_not_count() -> None:
    """The same States have the same bytes, in whichever order they were loaded."""
    assert codec.seal_states({"a": b"1", "b": b"2"}) == codec.seal_states({"b": b"2", "a": b"1"})


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_states_or_refused(data: bytes) -> None:
    """No bytes end in another error than `CannotRead`."""
    for sealed in (data, b"\x01" + data):
        try:
            states = codec.unseal_states(sealed)
        except CannotRead:
            continue
        assert {type(part) for pair in states.items() for part in pair} <= {str, bytes}
