"""Execution environments over DynamoDB and S3, and the troubles between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from adapter.state.open_spaces import use_space
from adapter.state.stores.base import Clock
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import S3Overflow
from adapter.state.warm_store import StateSpace
from tests.state.stores.conftest import ministack, ministack_clients, proxy, remote
from tests.state.stores.places import Aws
from tests.support import aws
from tests.support.proxy import LossyProxy

__all__ = ["ministack", "ministack_clients", "proxy", "remote"]

Start = Callable[..., StateSpace]


@pytest.fixture
def environment(remote: Aws) -> Iterator[Start]:
    """Start another execution environment over the test's table and bucket."""

    def start(*, clock: Clock = time.time, inline_limit_bytes: int = 65_536) -> StateSpace:
        overflow = S3Overflow(remote.s3, remote.bucket)
        store = DynamoDBStore(
            remote.dynamodb, remote.table, overflow=overflow, clock=clock, inline_limit_bytes=inline_limit_bytes
        )
        space = StateSpace(store, clock=clock)
        use_space(space)
        return space

    yield start
    use_space(None)


@pytest.fixture
def troubled(remote: Aws, proxy: LossyProxy) -> Iterator[StateSpace]:
    """An environment whose way to DynamoDB leads through the proxy."""
    with aws.dynamodb(proxy.url) as client:
        space = StateSpace(DynamoDBStore(client, remote.table))
        use_space(space)
        yield space
        use_space(None)
