"""Payloads that are too large for an item, as objects in S3.

Every write puts a new object under a name of its own, before the item points to it; so an object
never changes, and what a reader finds behind a pointer is what was written with it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError

from adapter.errors import StoreError
from adapter.state.stores.aws_errors import AwsError, code_of, explain

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

logger = logging.getLogger("adapter.state")

EXPIRING = "state/expiring/"
"""Objects of items that expire. The bucket deletes them by age (a lifecycle rule over this prefix), for those
that nobody points to any more; the rule's age must be more than `RENEW_AFTER_SECONDS` and the longest expiry."""

LASTING = "state/lasting/"
"""Objects of items that do not expire; never deleted by age."""

RENEW_AFTER_SECONDS = 24 * 60 * 60
"""Age from which an object is copied when its item's expiry is moved, so that the rule spares it."""

READS = 3
"""How often a body that breaks off is read."""

# Without s3:ListBucket, S3 says "denied" for an object that does not exist.
# Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
GONE = {"NoSuchKey", "404", "AccessDenied", "403"}


class ObjectGone(StoreError):
    """Raise when there is no such object, or none that this role may see."""


class S3Overflow:
    """Puts payloads into a bucket.

    Args:
        client: botocore's or boto3's S3 client.
        bucket: its name.
    """

    def __init__(self, client: S3Client, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def name(self, table: str, key: str, version: int, nonce: bytes, *, expires: bool) -> str:
        """Return the name for the object of one write to the item under ``key`` of ``table``.

        What stands in the key between its kind and its last part, the app, is a folder, so that a role can be held
        to the objects of one app as it is to its items.
        """
        digest = hashlib.sha256(key.encode()).hexdigest()
        app = quote(key.partition("#")[2].rpartition("#")[0], safe="") or "other"
        return f"{EXPIRING if expires else LASTING}{table}/{app}/{digest}/{version}-{nonce.hex()}"

    def listing(self, table: str) -> Iterator[tuple[str, int, float]]:
        """Yield the name, the bytes and the time (Unix seconds) of each object that was put for ``table``.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        for folder in (EXPIRING, LASTING):
            try:
                pages = self._client.get_paginator("list_objects_v2")
                for page in pages.paginate(Bucket=self._bucket, Prefix=f"{folder}{table}/"):
                    for found in page.get("Contents", []):
                        yield found["Key"], found["Size"], found["LastModified"].timestamp()
            except AwsError as error:
                raise self._explained(error, "ListBucket") from error

    def put(self, name: str, payload: bytes) -> None:
        """Keep ``payload`` under ``name``.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        try:
            self._client.put_object(Bucket=self._bucket, Key=name, Body=payload, ContentType="application/octet-stream")
        except AwsError as error:
            raise self._explained(error, "PutObject") from error

    def get(self, name: str) -> bytes:
        """Return what is kept under ``name``.

        Raises:
            ObjectGone: nothing is.
            StoreError: S3 refused or did not answer.
        """
        for attempt in range(READS):
            try:
                return self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
            except ClientError as error:
                raise self._explained(error, "GetObject") from error
            except BotoCoreError as error:
                if attempt == READS - 1:
                    raise self._explained(error, "GetObject") from error
        raise AssertionError("unreachable")

    def copy(self, name: str, to: str) -> None:
        """Keep what is under ``name`` also under ``to``.

        Raises:
            ObjectGone: nothing is.
            StoreError: S3 refused or did not answer.
        """
        try:
            self._client.copy_object(Bucket=self._bucket, Key=to, CopySource={"Bucket": self._bucket, "Key": name})
        except AwsError as error:
            raise self._explained(error, "GetObject") from error

    def delete(self, name: str) -> None:
        """Delete an object; nothing happens if it is not there.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        try:
            self._client.delete_object(Bucket=self._bucket, Key=name)
        except AwsError as error:
            raise self._explained(error, "DeleteObject") from error

    def discard(self, names: Iterable[str]) -> None:
        """Delete objects that nobody points to; what fails is logged and left to the bucket's rule."""
        for name in names:
            try:
                self.delete(name)
            except StoreError as error:
                logger.warning("an object is left behind: %s", error)

    def close(self) -> None:
        """Close the client's connections."""
        self._client.close()

    def _explained(self, error: ClientError | BotoCoreError, operation: str) -> StoreError:
        told = explain(error, action=f"s3:{operation}", resource=f"bucket {self._bucket!r}", client=self._client)
        return ObjectGone(str(told)) if operation == "GetObject" and code_of(error) in GONE else told
