"""Clocks that differ, sessions that expired, objects that went."""

from __future__ import annotations

import time

import pytest

from adapter.state.global_state import GlobalState
from adapter.state.session import session_key
from tests.faults.calls import ANN, adding, counted, counting, in_threads, run
from tests.faults.conftest import Start

pytestmark = pytest.mark.end_to_end


def ahead() -> float:
    """Tell the time of an environment whose clock is 60 s ahead."""
    return time.time() + 60


def test_a_clock_a_minute_ahead_loses_nothing(environment: Start) -> None:
    """Two environments whose clocks differ by 60 s: 8 threads × 10 increments of a session and of a global."""
    warm_stores = [environment(), environment(clock=ahead)]
    total: GlobalState[int] = GlobalState(0, "total")
    session, shared = counting(), adding(total)

    def work(n: int) -> None:
        for _ in range(10):
            run(session, warm_stores[n % 2], deadline=time.monotonic() + 60)
            run(shared, warm_stores[n % 2], deadline=time.monotonic() + 60)

    assert in_threads([lambda n=n: work(n) for n in range(8)]) == [None] * 8  # type: ignore[misc]
    assert counted(environment()) == 80
    assert total.value == 80


def test_a_clock_a_minute_ahead_breaks_no_promise_of_the_lease(environment: Start) -> None:
    """It may take a lease early; then the holder's commit is refused and told, and nothing is lost or doubled."""
    here, there = environment(), environment(clock=ahead)

    def steal() -> None:
        run(counting("lease"), there)

    endpoint = counting("lease", steal)
    (outcome,) = in_threads([lambda: run(endpoint, here, deadline=time.monotonic() + 5)])
    assert type(outcome).__name__ == "StateConflict"
    assert counted(environment()) == 1


def test_an_expired_session_starts_anew_and_its_old_writer_is_refused(environment: Start) -> None:
    """Expired but present, re-created, and then somebody who still holds the old version commits."""
    now = [time.time()]
    here, there = environment(clock=lambda: now[0]), environment(clock=lambda: now[0])
    run(counting(), here)
    run(counting(), here)
    runs: list[int] = []

    def meanwhile() -> None:
        runs.append(1)
        if len(runs) == 1:
            now[0] += 3_601
            assert run(counting(), there).data[0] == 1

    assert run(counting(inside=meanwhile), here).data[0] == 2
    assert len(runs) == 2
    assert counted(there) == 2


def test_an_object_replaced_between_read_and_get_is_no_error(environment: Start) -> None:
    """Readers and writers of a State in S3: every answer is whole, none is an error."""
    warm_stores = [environment(inline_limit_bytes=1) for _ in range(2)]
    endpoint = counting()

    def work(n: int) -> list[int]:
        return [run(endpoint, warm_stores[n % 2], deadline=time.monotonic() + 60).data[0] for _ in range(10)]

    answers = in_threads([lambda n=n: work(n) for n in range(6)])  # type: ignore[misc]
    assert sorted(number for numbers in answers for number in numbers) == list(range(1, 61))


def test_a_session_deleted_during_a_call_starts_anew(environment: Start) -> None:
    """Reset in one tab while another tab's call runs: the call runs again on the default."""
    here = environment()
    run(counting(), here)
    runs: list[int] = []

    def meanwhile() -> None:
        runs.append(1)
        if len(runs) == 1:
            here.store.delete([session_key("app", ANN)])

    assert run(counting(inside=meanwhile), here).data[0] == 1
    assert counted(environment()) == 1
