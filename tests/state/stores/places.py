"""The places that the contract is tried in: each gives stores over the same data."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from moto import mock_aws
from mypy_boto3_dynamodb import DynamoDBClient
from mypy_boto3_s3 import S3Client

from adapter.state.stores.base import StateStore, Write, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.overflow import S3Overflow
from adapter.state.stores.provision import create_bucket, create_table
from adapter.state.stores.sqlite import SQLiteStore
from tests.support import aws

START = 1_800_000_000.0
INLINE_BYTES = 100
SMALL = b"small"
LARGE = b"large" * 100
"""Over `INLINE_BYTES`, so that it spills where there is an overflow."""


@dataclass
class Clock:
    """A clock that stands until it is moved; Unix time in seconds."""

    now: float = START

    def __call__(self) -> float:
        return self.now

    @property
    def milliseconds(self) -> int:
        return int(self.now * 1_000)


@dataclass
class Place:
    """Data, and the ways to open stores over it.

    Attributes:
        open: returns one more store over the same data, as another environment would have.
        clock: of all its stores.
        overflow: where large payloads go; ``None`` where there is no such place.
        objects: returns the names of the objects there.
    """

    open: Callable[[], StateStore]
    clock: Clock
    overflow: S3Overflow | None = None
    objects: Callable[[], list[str]] = field(default=list)

    @property
    def spills(self) -> bool:
        """Whether large payloads are kept outside of the items."""
        return self.overflow is not None


@dataclass(frozen=True)
class Aws:
    """Clients and names of one test's table and bucket."""

    dynamodb: DynamoDBClient
    s3: S3Client
    table: str
    bucket: str

    def objects(self) -> list[str]:
        """Return the names of the objects in the bucket."""
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket)
        return [found["Key"] for page in pages for found in page.get("Contents", [])]

    def store(
        self,
        clock: Clock,
        *,
        spilling: bool = False,
        overflow: S3Overflow | None = None,
        client: DynamoDBClient | None = None,
    ) -> DynamoDBStore:
        """Open a store over the table.

        Args:
            clock: Unix time in seconds.
            spilling: whether large payloads go to the bucket.
            overflow: where they go instead.
            client: by which the table is reached instead.
        """
        if spilling:
            overflow = S3Overflow(self.s3, self.bucket)
        return DynamoDBStore(
            client or self.dynamodb, self.table, overflow=overflow, clock=clock, inline_limit_bytes=INLINE_BYTES
        )


@dataclass(frozen=True)
class Clients:
    """Clients to one emulator; making them takes longer than most tests."""

    dynamodb: DynamoDBClient
    s3: S3Client

    def fresh(self) -> Aws:
        """Make a table and a bucket of a new name."""
        name = f"state-{secrets.token_hex(6)}"
        create_table(self.dynamodb, name)
        create_bucket(self.s3, name)
        return Aws(self.dynamodb, self.s3, name, name)


@contextmanager
def clients(endpoint: str | None) -> Iterator[Clients]:
    """Open clients to the emulator at ``endpoint``; ``None`` is moto, in this process."""
    with aws.dynamodb(endpoint) as dynamodb, aws.s3(endpoint) as s3:
        yield Clients(dynamodb, s3)


@contextmanager
def memory() -> Iterator[Place]:
    """Give one store, whoever opens it: there is no second way to its data."""
    clock = Clock()
    store = MemoryStore(clock=clock)
    yield Place(lambda: store, clock)


@contextmanager
def sqlite(folder: Path) -> Iterator[Place]:
    """Give stores over one file."""
    clock = Clock()
    with ExitStack() as stack:

        def opened() -> StateStore:
            store = SQLiteStore(folder / "state" / "state.db", clock=clock)
            stack.callback(store.close)
            return store

        yield Place(opened, clock)


@contextmanager
def moto(clients: Clients, *, spilling: bool) -> Iterator[Place]:
    """Give stores over a table inside this process."""
    with mock_aws():
        yield dynamodb(clients, spilling=spilling)


def dynamodb(clients: Clients, *, spilling: bool) -> Place:
    """Give stores over one table, and over one bucket if ``spilling``."""
    clock = Clock()
    here = clients.fresh()
    overflow = S3Overflow(here.s3, here.bucket) if spilling else None
    return Place(lambda: here.store(clock, overflow=overflow), clock, overflow, here.objects)


_versions = itertools.count(1_800_000_000_000_000)


def write(
    key: str,
    payload: bytes,
    expected: int | None = None,
    *,
    expires_at: int | None = None,
    holder: bytes | None = None,
    version: int | None = None,
    recent: bytes = b"",
) -> Write:
    """Return a write with a new nonce and, unless told, a version above all before."""
    number = next(_versions) if version is None else version
    return Write(key, payload, number, new_nonce(), expected, expires_at=expires_at, holder=holder, recent=recent)
