"""What the DynamoDB store promises beyond the contract: round trips, lost replies, spilled payloads, clear errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from adapter.errors import Conflict, StoreError, TooLarge
from adapter.state.stores.base import Record, Write, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import RENEW_AFTER_SECONDS, S3Overflow
from tests.state.stores.places import INLINE_BYTES, LARGE, SMALL, Aws, Clock, write
from tests.support import aws
from tests.support.proxy import LossyProxy, lossy_proxy

KEY = "S#app#one"


@pytest.fixture
def clock() -> Clock:
    """The clock of both stores."""
    return Clock()


@pytest.fixture(params=["inline", "spilling"])
def overflow(request: pytest.FixtureRequest, remote: Aws) -> S3Overflow | None:
    """Where large payloads go: nowhere, then a bucket."""
    return S3Overflow(remote.s3, remote.bucket) if request.param == "spilling" else None


@pytest.fixture
def spilling(remote: Aws, clock: Clock) -> DynamoDBStore:
    """A store with a bucket."""
    return _store(remote, clock, S3Overflow(remote.s3, remote.bucket))


@pytest.fixture
def proxy(ministack: str) -> Iterator[LossyProxy]:
    """A network that counts requests and loses replies on demand."""
    with lossy_proxy(ministack) as running:
        yield running


@pytest.fixture
def store(proxy: LossyProxy, remote: Aws, clock: Clock, overflow: S3Overflow | None) -> Iterator[DynamoDBStore]:
    """A store that reaches its table by the proxy."""
    with aws.dynamodb(proxy.url) as client:
        yield DynamoDBStore(client, remote.table, overflow=overflow, clock=clock, inline_limit_bytes=INLINE_BYTES)


@pytest.fixture
def other(remote: Aws, clock: Clock, overflow: S3Overflow | None) -> DynamoDBStore:
    """Another environment, which reaches the table directly."""
    return _store(remote, clock, overflow)


def _store(remote: Aws, clock: Clock, overflow: S3Overflow | None = None) -> DynamoDBStore:
    return DynamoDBStore(remote.dynamodb, remote.table, overflow=overflow, clock=clock, inline_limit_bytes=INLINE_BYTES)


# -- round trips ---------------------------------------------------------------------------------


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
        store = DynamoDBStore(
            client, remote.table, overflow=S3Overflow(remote.s3, remote.bucket), clock=clock, inline_limit_bytes=100
        )
        first = write(KEY, LARGE)
        spilling.write([first])
        store.read([KEY])
        second = write(KEY, LARGE, first.version)
        store.write([second])
        store.write([write(KEY, SMALL, second.version)])
    assert proxy.seen == ["GetItem", "UpdateItem", "UpdateItem"]
    assert remote.objects() == []


# -- lost replies --------------------------------------------------------------------------------


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


@pytest.mark.parametrize("overwritten", [0, 1, 3])
def test_a_commit_whose_reply_was_lost_is_applied_once(
    store: DynamoDBStore,
    other: DynamoDBStore,
    proxy: LossyProxy,
    remote: Aws,
    overflow: S3Overflow | None,
    overwritten: int,
) -> None:
    """Also when others have written on top of it before the client tries again."""

    def others_write() -> None:
        version = second.version
        for _ in range(overwritten):
            step = write(KEY, LARGE, version)
            other.write([step])
            version = step.version

    first = write(KEY, LARGE)
    store.write([first])
    second = write(KEY, LARGE + b"!", first.version)
    proxy.lose_reply("UpdateItem", meanwhile=others_write)
    store.write([second])
    standing = other.read([KEY])[KEY]
    assert standing.payload == (LARGE if overwritten else LARGE + b"!")
    assert len(remote.objects()) == (0 if overflow is None else 1)
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
        store = DynamoDBStore(
            client, remote.table, overflow=S3Overflow(remote.s3, remote.bucket), clock=clock, inline_limit_bytes=100
        )
        proxy.lose_reply("UpdateItem")
        first = write(KEY, LARGE)
        with pytest.raises(StoreError, match=r"dynamodb:UpdateItem on table '.*' in eu-central-1 got no answer"):
            store.write([first])
        assert spilling.read([KEY])[KEY].payload == LARGE
        store.write([first])
    assert spilling.read([KEY])[KEY].payload == LARGE
    assert len(remote.objects()) == 1


# -- payloads of every size ----------------------------------------------------------------------


def test_payloads_up_to_64_kb_stay_in_the_item(remote: Aws) -> None:
    """One byte more, and the payload goes to the bucket."""
    store = DynamoDBStore(remote.dynamodb, remote.table, overflow=S3Overflow(remote.s3, remote.bucket))
    first = write(KEY, b"x" * 65_536)
    store.write([first])
    assert remote.objects() == []
    store.write([write(KEY, b"x" * 65_537, first.version)])
    assert len(remote.objects()) == 1


def test_without_a_bucket_an_item_holds_380_kb(remote: Aws) -> None:
    """A payload of just that size fits and is written over; one byte more is refused, with the remedy."""
    store = DynamoDBStore(remote.dynamodb, remote.table)
    first = write(KEY, b"x" * 380_000)
    store.write([first])
    second = write(KEY, b"y" * 380_000, first.version)
    store.write([second])
    with pytest.raises(TooLarge) as error:
        store.write([write(KEY, b"z" * 512_004, second.version)])
    assert str(error.value) == (
        "The state under 'S#app#one' is 512,004 bytes; without a bucket an item holds 380,000. "
        "Set ADAPTER_STATE_BUCKET or store less."
    )
    assert store.read([KEY])[KEY].payload == b"y" * 380_000


def test_a_transaction_that_is_too_large_is_refused(remote: Aws) -> None:
    """More than DynamoDB takes at once is told of before it is sent."""
    store = DynamoDBStore(remote.dynamodb, remote.table)
    with pytest.raises(TooLarge, match=r"changes 11 items of 4,180,000 bytes; a transaction holds"):
        store.write([write(f"G#app#{number}", b"x" * 380_000) for number in range(11)])
    with pytest.raises(TooLarge, match="changes 101 items"):
        store.write([write(f"G#app#{number}", b"x") for number in range(101)])


def test_a_scan_reads_page_after_page(remote: Aws) -> None:
    """A page of DynamoDB's holds 1 MB; all of them are read."""
    store = DynamoDBStore(remote.dynamodb, remote.table)
    for number in range(5):
        store.write([write(f"G#app#{number}", b"x" * 300_000)])
    assert sorted(key for key, _ in store.scan("G#")) == [f"G#app#{number}" for number in range(5)]


def test_objects_of_what_expires_lie_apart(spilling: DynamoDBStore, remote: Aws, clock: Clock) -> None:
    """So that a rule by age may delete the one kind and never the other."""
    lasting = write("G#app#g", LARGE)
    spilling.write([lasting, write(KEY, LARGE, expires_at=int(clock.now) + 60)])
    expiring_name, lasting_name = sorted(remote.objects())
    assert expiring_name.startswith("state/expiring/")
    assert lasting_name.startswith("state/lasting/")
    assert lasting_name.endswith(f"/{lasting.version}-{lasting.nonce.hex()}")


def test_an_object_in_use_is_renewed_before_its_age_deletes_it(
    spilling: DynamoDBStore, remote: Aws, clock: Clock
) -> None:
    """A touch, or a lease, of a session whose object is a day old gives it a new one, under the same version."""
    day = RENEW_AFTER_SECONDS
    first = write(KEY, LARGE, expires_at=int(clock.now) + 2 * day)
    spilling.write([first])
    names = remote.objects()
    clock.now += day - 1
    assert spilling.touch(KEY, first.version, int(clock.now) + 2 * day)
    assert remote.objects() == names
    clock.now += 1
    assert spilling.touch(KEY, first.version, int(clock.now) + 2 * day)
    renewed = remote.objects()
    assert (len(renewed), renewed == names) == (1, False)
    clock.now += day
    holder, expires_at = new_nonce(), int(clock.now) + 2 * day
    locked = spilling.lock(KEY, holder, clock.milliseconds + 5_000, expires_at=expires_at)
    assert (locked.version, locked.payload, locked.expires_at) == (first.version, LARGE, expires_at)
    assert (len(remote.objects()), remote.objects() == renewed) == (1, False)
    spilling.unlock(KEY, holder)
    spilling.write([write(KEY, SMALL, first.version)])
    assert remote.objects() == []


def test_an_object_replaced_between_the_read_and_its_fetch_is_no_error(
    spilling: DynamoDBStore, remote: Aws, clock: Clock, ministack: str
) -> None:
    """The reader meets a pointer to nothing, reads the item again and gets what stands there now."""
    first = write(KEY, LARGE)
    spilling.write([first])
    second = write(KEY, LARGE + b"!", first.version)
    with aws.s3(ministack) as client:
        interrupted = iter([second])

        def replace(**_: Any) -> None:
            for step in interrupted:
                spilling.write([step])

        client.meta.events.register("before-call.s3.GetObject", replace)
        reader = _store(remote, clock, S3Overflow(client, remote.bucket))
        assert reader.read([KEY])[KEY] == Record(second.version, second.nonce, LARGE + b"!")


def test_an_item_deleted_between_the_read_and_its_fetch_reads_as_nothing(
    spilling: DynamoDBStore, remote: Aws, clock: Clock, ministack: str
) -> None:
    """The same where nothing stands any more."""
    spilling.write([write(KEY, LARGE)])
    with aws.s3(ministack) as client:
        client.meta.events.register("before-call.s3.GetObject", lambda **_: spilling.delete([KEY]))
        assert _store(remote, clock, S3Overflow(client, remote.bucket)).read([KEY]) == {}


def test_an_object_that_is_really_lost_is_told_of(spilling: DynamoDBStore, remote: Aws) -> None:
    """A pointer that stays and leads nowhere is an error, not an empty session."""
    spilling.write([write(KEY, LARGE)])
    remote.s3.delete_object(Bucket=remote.bucket, Key=remote.objects()[0])
    with pytest.raises(StoreError, match=r"s3:GetObject on bucket 'state-.*' in eu-central-1 was refused: NoSuchKey"):
        spilling.read([KEY])


def test_a_spilled_payload_needs_its_bucket(spilling: DynamoDBStore, remote: Aws, clock: Clock) -> None:
    """A store without the bucket says so; it may still write something small in its place."""
    first = write(KEY, LARGE)
    spilling.write([first])
    without = _store(remote, clock)
    with pytest.raises(StoreError, match=r"lies in S3, and no bucket is set. Set ADAPTER_STATE_BUCKET"):
        without.read([KEY])
    without.write([write(KEY, SMALL, first.version)])
    assert without.read([KEY])[KEY].payload == SMALL


class _Killed(BaseException):
    """The end of an execution environment."""


def test_an_environment_killed_between_the_object_and_the_pointer_loses_nothing(
    spilling: DynamoDBStore, remote: Aws, clock: Clock, ministack: str
) -> None:
    """The item stands as before; the object that was put lies apart and in nobody's way."""
    first = write(KEY, LARGE)
    spilling.write([first])

    def kill(**_: Any) -> None:
        raise _Killed

    with aws.dynamodb(ministack) as client:
        client.meta.events.register("before-call.dynamodb.UpdateItem", kill)
        dying = DynamoDBStore(
            client, remote.table, overflow=S3Overflow(remote.s3, remote.bucket), clock=clock, inline_limit_bytes=100
        )
        with pytest.raises(_Killed):
            dying.write([write(KEY, LARGE + b"!", first.version)])
    assert len(remote.objects()) == 2
    assert spilling.read([KEY])[KEY].payload == LARGE
    spilling.write([write(KEY, LARGE + b"?", first.version)])
    assert spilling.read([KEY])[KEY].payload == LARGE + b"?"


# -- what DynamoDB refuses -----------------------------------------------------------------------


@pytest.fixture
def refusing(remote: Aws, ministack: str, clock: Clock) -> Iterator[tuple[DynamoDBStore, Stubber]]:
    """A store whose table answers what the stubber says, and whose bucket works."""
    with aws.dynamodb(ministack) as client, Stubber(client) as stubber:
        store = DynamoDBStore(
            client, "scores", overflow=S3Overflow(remote.s3, remote.bucket), clock=clock, inline_limit_bytes=100
        )
        yield store, stubber
        stubber.assert_no_pending_responses()


def _refuse(stubber: Stubber, method: str, code: str, *, attempts: int = 1, **more: Any) -> None:
    stubber.add_client_error(
        method, code, "the reason", 400, response_meta={"RetryAttempts": attempts - 1}, modeled_fields=more
    )


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        ("AccessDeniedException", "Give the function's role dynamodb:UpdateItem on table 'scores'."),
        ("ResourceNotFoundException", "Deploy the template that makes table 'scores', or name one"),
        ("ProvisionedThroughputExceededException", "It was tried 4 times. Spread the writes over more keys"),
        ("UnrecognizedClientException", "Give the process valid AWS credentials"),
        ("InternalServerError", "Try again"),
    ],
)
def test_a_refusal_names_action_table_cause_and_remedy(
    refusing: tuple[DynamoDBStore, Stubber], code: str, remedy: str
) -> None:
    """Whoever reads the log knows what to do."""
    store, stubber = refusing
    _refuse(stubber, "update_item", code, attempts=4)
    with pytest.raises(StoreError) as error:
        store.write([write(KEY, SMALL)])
    said = f"dynamodb:UpdateItem on table 'scores' in eu-central-1 was refused: {code}: the reason. {remedy}"
    assert str(error.value).startswith(said)


def test_a_table_that_does_not_exist_is_told_of(remote: Aws, clock: Clock) -> None:
    """The same from the emulator itself, for a read and a write."""
    store = DynamoDBStore(remote.dynamodb, "no-such-table", clock=clock)
    for step in (lambda: store.read([KEY]), lambda: store.write([write(KEY, SMALL)])):
        with pytest.raises(StoreError, match="on table 'no-such-table' in eu-central-1 was refused: ResourceNotFound"):
            step()


def test_a_bucket_that_does_not_exist_is_told_of(remote: Aws, clock: Clock) -> None:
    """And nothing is written that would point into it."""
    store = _store(remote, clock, S3Overflow(remote.s3, "no-such-bucket"))
    with pytest.raises(StoreError, match=r"s3:PutObject on bucket 'no-such-bucket' .* refused: NoSuchBucket"):
        store.write([write(KEY, LARGE)])
    assert store.read([KEY]) == {}


def test_a_refused_write_takes_its_object_back(refusing: tuple[DynamoDBStore, Stubber], remote: Aws) -> None:
    """What was certainly never applied leaves nothing behind."""
    store, stubber = refusing
    _refuse(stubber, "update_item", "AccessDeniedException")
    with pytest.raises(StoreError):
        store.write([write(KEY, LARGE)])
    assert remote.objects() == []


def test_an_endpoint_that_is_not_there_is_told_of(clock: Clock) -> None:
    """Nothing listens: the message names the address."""
    with aws.dynamodb("http://127.0.0.1:1", attempts=1) as client:
        store = DynamoDBStore(client, "scores", clock=clock)
        with pytest.raises(
            StoreError, match=r"dynamodb:GetItem .* got no answer: .* Check that http://127\.0\.0\.1:1 can"
        ):
            store.read([KEY])


def test_an_item_that_dynamodb_finds_too_large_is_too_large(refusing: tuple[DynamoDBStore, Stubber]) -> None:
    """Should the limits be misjudged, the error is still the right one."""
    store, stubber = refusing
    stubber.add_client_error("update_item", "ValidationException", "Item size to update has exceeded the maximum", 400)
    with pytest.raises(TooLarge, match="Set ADAPTER_STATE_BUCKET or store less"):
        store.write([write(KEY, SMALL)])


def test_keys_left_unread_are_read_again(refusing: tuple[DynamoDBStore, Stubber]) -> None:
    """DynamoDB may answer a part of a batch; the store asks for the rest."""
    store, stubber = refusing
    keys = ["G#app#a", "G#app#b"]

    def item(key: str) -> dict[str, Any]:
        return {"pk": {"S": key}, "v": {"N": "1"}, "w": {"B": b"w" * 12}, "d": {"B": key.encode()}}

    left = {"scores": {"Keys": [{"pk": {"S": keys[1]}}], "ConsistentRead": True}}
    again = {"RequestItems": left}
    stubber.add_response("batch_get_item", {"Responses": {"scores": [item(keys[0])]}, "UnprocessedKeys": left})
    stubber.add_response("batch_get_item", {"Responses": {"scores": []}, "UnprocessedKeys": left}, again)
    stubber.add_response("batch_get_item", {"Responses": {"scores": [item(keys[1])]}}, again)
    assert {key: record.payload for key, record in store.read(keys).items()} == {key: key.encode() for key in keys}


def test_contention_with_another_transaction_is_waited_out(refusing: tuple[DynamoDBStore, Stubber]) -> None:
    """It says nothing about conditions, so it is no conflict; the same writes are sent again."""
    store, stubber = refusing
    _refuse(
        stubber,
        "transact_write_items",
        "TransactionCanceledException",
        CancellationReasons=[{"Code": "None"}, {"Code": "TransactionConflict", "Message": "ongoing"}],
    )
    stubber.add_response("transact_write_items", {})
    store.write([write(KEY, SMALL), write("G#app#g", SMALL)])
    _refuse(stubber, "update_item", "TransactionConflictException")
    stubber.add_response("update_item", {})
    store.write([write(KEY, SMALL)])


def test_a_cancelled_transaction_that_is_no_conflict_is_an_error(refusing: tuple[DynamoDBStore, Stubber]) -> None:
    """Whatever else cancels it is told of, not taken for somebody else's write."""
    store, stubber = refusing
    _refuse(
        stubber,
        "transact_write_items",
        "TransactionCanceledException",
        CancellationReasons=[{"Code": "None"}, {"Code": "ItemCollectionSizeLimitExceeded"}],
    )
    with pytest.raises(StoreError, match="TransactionCanceledException") as error:
        store.write([write(KEY, SMALL), write("G#app#g", SMALL)])
    assert not isinstance(error.value, Conflict)


def test_a_refusal_without_its_item_is_read(refusing: tuple[DynamoDBStore, Stubber]) -> None:
    """Where the failed condition hands nothing back, one read tells who won."""
    store, stubber = refusing
    mine = write(KEY, SMALL, 1)
    _refuse(stubber, "update_item", "ConditionalCheckFailedException")
    stubber.add_response("get_item", {"Item": _attributes(mine)})
    store.write([mine])
    winner = write(KEY, b"theirs", 1)
    _refuse(stubber, "update_item", "ConditionalCheckFailedException")
    stubber.add_response("get_item", {"Item": _attributes(winner)})
    with pytest.raises(Conflict) as lost:
        store.write([write(KEY, SMALL, 1)])
    assert lost.value.winners == {KEY: Record(winner.version, winner.nonce, b"theirs")}


def _attributes(step: Write) -> dict[str, Any]:
    return {
        "pk": {"S": step.key},
        "v": {"N": str(step.version)},
        "w": {"B": step.nonce},
        "d": {"B": step.payload},
    }
