"""What every store remembers of the last writes, so that nothing that is sent again is applied again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapter.errors import AlreadyApplied, Conflict
from adapter.state.stores import recent
from adapter.state.stores.base import Record, StateStore, Write, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.dynamodb_numbers import MOST_CALLS
from adapter.state.stores.sqlite import SQLiteStore
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, write
from tests.support import aws
from tests.support.proxy import LossyProxy

KEY = "S#app#one"
NUMBER = "C#app#visits#0"
NAME = "a-name-that-is-random"


def overwritten(store: StateStore, times: int) -> Record:
    """Write ``times`` more times over what stands under the key, and return what stands then."""
    for _ in range(times):
        standing = store.read([KEY])[KEY]
        store.write([write(KEY, SMALL, standing.version, recent=standing.recent)])
    return store.read([KEY])[KEY]


def named(payload: bytes = SMALL, expected: Record | None = None) -> Write:
    """Return one try of a named call's write."""
    version, before = (None, b"") if expected is None else (expected.version, expected.recent)
    step = write(KEY, payload, version, recent=before)
    return Write(step.key, payload, step.version, recent.named_nonce(NAME), step.expected, recent=before)


def test_a_record_tells_of_the_calls_that_wrote_it(store: StateStore, other: StateStore) -> None:
    """The last one, and those that others have written over since."""
    store.write([named(LARGE)])
    for standing in (other.read([KEY])[KEY], overwritten(other, 40)):
        assert recent.has_call(standing.recent, recent.named_nonce(NAME))
        assert not recent.has_call(standing.recent, recent.named_nonce("another-name"))
        assert not recent.has_call(standing.recent, new_nonce())


def test_a_write_that_is_sent_again_is_known_whatever_others_wrote(store: StateStore, other: StateStore) -> None:
    """The very same write counts as applied; another try of its call loses, and reads in the winner why."""
    first = named()
    store.write([first])
    overwritten(other, 40)
    store.write([first])
    with pytest.raises(Conflict) as lost:
        store.write([named()])
    assert recent.has_call(lost.value.winners[KEY].recent, recent.named_nonce(NAME))


def test_who_takes_a_lease_reads_the_last_calls(store: StateStore, other: StateStore, clock: Clock) -> None:
    """The lease is the read."""
    store.write([named()])
    held = other.lock(KEY, new_nonce(), clock.milliseconds + 1_000)
    assert recent.has_call(held.recent, recent.named_nonce(NAME))


def test_a_write_is_remembered_for_ten_minutes(store: StateStore, clock: Clock) -> None:
    """After that the next write forgets it, so that an item at rest is not larger for it."""
    store.write([named()])
    clock.now += recent.KEPT_SECONDS - 1
    assert recent.has_call(overwritten(store, 1).recent, recent.named_nonce(NAME))
    clock.now += 1
    assert not recent.has_call(overwritten(store, 1).recent, recent.named_nonce(NAME))


def test_an_item_remembers_so_many_writes_and_no_more() -> None:
    """However busy it is, the memory is 4 KB."""
    kept, first = b"", new_nonce()
    for nonce in (first, *(new_nonce() for _ in range(recent.MOST - 1))):
        kept = recent.with_nonce(kept, nonce, 1_800_000_000)
    assert recent.has_write(kept, first)
    kept = recent.with_nonce(kept, new_nonce(), 1_800_000_000)
    assert not recent.has_write(kept, first)
    assert len(kept) == 4_096


def test_the_largest_payload_and_all_that_is_remembered_fit_into_an_item(remote: Aws) -> None:
    """380,000 bytes and a full memory are less than DynamoDB's 400 KB."""
    kept = b""
    for _ in range(recent.MOST):
        kept = recent.with_nonce(kept, new_nonce(), 4_000_000_000)
    store = DynamoDBStore(remote.dynamodb, remote.table)
    store.write([write(KEY, b"x" * 380_000, recent=kept)])
    item = remote.dynamodb.get_item(TableName=remote.table, Key={"pk": {"S": KEY}})["Item"]
    assert len(item["r"]["B"]) == 4_096
    assert (
        len(item["d"]["B"]) + len(item["r"]["B"]) + len(str(item)) - len(str(item["d"])) - len(str(item["r"])) < 400_000
    )


# -- numbers --------------------------------------------------------------------------------------


def test_an_addition_that_is_sent_again_is_made_once(store: StateStore, other: StateStore) -> None:
    """Whatever others added in between, by calls with a name and without."""
    assert store.add(NUMBER, 5, recent.named_nonce(NAME)) == 5
    for number in range(40):
        other.add(NUMBER, 1, recent.named_nonce(f"call-{number}") if number % 2 else None)
        with pytest.raises(AlreadyApplied):
            store.add(NUMBER, 5, recent.named_nonce(NAME))
    assert store.sums([NUMBER]) == {NUMBER: 45}


def test_an_addition_is_remembered_for_ten_minutes_at_least(store: StateStore, clock: Clock) -> None:
    """And forgotten after twenty."""
    store.add(NUMBER, 5, recent.named_nonce(NAME))
    clock.now += recent.KEPT_SECONDS - 1
    with pytest.raises(AlreadyApplied):
        store.add(NUMBER, 5, recent.named_nonce(NAME))
    clock.now += recent.KEPT_SECONDS + 2
    store.add(NUMBER, 1, recent.named_nonce("another"))
    assert store.add(NUMBER, 5, recent.named_nonce(NAME)) == 11


def test_a_busy_number_remembers_its_last_additions_and_stays_small(remote: Aws) -> None:
    """128 at least, in at most two sets of 128, however many come within ten minutes."""
    store = DynamoDBStore(remote.dynamodb, remote.table, clock=Clock())
    for number in range(300):
        assert store.add(NUMBER, 1, recent.named_nonce(str(number))) == number + 1
        for again in (max(0, number - MOST_CALLS + 1), number):
            with pytest.raises(AlreadyApplied):
                store.add(NUMBER, 1, recent.named_nonce(str(again)))
    item = remote.dynamodb.get_item(TableName=remote.table, Key={"pk": {"S": NUMBER}})["Item"]
    assert sum(len(value["BS"]) for value in item.values() if "BS" in value) <= 2 * MOST_CALLS
    assert store.sums([NUMBER]) == {NUMBER: 300}


def test_a_number_that_is_seldom_added_to_forgets(remote: Aws) -> None:
    """A set of calls is kept for its ten minutes and the next, whenever the additions come."""
    clock = Clock()
    store = DynamoDBStore(remote.dynamodb, remote.table, clock=clock)
    for number in range(60):
        store.add(NUMBER, 1)
        clock.now += (601, 1_300, 90)[number % 3]
    item = remote.dynamodb.get_item(TableName=remote.table, Key={"pk": {"S": NUMBER}})["Item"]
    assert sum(len(value["BS"]) for value in item.values() if "BS" in value) < 20


def test_clocks_that_differ_forget_nothing(remote: Aws) -> None:
    """Two environments at a boundary of ten minutes, one of them a second behind."""
    ahead, behind = Clock(), Clock()
    ahead.now = 1_800_000_000 + recent.KEPT_SECONDS
    behind.now = ahead.now - 1
    stores = [DynamoDBStore(remote.dynamodb, remote.table, clock=clock) for clock in (ahead, behind)]
    for number in range(10):
        stores[number % 2].add(NUMBER, 1, recent.named_nonce(str(number)))
        for again in range(number + 1):
            for store in stores:
                with pytest.raises(AlreadyApplied):
                    store.add(NUMBER, 1, recent.named_nonce(str(again)))


# -- what earlier versions left -------------------------------------------------------------------


def test_an_item_of_an_earlier_version_is_read_and_its_nonces_are_known(remote: Aws, clock: Clock) -> None:
    """It had the last four, and no times; what is written over it remembers them."""
    old = [recent.named_nonce(f"call-{number}") for number in range(4)]
    attributes = {name: {"B": nonce} for name, nonce in zip(("w", "w1", "w2", "w3"), old, strict=True)}
    remote.dynamodb.put_item(
        TableName=remote.table, Item={"pk": {"S": KEY}, "v": {"N": "7"}, "d": {"B": SMALL}, **attributes}
    )
    store = remote.store(clock)
    for standing in (store.read([KEY])[KEY], overwritten(store, 2)):
        assert all(recent.has_call(standing.recent, nonce) for nonce in old)
    item = remote.dynamodb.get_item(TableName=remote.table, Key={"pk": {"S": KEY}})["Item"]
    assert {"w1", "w2", "w3"}.isdisjoint(item)


def test_a_number_of_an_earlier_version_goes_on(remote: Aws, clock: Clock) -> None:
    """Its nonces go, and its sum stays."""
    nonces = {name: {"B": new_nonce()} for name in ("w", "w1", "w2", "w3")}
    remote.dynamodb.put_item(TableName=remote.table, Item={"pk": {"S": NUMBER}, "n": {"N": "7"}, **nonces})
    assert remote.store(clock).add(NUMBER, 1) == 8


def test_a_file_of_an_earlier_version_is_opened(tmp_path: Path) -> None:
    """It gets what it lacks, once, and keeps what it had."""
    path = tmp_path / "state.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE records (key TEXT PRIMARY KEY, version INTEGER NOT NULL, nonce BLOB NOT NULL, payload BLOB,"
            " expires_at INTEGER, holder BLOB, leased_until INTEGER) STRICT;"
            "CREATE TABLE numbers (key TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;"
            f"INSERT INTO records VALUES ('{KEY}', 7, x'{recent.named_nonce(NAME).hex()}', x'01', NULL, NULL, NULL);"
            f"INSERT INTO numbers VALUES ('{NUMBER}', 7);"
        )
    for times in (1, 2):
        with closing(SQLiteStore(path)) as store:
            assert recent.has_call(overwritten(store, 1).recent, recent.named_nonce(NAME))
            assert store.add(NUMBER, 1, recent.named_nonce(str(times))) == 7 + times


# -- lost replies ---------------------------------------------------------------------------------


def test_an_addition_whose_reply_was_lost_is_made_once_and_is_no_repetition(
    remote: Aws, proxy: LossyProxy, clock: Clock
) -> None:
    """The client's own retry meets what it did itself, also under the additions of others."""
    other = remote.store(clock)

    def meanwhile() -> None:
        for _ in range(9):
            other.add(NUMBER, 1)

    with aws.dynamodb(proxy.url) as client:
        store = remote.store(clock, client=client)
        for nonce in (None, recent.named_nonce(NAME)):
            proxy.lose_reply("UpdateItem", meanwhile=meanwhile)
            store.add(NUMBER, 100, nonce)
    assert other.sums([NUMBER]) == {NUMBER: 218}
