"""The clients to AWS: where to and as whom is botocore's own business (region, role, endpoint)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, NoRegionError

from adapter.errors import ConfigurationError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

CONNECT_SECONDS = 2
DYNAMODB_SECONDS = 5
"""How long DynamoDB may be silent; it answers in milliseconds, so this is a lost connection."""

S3_SECONDS = 15
ATTEMPTS = 4
"""Tries of one request, the first included; with `DYNAMODB_SECONDS` and the pauses between, under half a minute."""

CONNECTIONS = 16


def dynamodb_client() -> DynamoDBClient:
    """Return a client for DynamoDB.

    Raises:
        ConfigurationError: no region is set, or another of AWS's settings is wrong.
    """
    client: DynamoDBClient = _client("dynamodb", DYNAMODB_SECONDS)
    return client


def s3_client() -> S3Client:
    """Return a client for S3, which is made when it is first used.

    Raises:
        ConfigurationError: then, when no region is set, or another of AWS's settings is wrong.
    """
    return cast("S3Client", OnFirstUse(lambda: _client("s3", S3_SECONDS)))


class OnFirstUse:
    """Stands for a client that is made when it is first used: most environments never spill.

    Making one for S3 costs a cold start 0.1 s; thread-safe, as making one twice does no harm.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @cached_property
    def _client(self) -> Any:
        return self._make()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def close(self) -> None:
        """Close the client, if there is one."""
        if "_client" in vars(self):
            self._client.close()


def _client(service: str, read_seconds: int) -> Any:
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        max_pool_connections=CONNECTIONS,
        tcp_keepalive=True,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    )
    try:
        # Not boto3: it adds its resources to the import, a tenth of a second of every cold start.
        return botocore.session.get_session().create_client(service, config=config)
    except NoRegionError as error:
        raise ConfigurationError(
            f"No AWS region for {service}: set AWS_DEFAULT_REGION (Lambda sets it by itself)."
        ) from error
    except (BotoCoreError, ValueError) as error:
        raise ConfigurationError(
            f"The AWS settings do not do for {service}: {error}. Correct the AWS_… variable or profile it names."
        ) from error
