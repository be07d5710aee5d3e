"""The requests that the store makes to one table: refusals told apart, contention waited out."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from botocore.exceptions import BotoCoreError, ClientError

from adapter.errors import StoreError, TooLarge
from adapter.state.stores.aws_errors import THROTTLED, AwsError, attempts_in, attempts_of, code_of, explain, malformed
from adapter.state.stores.dynamodb_items import Attributes, Update, is_item, item_of, key_of
from adapter.state.stores.items import NOTHING, Item
from adapter.telemetry.invocation import Figure, count

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TRIES = 8
FIRST_PAUSE_SECONDS = 0.02
LONGEST_PAUSE_SECONDS = 0.5

BATCH_KEYS = 100
"""Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html"""

REFUSALS = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}

# Another transaction is being applied to the item just now, which says nothing about its conditions.
# Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html
CONTENTION = {"TransactionConflict", "TransactionConflictException", "TransactionInProgressException"}


TELL: dict[str, Any] = {"ReturnConsumedCapacity": "TOTAL"}
"""Makes every answer say something: without it, that nothing was found or that all was done is an empty object."""

ALWAYS: dict[str, dict[str, type]] = {
    "GetItem": {"ConsumedCapacity": dict},
    "BatchGetItem": {"Responses": dict, "UnprocessedKeys": dict},
    "UpdateItem": {"ConsumedCapacity": dict},
    "DeleteItem": {"ConsumedCapacity": dict},
    "TransactWriteItems": {"ConsumedCapacity": list},
    "Scan": {"Items": list, "Count": int},
}
"""By operation, what stands in each of DynamoDB's answers; one that lacks it is somebody else's: a proxy's, a page."""


class Refused(Exception):
    """Raise when a condition failed.

    Args:
        found: the attributes under each key whose condition failed; empty where nothing stands.
    """

    def __init__(self, found: dict[str, Attributes]) -> None:
        super().__init__(f"conditions failed for {', '.join(found)}")
        self.found = found

    @property
    def may_be_ours(self) -> bool:
        """Whether the client sent the request more than once, so that it may have met what it did itself."""
        return self.__cause__ is not None and attempts_of(self.__cause__) > 1

    @property
    def items(self) -> dict[str, Item]:
        """What stands under each key whose condition failed."""
        return {key: item_of(attributes) for key, attributes in self.found.items()}


class Table:
    """One table of DynamoDB.

    Every method raises `StoreError` when DynamoDB refuses or does not answer.

    Args:
        client: botocore's or boto3's low-level client.
        name: the table's.
    """

    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, keys: Sequence[str], *, only: str | None = None) -> dict[str, Attributes]:
        """Return the items under ``keys``, strongly consistent, without those that do not exist.

        Args:
            keys: each once.
            only: the attributes wanted, as a projection expression; ``None`` for all.
        """
        projection = {} if only is None else {"ProjectionExpression": only}
        if len(keys) == 1:
            parameters = {"TableName": self._name, "Key": key_of(keys[0]), "ConsistentRead": True}
            answer = self._send("GetItem", **parameters, **projection, **TELL)
            return {keys[0]: self._item(answer["Item"], keys[0], only, "GetItem")} if "Item" in answer else {}
        found: dict[str, Attributes] = {}
        for start in range(0, len(keys), BATCH_KEYS):
            wanted = [key_of(key) for key in keys[start : start + BATCH_KEYS]]
            for item in self._batch({"Keys": wanted, "ConsistentRead": True, **projection}):
                key = str(item["pk"]["S"]) if is_item(item) and "pk" in item else ""
                if key not in keys:
                    raise self._malformed("BatchGetItem", item)
                found[key] = self._item(item, key, only, "BatchGetItem")
        return found

    def _item(self, found: Any, key: str, only: str | None, operation: str) -> Attributes:
        """Return an item that was asked for, or its attributes named by ``only``, if that is what it is."""
        if not is_item(found, None if only else key):
            raise self._malformed(operation, found)
        attributes: Attributes = found
        return attributes

    def _batch(self, request: dict[str, Any]) -> Iterator[Attributes]:
        left = {self._name: request}
        for attempt in range(TRIES):
            answer = self._send("BatchGetItem", RequestItems=left)
            responses, left = answer["Responses"], answer["UnprocessedKeys"]
            if not all(isinstance(items, list) for items in responses.values()) or not (responses or left):
                raise self._malformed("BatchGetItem", answer)
            for items in responses.values():
                yield from items
            if not left:
                return
            _pause(attempt)
        raise StoreError(
            f"dynamodb:BatchGetItem on table {self._name!r} left keys unread {TRIES} times, because it reads more than "
            f"it may. Raise the table's limit, or keep less in one app's GlobalStates."
        )

    def update(self, update: Update, *, returns: str = "NONE") -> Attributes:
        """Apply one update and return the attributes that ``returns`` (``ReturnValues``) asks for.

        Raises:
            Refused: its condition failed.
        """
        answer = self._send("UpdateItem", **update.parameters(self._name), ReturnValues=returns, **TELL)
        if returns == "NONE":
            return {}
        return self._item(answer.get("Attributes"), update.key, None, "UpdateItem")

    def apply(self, updates: Sequence[Update]) -> None:
        """Apply all of ``updates`` or none.

        Raises:
            Refused: a condition failed.
        """
        if len(updates) == 1:
            self.update(updates[0])
            return
        self._send(
            "TransactWriteItems",
            TransactItems=[{"Update": update.parameters(self._name)} for update in updates],
            ClientRequestToken=secrets.token_hex(16),  # one for all of the client's retries of this request
            **TELL,
        )

    @property
    def short_name(self) -> str:
        """The table's name without what an ARN says of its region and account."""
        return self._name.rpartition("/")[2]

    def delete(self, key: str, *, condition: Mapping[str, Any] | None = None) -> Item:
        """Delete the item under ``key`` and return what it was.

        Raises:
            Refused: the condition failed, from `dynamodb_items.is_unchanged`.
        """
        parameters = {"TableName": self._name, "Key": key_of(key), "ReturnValues": "ALL_OLD", **(condition or {})}
        answer = self._send("DeleteItem", **parameters, **TELL)
        return item_of(self._item(answer["Attributes"], key, None, "DeleteItem")) if "Attributes" in answer else NOTHING

    def scan(self, prefix: str, *, having: str, only: str | None = None) -> Iterator[list[Attributes]]:
        """Yield items whose keys start with ``prefix``, page by page.

        Args:
            prefix: empty for all.
            having: a condition that they meet.
            only: the attributes wanted, as a projection expression; ``None`` for all.
        """
        parameters: dict[str, Any] = {"FilterExpression": having}
        if prefix:
            parameters["FilterExpression"] += " AND begins_with(pk, :prefix)"
            parameters["ExpressionAttributeValues"] = {":prefix": {"S": prefix}}
        if only is not None:
            parameters["ProjectionExpression"] = only
        while True:
            answer = self._send("Scan", TableName=self._name, ConsistentRead=True, **parameters)
            if not isinstance(answer["Items"], list) or not all(is_item(item) for item in answer["Items"]):
                raise self._malformed("Scan", answer)
            yield answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return
            parameters["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()

    def _send(self, operation: str, **parameters: Any) -> Any:
        method = getattr(self._client, xform_name(operation))
        for attempt in range(TRIES):
            try:
                answer = method(**parameters)
            except AwsError as error:
                count(Figure.DYNAMODB_REQUESTS, attempts_of(error))
                codes = _codes(error)
                if isinstance(error, ClientError) and codes & REFUSALS:
                    raise Refused(self._refusals(error, parameters)) from error
                if attempt < TRIES - 1 and codes & CONTENTION and codes <= CONTENTION | THROTTLED:
                    _pause(attempt)
                    continue
                raise self._explained(error, operation) from error
            except Exception as error:  # whatever botocore's parser stumbles over
                raise self._malformed(operation, error) from error
            count(Figure.DYNAMODB_REQUESTS, attempts_in(answer))
            if not all(isinstance(answer.get(name), kind) for name, kind in ALWAYS[operation].items()):
                raise self._malformed(operation, answer)
            return answer
        raise AssertionError("unreachable")

    def _refusals(self, error: ClientError, parameters: dict[str, Any]) -> dict[str, Attributes]:
        """Return what stands under the keys that were refused; what the answer leaves out is read."""
        if "TransactItems" in parameters:
            keys = [item["Update"]["Key"]["pk"]["S"] for item in parameters["TransactItems"]]
            reasons = _reasons(error)
            found = {
                key: reason.get("Item")
                for key, reason in zip(keys, reasons, strict=True)
                if reason.get("Code") == "ConditionalCheckFailed"
            }
        else:
            found = {parameters["Key"]["pk"]["S"]: error.response.get("Item")}
        missing = [key for key, item in found.items() if not item]
        read = self.get(missing) if missing else {}
        for key, item in found.items():
            if item:
                self._item(item, key, None, "UpdateItem")
        return {key: item or read.get(key, {}) for key, item in found.items()}

    def _malformed(self, operation: str, found: object) -> StoreError:
        """Return the error for an answer that says success and is none of DynamoDB's."""
        return malformed(found, action=f"dynamodb:{operation}", resource=f"table {self._name!r}", client=self._client)

    def _explained(self, error: ClientError | BotoCoreError, operation: str) -> StoreError | TooLarge:
        if isinstance(error, ClientError) and _is_too_large(error):
            return TooLarge(
                f"Table {self._name!r} refused an item over its 400 KB, or a transaction over its 4 MB: {error}. "
                f"Set ADAPTER_STATE_BUCKET or store less."
            )
        return explain(error, action=f"dynamodb:{operation}", resource=f"table {self._name!r}", client=self._client)


def _is_too_large(error: ClientError) -> bool:
    said = [error.response.get("Error", {}), *_reasons(error)]
    return any(
        reason.get("Code") in ("ValidationException", "ValidationError") and "size" in str(reason.get("Message"))
        for reason in said
    )


def _reasons(error: Any) -> list[dict[str, Any]]:
    reasons: list[dict[str, Any]] = error.response.get("CancellationReasons", [])
    return reasons


def _codes(error: Any) -> set[str]:
    """Return why DynamoDB refused: of a cancelled transaction the reasons of its items."""
    code = code_of(error)
    if code != "TransactionCanceledException":
        return {code}
    return {str(reason["Code"]) for reason in _reasons(error) if reason.get("Code", "None") != "None"}


def _pause(attempt: int) -> None:
    ceiling = min(FIRST_PAUSE_SECONDS * 2**attempt, LONGEST_PAUSE_SECONDS)
    time.sleep(random.uniform(0, ceiling))  # noqa: S311 - spreads load, guards nothing
