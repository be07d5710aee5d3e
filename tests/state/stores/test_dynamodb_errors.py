"""What the DynamoDB store makes of DynamoDB's refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.stub import Stubber

from adapter.errors import Conflict, StoreError, TooLarge
from adapter.state.stores.base import Record, Write
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import S3Overflow
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, write
from tests.support import aws

KEY = "S#app#one"

CONSUMED: dict[str, Any] = {"ConsumedCapacity": {"TableName": "scores", "CapacityUnits": 1.0}}
"""Stands in every answer of DynamoDB, since the store asks for it."""


@pytest.fixture
def clock() -> Clock:
    """The clock of all stores."""
    return Clock()


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


def test_a_transaction_that_is_denied_asks_for_the_right_that_it_needs(
    refusing: tuple[DynamoDBStore, Stubber],
) -> None:
    """Policies have no right to transactions, only to the writes in them."""
    store, stubber = refusing
    _refuse(stubber, "transact_write_items", "AccessDeniedException")
    with pytest.raises(StoreError, match="Give the function's role dynamodb:UpdateItem on table 'scores'"):
        store.write([write(KEY, SMALL), write("G#app#g", SMALL)])


def test_a_table_that_does_not_exist_is_told_of(remote: Aws, clock: Clock) -> None:
    """The same from the emulator itself, for a read and a write."""
    store = DynamoDBStore(remote.dynamodb, "no-such-table", clock=clock)
    for step in (lambda: store.read([KEY]), lambda: store.write([write(KEY, SMALL)])):
        with pytest.raises(StoreError, match="on table 'no-such-table' in eu-central-1 was refused: ResourceNotFound"):
            step()


def test_a_bucket_that_does_not_exist_is_told_of(remote: Aws, clock: Clock) -> None:
    """And nothing is written that would point into it."""
    store = remote.store(clock, overflow=S3Overflow(remote.s3, "no-such-bucket"))
    with pytest.raises(StoreError, match=r"s3:PutObject on bucket 'no-such-bucket' .* refused: NoSuchBucket"):
        store.write([write(KEY, LARGE)])
    assert store.read([KEY]) == {}


@pytest.mark.parametrize("attempts", [1, 2])
def test_a_refused_write_takes_its_object_back(
    refusing: tuple[DynamoDBStore, Stubber], remote: Aws, attempts: int
) -> None:
    """What was certainly never applied leaves nothing behind; what an earlier try may have applied does."""
    store, stubber = refusing
    _refuse(stubber, "update_item", "AccessDeniedException", attempts=attempts)
    with pytest.raises(StoreError):
        store.write([write(KEY, LARGE)])
    assert len(remote.objects()) == attempts - 1


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
    stubber.add_response("batch_get_item", {"Responses": {"scores": [item(keys[1])]}, "UnprocessedKeys": {}}, again)
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
    stubber.add_response("transact_write_items", {"ConsumedCapacity": []})
    store.write([write(KEY, SMALL), write("G#app#g", SMALL)])
    _refuse(stubber, "update_item", "TransactionConflictException")
    stubber.add_response("update_item", CONSUMED)
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
    stubber.add_response("get_item", {"Item": _attributes(mine), **CONSUMED})
    store.write([mine])
    winner = write(KEY, b"theirs", 1)
    _refuse(stubber, "update_item", "ConditionalCheckFailedException")
    stubber.add_response("get_item", {"Item": _attributes(winner), **CONSUMED})
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
