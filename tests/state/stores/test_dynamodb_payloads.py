"""What the DynamoDB store promises of payloads of every size, whatever happens between table and bucket."""

from __future__ import annotations

from typing import Any

import pytest

from adapter.errors import StoreError, TooLarge
from adapter.state.stores.base import Record, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import RENEW_AFTER_SECONDS, S3Overflow
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, write
from tests.support import aws

KEY = "S#app#one"


@pytest.fixture
def clock() -> Clock:
    """The clock of all stores."""
    return Clock()


@pytest.fixture
def spilling(remote: Aws, clock: Clock) -> DynamoDBStore:
    """A store with a bucket."""
    return remote.store(clock, spilling=True)


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


@pytest.mark.parametrize("payload", [SMALL, LARGE], ids=["small", "large"])
def test_a_store_that_never_read_an_item_still_deletes_its_object(
    spilling: DynamoDBStore, remote: Aws, clock: Clock, payload: bytes
) -> None:
    """The first try tells it which object it replaces: alone, and among other writes."""
    for number, others in enumerate(([], [write("G#app#g", SMALL)])):
        first = write(f"S#app#{number}", LARGE)
        spilling.write([first])
        (replaced,) = remote.objects()
        fresh = remote.store(clock, spilling=True)
        fresh.write([write(first.key, payload, first.version), *others])
        assert replaced not in remote.objects()
        spilling.delete([first.key])
        assert remote.objects() == []


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
        reader = remote.store(clock, overflow=S3Overflow(client, remote.bucket))
        assert reader.read([KEY])[KEY] == Record(second.version, second.nonce, LARGE + b"!")


def test_an_item_deleted_between_the_read_and_its_fetch_reads_as_nothing(
    spilling: DynamoDBStore, remote: Aws, clock: Clock, ministack: str
) -> None:
    """The same where nothing stands any more."""
    spilling.write([write(KEY, LARGE)])
    with aws.s3(ministack) as client:
        client.meta.events.register("before-call.s3.GetObject", lambda **_: spilling.delete([KEY]))
        assert remote.store(clock, overflow=S3Overflow(client, remote.bucket)).read([KEY]) == {}


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
    without = remote.store(clock)
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
        dying = remote.store(clock, spilling=True, client=client)
        with pytest.raises(_Killed):
            dying.write([write(KEY, LARGE + b"!", first.version)])
    assert len(remote.objects()) == 2
    assert spilling.read([KEY])[KEY].payload == LARGE
    spilling.write([write(KEY, LARGE + b"?", first.version)])
    assert spilling.read([KEY])[KEY].payload == LARGE + b"?"
