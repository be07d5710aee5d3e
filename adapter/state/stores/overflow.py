"""Payloads that are too large for an item, as objects in S3.

Every write puts a new object under a name of its own, before the item points to it; so an object
never changes, and what a reader finds behind a pointer is what was written with it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from adapter.errors import StoreError
from adapter.state.stores.aws_errors import AwsError, code_of, explain, malformed

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


NO_CONTENT = 204
"""The status of a deletion."""

CHECKSUM_LETTERS = 16
"""64 bits: no page that answers by mistake has those of a payload."""

_CHECKSUM = re.compile(rf"/([0-9a-f]{{{CHECKSUM_LETTERS}}})/[^/]+$")


def checksum_of(payload: bytes) -> str:
    """Return what stands in an object's name so that no other bytes are taken for it."""
    return hashlib.sha256(payload).hexdigest()[:CHECKSUM_LETTERS]


def checksum_in(name: str) -> str:
    """Return the checksum in an object's name; empty in one of an earlier version, which has none."""
    found = _CHECKSUM.search(name)
    return found[1] if found else ""


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

    def name(self, table: str, key: str, version: int, nonce: bytes, *, expires: bool, checksum: str = "") -> str:
        """Return the name for the object of one write to the item under ``key`` of ``table``.

        With a checksum, from `checksum_of` its payload, what is got under the name is that payload or nothing.

        What stands in the key between its kind and its last part, the app, is a folder, so that a role can be held
        to the objects of one app as it is to its items.
        """
        digest = hashlib.sha256(key.encode()).hexdigest()
        app = quote(key.partition("#")[2].rpartition("#")[0], safe="") or "other"
        folder = f"{EXPIRING if expires else LASTING}{table}/{app}/{digest}"
        return "/".join(filter(None, (folder, checksum, f"{version}-{nonce.hex()}")))

    def listing(self, table: str) -> Iterator[tuple[str, int, float]]:
        """Yield the name, the bytes and the time (Unix seconds) of each object that was put for ``table``.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        for folder in (EXPIRING, LASTING):
            try:
                pages = self._client.get_paginator("list_objects_v2")
                for page in pages.paginate(Bucket=self._bucket, Prefix=f"{folder}{table}/"):
                    self._check("Name" in page, "ListBucket", page)
                    for found in page.get("Contents", []):
                        yield found["Key"], found["Size"], found["LastModified"].timestamp()
            except AwsError as error:
                raise self._explained(error, "ListBucket") from error
            except ResponseParserError as error:
                raise self._malformed("ListBucket", error) from error

    def put(self, name: str, payload: bytes) -> None:
        """Keep ``payload`` under ``name``.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        answer = self._send(
            "PutObject", self._client.put_object, Key=name, Body=payload, ContentType="application/octet-stream"
        )
        self._check("ETag" in answer, "PutObject", answer)

    def get(self, name: str) -> bytes:
        """Return what is kept under ``name``.

        Raises:
            ObjectGone: nothing is.
            StoreError: S3 refused or did not answer.
        """
        for attempt in range(READS):
            try:
                payload = self._client.get_object(Bucket=self._bucket, Key=name)["Body"].read()
                checksum = checksum_in(name)
                self._check(checksum in ("", checksum_of(payload)), "GetObject", payload)
                return payload
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
        source = {"Bucket": self._bucket, "Key": name}
        answer = self._send("GetObject", self._client.copy_object, Key=to, CopySource=source)
        self._check("ETag" in answer.get("CopyObjectResult", {}), "PutObject", answer)

    def delete(self, name: str) -> None:
        """Delete an object; nothing happens if it is not there.

        Raises:
            StoreError: S3 refused or did not answer.
        """
        answer = self._send("DeleteObject", self._client.delete_object, Key=name)
        status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", NO_CONTENT)
        self._check(status == NO_CONTENT, "DeleteObject", answer)

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

    def _send(self, right: str, method: Callable[..., Any], **parameters: Any) -> Any:
        """Send one request to the bucket; ``right`` is the one that it needs."""
        try:
            return method(Bucket=self._bucket, **parameters)
        except AwsError as error:
            raise self._explained(error, right) from error
        except ResponseParserError as error:
            raise self._malformed(right, error) from error

    def _check(self, fits: bool, operation: str, found: object) -> None:
        if not fits:
            raise self._malformed(operation, found)

    def _malformed(self, operation: str, found: object) -> StoreError:
        """Return the error for an answer that says success and is none of S3's."""
        return malformed(found, action=f"s3:{operation}", resource=f"bucket {self._bucket!r}", client=self._client)

    def _explained(self, error: ClientError | BotoCoreError, operation: str) -> StoreError:
        told = explain(error, action=f"s3:{operation}", resource=f"bucket {self._bucket!r}", client=self._client)
        return ObjectGone(str(told)) if operation == "GetObject" and code_of(error) in GONE else told
