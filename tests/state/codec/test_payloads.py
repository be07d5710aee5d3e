from __future__ import annotations

import pytest

from adapter.state import codec
from adapter.state.codec import codes
from adapter.state.codec.reading import DECODERS
from tests.state.codec.samples import PAYLOADS, SAMPLES, same

STORED = sorted(path.stem for path in PAYLOADS.glob("*.bin"))


@pytest.mark.parametrize("name", STORED)
def test_a_payload_of_an_earlier_version_still_decodes(name: str) -> None:
    """What was stored once is read for ever: a fixture is never written anew."""
    assert same(codec.decode((PAYLOADS / f"{name}.bin").read_bytes()), SAMPLES[name])


@pytest.mark.parametrize("name", STORED)
def test_a_value_has_the_bytes_that_were_stored(name: str) -> None:
    """Bytes that differ from those of an earlier version would make every unchanged State a changed one."""
    assert codec.encode(SAMPLES[name], name=name) == (PAYLOADS / f"{name}.bin").read_bytes()


def test_there_is_a_payload_of_every_sample() -> None:
    """A new type comes with its fixture (``python -m tests.state.codec.make_payloads``)."""
    assert set(STORED) == set(SAMPLES)


def test_every_code_has_its_decoder() -> None:
    """The table of codes and the decoders name the same numbers, and no number twice."""
    numbers = [number for name, number in vars(codes).items() if name.isupper()]
    assert sorted(numbers) == sorted(DECODERS)
    assert len(set(numbers)) == len(numbers)
    assert all(0 < number < 128 for number in numbers)
