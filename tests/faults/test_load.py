"""Every call counts once, whatever ends meanwhile: the short form of `tests.faults.load`."""

from __future__ import annotations

import pytest

from tests.faults.load import load

pytestmark = pytest.mark.end_to_end

SECONDS = 5


@pytest.mark.parametrize("store", ["sqlite", "dynamodb"])
def test_under_load_and_kills_every_call_counts_once(store: str) -> None:
    """What sessions, globals and counters hold at the end is the number of distinct calls, on every store."""
    seen = load(store, seconds=SECONDS, clients=4, kill_every_seconds=0.3)
    assert seen.problems == []
    assert sum(seen.calls.values()) > 0
    assert seen.kills > 0
