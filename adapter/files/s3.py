"""Files in an S3 bucket."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from adapter.errors import ConfigurationError, StoreError
from adapter.files.base import PATH, StoredFile, new_path

CONNECT_SECONDS = 2
READ_SECONDS = 10
ATTEMPTS = 3
"""Tries of one request, the first included."""


class S3Files:
    """Keeps files in a bucket.

    Args:
        bucket: its name.
        prefix: put before every key, without slashes at its ends.
    """

    def __init__(self, bucket: str, *, prefix: str = "") -> None:
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""

    @cached_property
    def _client(self) -> Any:
        """Botocore's client, made when it is first used: that takes 0.1 s, and most environments see no file."""
        config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        )
        try:
            # Not boto3: it adds its resources to the import, a tenth of a second of every cold start.
            return botocore.session.get_session().create_client("s3", config=config)
        except (BotoCoreError, ValueError) as error:
            raise ConfigurationError(
                f"The AWS settings do not do for ADAPTER_FILES=s3://{self._bucket}: {error}. "
                f"Correct the AWS_… variable or profile it names."
            ) from error

    def put(self, name: str, content: bytes) -> str:
        path = new_path(name)
        try:
            self._client.put_object(Bucket=self._bucket, Key=self._prefix + path, Body=content)
        except (BotoCoreError, ClientError) as error:
            raise self._refused("s3:PutObject", error) from error
        return path

    def get(self, path: str) -> StoredFile | None:
        if not PATH.fullmatch(path):
            return None
        try:
            found = self._client.get_object(Bucket=self._bucket, Key=self._prefix + path)
            return StoredFile(path.rsplit("/", 1)[-1], found["Body"].read())
        except self._client.exceptions.NoSuchKey:
            return None
        except (BotoCoreError, ClientError) as error:
            # Without ListBucket S3 says AccessDenied where a file is only missing.
            raise self._refused("s3:GetObject and s3:ListBucket", error) from error

    def _refused(self, action: str, error: Exception) -> StoreError:
        return StoreError(
            f"A file could not be kept in or read from bucket {self._bucket!r}: {error}. "
            f"Check that ADAPTER_FILES names it and that the function's role allows {action}."
        )
