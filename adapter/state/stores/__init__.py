"""Where state is kept: one small protocol (`base`) and the stores that keep it."""

from __future__ import annotations

import time

from adapter.errors import ConfigurationError
from adapter.state.stores.base import Clock, StateStore

__all__ = ["open_store"]

KNOWN = "memory:, sqlite:///PATH or dynamodb://TABLE"


def open_store(url: str, *, state_bucket: str | None = None, clock: Clock = time.time) -> StateStore:
    """Open the store that ``url`` names.

    Args:
        url: ``memory:``, ``sqlite:///PATH`` (what follows ``sqlite://`` is the absolute path, as it
            stands) or ``dynamodb://TABLE``.
        state_bucket: the S3 bucket for the payloads that are too large for a DynamoDB item; the
            other stores need none.
        clock: Unix time in seconds.

    Raises:
        ConfigurationError: there is no such kind of store, or AWS's settings lack something.
        StoreError: the file cannot be opened.
    """
    kind, _, place = url.partition(":")
    if kind == "memory" and not place:
        from adapter.state.stores.memory import MemoryStore

        return MemoryStore(clock=clock)
    if kind == "sqlite":
        path = place.removeprefix("//")
        if not place.startswith("///") or path.endswith("/"):
            raise ConfigurationError(f"The store {url!r} names no absolute path; write sqlite:///folder/state.db.")
        from adapter.state.stores.sqlite import SQLiteStore

        return SQLiteStore(path, clock=clock)
    if kind == "dynamodb":
        table = place.removeprefix("//")
        if not place.startswith("//") or not table or "/" in table.rpartition(":table/")[2]:
            raise ConfigurationError(f"The store {url!r} names no table; write dynamodb://TABLE.")
        return _dynamodb(table, state_bucket, clock)
    raise ConfigurationError(f"The store is {url!r}; set ADAPTER_STORE to {KNOWN}.")


def _dynamodb(table: str, bucket: str | None, clock: Clock) -> StateStore:
    # Imported only now: botocore takes longer to import than all of the adapter.
    from adapter.state.stores.connect import dynamodb_client, s3_client
    from adapter.state.stores.dynamodb import DynamoDBStore
    from adapter.state.stores.overflow import S3Overflow

    overflow = None if bucket is None else S3Overflow(s3_client(), bucket)
    return DynamoDBStore(dynamodb_client(), table, overflow=overflow, clock=clock)
