"""Files in an S3 bucket."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from adapter.errors import StoreError
from adapter.files.base import PATH, StoredFile, new_path


class S3Files:
    """Keeps files in a bucket.

    Args:
        client: boto3's low-level S3 client.
        bucket: its name.
        prefix: put before every key, without slashes at its ends.
    """

    def __init__(self, client: Any, bucket: str, *, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""

    @classmethod
    def connect(cls, bucket: str, *, prefix: str = "") -> S3Files:
        """Return the store over a client of its own."""
        config = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "max_attempts": 3})
        return cls(boto3.client("s3", config=config), bucket, prefix=prefix)

    def put(self, name: str, content: bytes) -> str:
        path = new_path(name)
        try:
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=content)
        except ClientError as error:
            raise self._refused("s3:PutObject", error) from error
        return path

    def get(self, path: str) -> StoredFile | None:
        if not PATH.fullmatch(path):
            return None
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                return None
            raise self._refused("s3:GetObject", error) from error
        return StoredFile(path.rsplit("/", 1)[-1], found["Body"].read())

    def _refused(self, action: str, error: ClientError) -> StoreError:
        return StoreError(
            f"{action} on bucket {self._bucket!r} failed: {error}. "
            f"Check that ADAPTER_FILES names it and that the function's role allows {action}."
        )
