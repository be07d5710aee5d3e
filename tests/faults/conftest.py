"""Execution environments over DynamoDB and S3, and the troubles between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from adapter.state.open_apps import use_warm_store
from adapter.state.stores.base import Clock
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import S3Overflow
from adapter.state.warm_store import WarmStore
from tests.state.stores.conftest import ministack, ministack_clients, proxy, remote
from tests.state.stores.places import Aws
from tests.support import aws
from tests.support.proxy import LossyProxy

__all__ = ["ministack", "ministack_clients", "proxy", "remote"]

Start = Callable[..., WarmStore]


@pytest.fixture
def environment(remote: Aws) -> Iterator[Start]:
    """Start another execution environment over the test's table and bucket."""

    def start(*, clock: Clock = time.time, inline_limit_bytes: int = 65_536) -> WarmStore:
        overflow = S3Overflow(remote.s3, remote.bucket)
        store = DynamoDBStore(
            remote.dynamodb, remote.table, overflow=overflow, clock=clock, inline_limit_bytes=inline_limit_bytes
        )
        warm_store = WarmStore(store, clock=clock)
        use_warm_store(warm_store)
        return warm_store

    yield start
    use_warm_store(None)


@pytest.fixture
def troubled(remote: Aws, proxy: LossyProxy) -> Iterator[WarmStore]:
    """An environment whose way to DynamoDB leads through the proxy."""
    with aws.dynamodb(proxy.url) as client:
        warm_store = WarmStore(DynamoDBStore(client, remote.table))
        use_warm_store(warm_store)
        yield warm_store
        use_warm_store(None)
