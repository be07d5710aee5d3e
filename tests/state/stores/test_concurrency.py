"""What every store promises to many threads and two environments at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from adapter.errors import Conflict
from adapter.state.backoff import Backoff
from adapter.state.stores.base import ABSENT, StateStore, new_nonce
from tests.state.stores.places import LARGE, Place, write

KEY = "G#app#count"
THREADS = 16
PATIENCE_SECONDS = 120.0


def _all_at_once(place: Place, work: Callable[[StateStore, int], None], threads: int = THREADS) -> None:
    """Run ``work`` in ``threads`` threads, every other one in the other environment."""
    environments = [place.open(), place.open()]
    start = threading.Barrier(threads)

    def run(number: int) -> None:
        start.wait(PATIENCE_SECONDS)
        work(environments[number % 2], number)

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(run, number) for number in range(threads)]:
            done.result(PATIENCE_SECONDS)


def _backoff() -> Backoff:
    return Backoff(time.monotonic() + PATIENCE_SECONDS)


def _increment(store: StateStore, keys: list[str], padding: bytes = b"") -> None:
    """Add 1 to the numbers under all of ``keys``, by compare-and-swap."""
    backoff = _backoff()
    standing = dict.fromkeys(keys, ABSENT) | store.read(keys)
    while True:
        writes = [
            write(key, b"%d %s" % (int((record.payload or b"0").split()[0]) + 1, padding), record.version)
            for key, record in standing.items()
        ]
        try:
            return store.write(writes)
        except Conflict as conflict:
            standing |= conflict.winners
            backoff.wait("the count")


@pytest.mark.parametrize("busy_place", ["memory", "sqlite", "ministack"], indirect=True)
def test_no_increment_is_lost(busy_place: Place) -> None:
    """16 threads of two environments add 20 each to one number, by compare-and-swap: 320."""

    def work(store: StateStore, number: int) -> None:
        for _ in range(20):
            _increment(store, [KEY])

    _all_at_once(busy_place, work)
    assert int(busy_place.open().read([KEY])[KEY].payload or b"") == 320


def test_no_increment_of_a_changing_size_is_lost(busy_place: Place) -> None:
    """The same where payloads move in and out of the item; one object is left at most."""

    def work(store: StateStore, number: int) -> None:
        for turn in range(5):
            _increment(store, [KEY], LARGE if (turn + number) % 2 else b"")

    _all_at_once(busy_place, work, threads=8)
    payload = busy_place.open().read([KEY])[KEY].payload or b""
    assert int(payload.split()[0]) == 40
    assert len(busy_place.objects()) == (1 if busy_place.spills and len(payload) > len(LARGE) else 0)


def test_transactions_are_whole(busy_place: Place) -> None:
    """Writers of two keys at once, among writers of one of them, lose nothing in either."""

    def work(store: StateStore, number: int) -> None:
        for _ in range(5):
            _increment(store, ["S#app#a", KEY] if number % 2 else [KEY])

    _all_at_once(busy_place, work, threads=8)
    found = busy_place.open().read(["S#app#a", KEY])
    assert [int(found[key].payload or b"") for key in ("S#app#a", KEY)] == [20, 40]


def test_at_most_one_holds_the_lease(busy_place: Place) -> None:
    """Of 8 threads that lock, write and so unlock, never two are inside at once, and each writes once a turn."""
    inside: list[int] = []
    overlaps: list[list[int]] = []
    told: list[int | None] = []

    def work(store: StateStore, number: int) -> None:
        for _ in range(4):
            holder, backoff = new_nonce(), _backoff()
            while True:
                try:
                    held = store.lock(KEY, holder, busy_place.clock.milliseconds + 60_000)
                    break
                except Conflict as conflict:
                    told.append(conflict.winners[KEY].leased_until)
                    backoff.wait("the lease")
            inside.append(number)
            if len(inside) > 1:
                overlaps.append(list(inside))
            inside.remove(number)
            count = int(held.payload or b"0") + 1
            store.write([write(KEY, b"%d" % count, held.version, holder=holder)])

    _all_at_once(busy_place, work, threads=8)
    assert overlaps == []
    assert None not in told
    assert int(busy_place.open().read([KEY])[KEY].payload or b"") == 32


def test_one_of_many_first_writes_wins(busy_place: Place) -> None:
    """Of writers who all read nothing, one makes the item."""
    won: list[int] = []
    winners: set[bytes | None] = set()

    def work(store: StateStore, number: int) -> None:
        try:
            store.write([write(KEY, b"%d" % number)])
            won.append(number)
        except Conflict as conflict:
            winners.add(conflict.winners[KEY].payload)

    _all_at_once(busy_place, work)
    assert busy_place.open().read([KEY])[KEY].payload == b"%d" % won[0]
    assert len(won) == 1
    assert winners == {b"%d" % won[0]}


def test_no_addition_is_lost(busy_place: Place) -> None:
    """16 threads add 20 times: every sum is returned once, and the last is 320."""
    sums: list[int] = []

    def work(store: StateStore, number: int) -> None:
        for _ in range(20):
            sums.append(store.add("N#app#n", 1))  # noqa: PERF401 - each sum when it is known

    _all_at_once(busy_place, work)
    assert sorted(sums) == list(range(1, 321))


def test_readers_meet_no_half_written_payload(busy_place: Place) -> None:
    """What is read was written, whole, however often it is replaced meanwhile."""
    store = busy_place.open()
    store.write([write(KEY, LARGE)])
    stop = threading.Event()

    def replace() -> None:
        version = store.read([KEY])[KEY].version
        for turn in range(40):
            step = write(KEY, b"%d " % turn * 100 if turn % 3 else b"small", version)
            store.write([step])
            version = step.version
        stop.set()

    def read() -> set[bytes]:
        other, seen = busy_place.open(), set[bytes]()
        while not stop.is_set():
            seen.add(other.read([KEY])[KEY].payload or b"")
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read), pool.submit(read)]
        pool.submit(replace).result(PATIENCE_SECONDS)
        seen = set().union(*(reader.result(PATIENCE_SECONDS) for reader in readers))
    assert seen <= {LARGE, b"small"} | {b"%d " % turn * 100 for turn in range(40)}
