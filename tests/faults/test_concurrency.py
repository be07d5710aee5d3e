"""Many callers at once: nothing is lost, and what must run alone runs alone."""

from __future__ import annotations

import time

import pytest

from adapter.calls.endpoint import Concurrency
from adapter.state.global_state import GlobalState
from adapter.state.session import SessionId
from tests.faults.calls import adding, counted, counting, in_threads, run
from tests.faults.conftest import Start

pytestmark = pytest.mark.end_to_end

THREADS, TIMES = 16, 20


@pytest.mark.parametrize("concurrency", ["rerun", "lease"])
def test_no_increment_of_a_session_is_lost(environment: Start, concurrency: Concurrency) -> None:
    """16 threads of two environments × 20 calls that add 1 to one session's State: 320, each answer its own."""
    warm_stores = [environment(), environment()]
    endpoint = counting(concurrency)

    def work(n: int) -> list[int]:
        return [run(endpoint, warm_stores[n % 2], deadline=time.monotonic() + 120).data[0] for _ in range(TIMES)]

    answers = in_threads([lambda n=n: work(n) for n in range(THREADS)])  # type: ignore[misc]
    assert sorted(number for numbers in answers for number in numbers) == list(range(1, THREADS * TIMES + 1))
    assert counted(environment()) == THREADS * TIMES


def test_no_increment_of_a_global_is_lost(environment: Start) -> None:
    """The same for one GlobalState that the function changes in place."""
    warm_stores = [environment(), environment()]
    total: GlobalState[int] = GlobalState(0, "total")
    endpoint = adding(total)

    def work(n: int) -> list[int]:
        return [run(endpoint, warm_stores[n % 2], deadline=time.monotonic() + 120).data[0] for _ in range(TIMES)]

    answers = in_threads([lambda n=n: work(n) for n in range(THREADS)])  # type: ignore[misc]
    assert sorted(number for numbers in answers for number in numbers) == list(range(1, THREADS * TIMES + 1))
    environment()
    assert total.value == THREADS * TIMES


def test_error_loses_nothing_for_callers_that_retry(environment: Start) -> None:
    """Each loser is told and nothing of its call is kept, so that trying again is right."""
    warm_stores = [environment(), environment()]
    endpoint = counting("error")

    def work(n: int) -> int:
        done = conflicts = 0
        while done < 5:
            outcome = in_threads([lambda: run(endpoint, warm_stores[n % 2])])[0]
            if type(outcome).__name__ == "StateConflict":
                conflicts += 1
            else:
                done += 1
        return conflicts

    assert all(isinstance(conflicts, int) for conflicts in in_threads([lambda n=n: work(n) for n in range(8)]))  # type: ignore[misc]
    assert counted(environment()) == 40


def test_under_the_lease_one_sessions_functions_never_overlap(environment: Start) -> None:
    """128 concurrent calls of one session over two environments: at most 1 runs at any time, each exactly once."""
    warm_stores = [environment(), environment()]
    inside: list[int] = []
    overlaps: list[int] = []

    def watch() -> None:
        inside.append(1)
        overlaps.append(len(inside))
        inside.pop()

    endpoint = counting("lease", watch)
    waits: list[float] = []

    def work(n: int) -> None:
        for _ in range(4):
            started = time.monotonic()
            run(endpoint, warm_stores[n % 2], deadline=time.monotonic() + 120)
            waits.append(time.monotonic() - started)

    assert in_threads([lambda n=n: work(n) for n in range(32)]) == [None] * 32  # type: ignore[misc]
    assert max(overlaps) == 1
    assert len(overlaps) == 128
    assert counted(environment()) == 128
    print(f"\nlease: mean wait {sum(waits) / len(waits):.3f} s, {len(overlaps) / 128:.2f} runs per call")


def test_sessions_do_not_wait_for_each_other(environment: Start) -> None:
    """The lease of one session is nobody else's business."""
    endpoint = counting("lease")
    warm_store = environment()
    bob = SessionId("hash", "bob")

    def meanwhile() -> None:
        run(endpoint, warm_store, session=bob)

    run(counting("lease", meanwhile), warm_store)
    assert (counted(environment()), counted(environment(), bob)) == (1, 1)
