from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from adapter.errors import ConfigurationError
from adapter.state.backoff import Backoff
from adapter.state.global_counter import GlobalCounter
from adapter.state.transaction import Transaction, running
from adapter.state.warm_store import WarmStore

Start = Callable[[], WarmStore]


def test_outside_a_call_it_counts_at_once(environment: Start) -> None:
    """Every environment and every object of the name sees the sum."""
    environment()
    visits = GlobalCounter("visits", shards=4)
    visits.add()
    visits += 5
    visits -= 2
    environment()
    assert GlobalCounter("visits", shards=4).value == int(visits) == 4
    assert f"{visits}" == "4"


def test_in_a_call_it_counts_with_the_commit(warm_store: WarmStore) -> None:
    """The call sees its own additions; nobody else does before it has committed."""
    visits = GlobalCounter("visits", shards=3)
    transaction = Transaction(warm_store)
    with running(transaction):
        visits.add(2)
        assert visits.value == 2
    assert visits.value == 0
    transaction.commit(backoff=Backoff(time.monotonic() + 5))
    assert visits.value == 2


def test_a_call_that_fails_counts_nothing(warm_store: WarmStore) -> None:
    """Without a commit there is no addition."""
    visits = GlobalCounter("visits")
    with running(Transaction(warm_store)):
        visits.add()
    assert visits.value == 0


def test_threads_of_two_environments_lose_nothing(environment: Start) -> None:
    """8 threads × 25 additions over 4 shards: 200."""
    environment()
    visits = GlobalCounter("visits", shards=4)

    def count() -> None:
        for _ in range(25):
            visits.add()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert visits.value == 200


@pytest.mark.parametrize(("name", "shards"), [("", 1), ("a#b", 1), ("a", 0), ("a", 101)])
def test_bad_arguments_are_refused(name: str, shards: int) -> None:
    """Names stand in keys; one read takes 100 items."""
    with pytest.raises(ConfigurationError, match="GlobalCounter"):
        GlobalCounter(name, shards)
