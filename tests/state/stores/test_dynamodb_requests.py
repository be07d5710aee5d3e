"""What the DynamoDB store asks of the network, and what it does when a reply is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from adapter.errors import Conflict, StoreError
from adapter.state.stores.base import Record, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, write
from tests.support import aws
from tests.support.proxy import LossyProxy

KEY = "S#app#one"


@pytest.fixture
def clock() -> Clock:
    """The clock of all stores."""
    return Clock()


@pytest.fixture
def spilling(remote: Aws, clock: Clock) -> DynamoDBStore:
    """A store with a bucket."""
    return remote.store(clock, spilling=True)


@pytest.fixture(params=["inline", "spilling"])
def spills(request: pytest.FixtureRequest) -> bool:
    """Whether large payloads go to a bucket: no, then yes."""
    return bool(request.param == "spilling")


@pytest.fixture
def store(proxy: LossyProxy, remote: Aws, clock: Clock, spills: bool) -> Iterator[DynamoDBStore]:
    """A store that reaches its table by the proxy."""
    with aws.dynamodb(proxy.url) as client:
        yield remote.store(clock, spilling=spills, client=client)


@pytest.fixture
def other(remote: Aws, clock: Clock, spills: bool) -> DynamoDBStore:
    """Another environment, which reaches the table directly."""
    return remote.store(clock, spilling=spills)


# -- round trips ----------------------------------------------------------------------------------


def test_each_operation_is_one_request(store: DynamoDBStore, proxy: LossyProxy, clock: Clock) -> None:
    """The price of every operation, as promised."""
    later = int(clock.now) + 60
    holder, until = new_nonce(), clock.milliseconds + 5_000
    first = write(KEY, SMALL, expires_at=later)
    second = write(KEY, SMALL, first.version, expires_at=later)
    both = [write(KEY, SMALL, second.version, expires_at=later), write("G#app#g", SMALL)]
    locked = write(KEY, SMALL, both[0].version, expires_at=later, holder=holder)
    steps: list[tuple[str, Callable[[], object]]] = [
        ("UpdateItem", lambda: store.write([first])),
        ("GetItem", lambda: store.read([KEY])),
        ("UpdateItem", lambda: store.write([second])),
        ("TransactWriteItems", lambda: store.write(both)),
        ("BatchGetItem", lambda: store.read([KEY, "G#app#g"])),
        ("UpdateItem", lambda: store.lock(KEY, holder, until, expires_at=later)),
        ("UpdateItem", lambda: store.write([locked])),
        ("UpdateItem", lambda: store.touch(KEY, locked.version, later)),
        ("UpdateItem", lambda: store.add("N#app#n", 1)),
        ("GetItem", lambda: store.sums(["N#app#n"])),
        ("DeleteItem", lambda: store.delete([KEY])),
    ]
    for _, step in steps:
        step()
    assert proxy.seen == [operation for operation, _ in steps]


def test_a_conflict_needs_no_read(store: DynamoDBStore, other: DynamoDBStore, proxy: LossyProxy) -> None:
    """The failed write hands back the winner: one request, whether one item or two were to be written."""
    first = write(KEY, SMALL)
    other.write([first])
    for writes in ([write(KEY, SMALL)], [write(KEY, SMALL), write("G#app#g", SMALL)]):
        with pytest.raises(Conflict) as lost:
            store.write(writes)
        assert lost.value.winners == {KEY: Record(first.version, first.nonce, SMALL)}
    assert proxy.seen == ["UpdateItem", "TransactWriteItems"]


def test_a_hot_spilled_commit_is_one_request_to_the_table(
    spilling: DynamoDBStore, proxy: LossyProxy, remote: Aws, clock: Clock
) -> None:
    """A store that knows which object it replaces needs no second try to delete it."""
    with aws.dynamodb(proxy.url) as client:
        store = remote.store(clock, spilling=True, client=client)
        first = write(KEY, LARGE)
        spilling.write([first])
        store.read([KEY])
        second = write(KEY, LARGE, first.version)
        store.write([second])
        store.write([write(KEY, SMALL, second.version)])
    assert proxy.seen == ["GetItem", "UpdateItem", "UpdateItem"]
    assert remote.objects() == []


# -- lost replies ---------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
def test_a_first_write_whose_reply_was_lost_is_applied_once(
    store: DynamoDBStore, other: DynamoDBStore, proxy: LossyProxy, payload: bytes
) -> None:
    """The client's own retry meets the write's own nonce, and counts it as applied."""
    proxy.lose_reply("UpdateItem")
    first = write(KEY, payload)
    store.write([first])
    assert proxy.seen == ["UpdateItem", "UpdateItem"]
    assert other.read([KEY]) == {KEY: Record(first.version, first.nonce, payload)}


@pytest.mark.parametrize("overwritten", [0, 1, 40])
def test_a_commit_whose_reply_was_lost_is_applied_once(
    store: DynamoDBStore,
    other: DynamoDBStore,
    proxy: LossyProxy,
    remote: Aws,
    spills: bool,
    overwritten: int,
) -> None:
    """Also when others have written on top of it before the client tries again."""

    def others_write() -> None:
        for _ in range(overwritten):
            standing = other.read([KEY])[KEY]
            other.write([write(KEY, LARGE, standing.version, recent=standing.recent)])

    first = write(KEY, LARGE)
    store.write([first])
    second = write(KEY, LARGE + b"!", first.version)
    proxy.lose_reply("UpdateItem", meanwhile=others_write)
    store.write([second])
    standing = other.read([KEY])[KEY]
    assert standing.payload == (LARGE if overwritten else LARGE + b"!")
    assert len(remote.objects()) == (1 if spills else 0)
    store.write([write(KEY, SMALL, standing.version)])
    assert remote.objects() == []


def test_a_transaction_whose_reply_was_lost_is_applied_once(
    store: DynamoDBStore, other: DynamoDBStore, proxy: LossyProxy, remote: Aws
) -> None:
    """The same request sent again is recognised by DynamoDB itself."""
    writes = [write(KEY, LARGE), write("G#app#g", SMALL)]
    proxy.lose_reply("TransactWriteItems")
    store.write(writes)
    assert proxy.seen == ["TransactWriteItems", "TransactWriteItems"]
    assert {key: record.version for key, record in other.read([KEY, "G#app#g"]).items()} == {
        step.key: step.version for step in writes
    }


def test_the_holders_write_whose_reply_was_lost_is_applied_once(
    store: DynamoDBStore, other: DynamoDBStore, proxy: LossyProxy, clock: Clock
) -> None:
    """The lease went with the first try; the second is not taken for a loser."""
    holder = new_nonce()
    proxy.lose_reply("UpdateItem")
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    proxy.lose_reply("UpdateItem")
    first = write(KEY, LARGE, 0, holder=holder)
    store.write([first])
    assert other.read([KEY])[KEY] == Record(first.version, first.nonce, LARGE)


def test_a_lease_on_what_expired_whose_reply_was_lost_is_taken(
    store: DynamoDBStore, proxy: LossyProxy, remote: Aws, clock: Clock
) -> None:
    """A lost reply at either of its two steps does no harm."""
    for lost in (0, 1):
        key = f"S#app#{lost}"
        first = write(key, LARGE, expires_at=int(clock.now) + 60)
        store.write([first])
        clock.now += 60
        if lost == 0:
            proxy.lose_reply("UpdateItem")
        else:
            proxy.lose_reply("UpdateItem", meanwhile=lambda: proxy.lose_reply("UpdateItem"))
        locked = store.lock(key, new_nonce(), clock.milliseconds + 5_000, expires_at=int(clock.now) + 60)
        assert (locked.version, locked.payload) == (first.version, None)
    assert remote.objects() == []


@pytest.mark.parametrize("others", [0, 1, 3])
def test_an_addition_whose_reply_was_lost_counts_once(
    store: DynamoDBStore, other: DynamoDBStore, proxy: LossyProxy, others: int
) -> None:
    """Also when others have added since."""

    def others_add() -> None:
        for _ in range(others):
            other.add("N#app#n", 1)

    store.add("N#app#n", 10)
    proxy.lose_reply("UpdateItem", meanwhile=others_add)
    assert store.add("N#app#n", 100) == 110 + others
    assert other.sums(["N#app#n"]) == {"N#app#n": 110 + others}


def test_touch_unlock_and_delete_may_be_repeated(store: DynamoDBStore, proxy: LossyProxy, clock: Clock) -> None:
    """A lost reply of what changes nothing twice goes unnoticed."""
    first = write(KEY, SMALL, expires_at=int(clock.now) + 60)
    store.write([first])
    holder = new_nonce()
    store.lock(KEY, holder, clock.milliseconds + 5_000)
    proxy.lose_reply("UpdateItem")
    store.unlock(KEY, holder)
    proxy.lose_reply("UpdateItem")
    assert store.touch(KEY, first.version, int(clock.now) + 90)
    proxy.lose_reply("DeleteItem")
    store.delete([KEY])
    assert store.read([KEY]) == {}


def test_a_write_without_any_reply_is_told_of_and_keeps_its_object(
    proxy: LossyProxy, remote: Aws, clock: Clock, spilling: DynamoDBStore
) -> None:
    """It may have been applied, and here it was: what it points to must not be deleted."""
    with aws.dynamodb(proxy.url, attempts=1) as client:
        store = remote.store(clock, spilling=True, client=client)
        proxy.lose_reply("UpdateItem")
        first = write(KEY, LARGE)
        with pytest.raises(StoreError, match=r"dynamodb:UpdateItem on table '.*' in eu-central-1 got no answer"):
            store.write([first])
        assert spilling.read([KEY])[KEY].payload == LARGE
        store.write([first])
    assert spilling.read([KEY])[KEY].payload == LARGE
    assert len(remote.objects()) == 1
