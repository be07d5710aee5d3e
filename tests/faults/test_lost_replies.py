"""The reply of an applied write is lost: the client tries again, and nothing is applied twice."""

from __future__ import annotations

import pytest

from adapter.calls.endpoint import Concurrency
from adapter.state.global_counter import GlobalCounter
from adapter.state.global_state import GlobalState
from adapter.state.warm_store import WarmStore
from tests.faults.calls import adding, counted, counting, run
from tests.faults.conftest import Start
from tests.support.proxy import LossyProxy

pytestmark = pytest.mark.end_to_end


@pytest.mark.parametrize("concurrency", ["rerun", "lease", "error", "last_write"])
def test_a_commit_whose_reply_is_lost_counts_once(
    troubled: WarmStore, proxy: LossyProxy, environment: Start, concurrency: Concurrency
) -> None:
    """11 calls make 11, and the function ran 11 times, whichever reply was lost."""
    runs: list[int] = []
    endpoint = counting(concurrency, lambda: runs.append(1))
    run(endpoint, troubled)
    for _ in range(10):
        proxy.lose_reply("UpdateItem")
        run(endpoint, troubled)
    assert counted(environment()) == 11
    assert len(runs) == 11


def test_a_lost_reply_with_somebody_else_in_between_counts_once(
    troubled: WarmStore, proxy: LossyProxy, environment: Start
) -> None:
    """Ours was applied, theirs on top, then our retry: 3 calls make 3."""
    other = environment()
    endpoint = counting()
    run(endpoint, troubled)

    def meanwhile() -> None:
        run(counting(), other)

    proxy.lose_reply("UpdateItem", meanwhile=meanwhile)
    run(endpoint, troubled)
    assert counted(other) == 3


def test_a_session_and_a_global_together_count_once(troubled: WarmStore, proxy: LossyProxy, environment: Start) -> None:
    """One transaction: both or neither, once."""
    total: GlobalState[int] = GlobalState(0, "total")

    def both() -> None:
        total.value += 1

    endpoint = counting(inside=both)
    for _ in range(3):
        proxy.lose_reply("TransactWriteItems")
        run(endpoint, troubled)
    warm_store = environment()
    assert (counted(warm_store), total.value) == (3, 3)


def test_a_global_and_a_counter_count_once(troubled: WarmStore, proxy: LossyProxy, environment: Start) -> None:
    """In a call and outside of one."""
    total: GlobalState[int] = GlobalState(0, "total")
    visits = GlobalCounter("visits", shards=2)
    proxy.lose_reply("UpdateItem")
    run(adding(total), troubled)
    proxy.lose_reply("UpdateItem")
    total.update(lambda value: value + 1)
    proxy.lose_reply("UpdateItem")
    visits.add(5)
    environment()
    assert (total.value, visits.value) == (2, 5)
