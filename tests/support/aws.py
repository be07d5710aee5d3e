"""Clients to an emulator, with invented credentials and quick retries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

REGION = "eu-central-1"


@cache
def _session() -> botocore.session.Session:
    return botocore.session.Session()


def _client(service: str, endpoint: str | None, attempts: int) -> Any:
    return _session().create_client(
        service,
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        config=Config(
            connect_timeout=5,
            read_timeout=30,
            max_pool_connections=32,
            retries={"mode": "standard", "total_max_attempts": attempts},
        ),
    )


@contextmanager
def dynamodb(endpoint: str | None = None, *, attempts: int = 3) -> Iterator[DynamoDBClient]:
    """Give a client for DynamoDB at ``endpoint``; ``None`` is AWS, or moto in its place."""
    client: DynamoDBClient = _client("dynamodb", endpoint, attempts)
    try:
        yield client
    finally:
        client.close()


@contextmanager
def s3(endpoint: str | None = None, *, attempts: int = 3) -> Iterator[S3Client]:
    """Give a client for S3 at ``endpoint``; ``None`` is AWS, or moto in its place."""
    client: S3Client = _client("s3", endpoint, attempts)
    try:
        yield client
    finally:
        client.close()
