"""An execution environment in a process of its own, which is killed at a chosen point.

Run as ``python -m tests.faults.child ENDPOINT TABLE BUCKET POINT``.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

from adapter.calls.endpoint import Concurrency
from adapter.state.stores.base import Write
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import S3Overflow
from adapter.state.warm_store import WarmStore
from tests.faults.calls import counting, run
from tests.support import aws

INVOCATION_SECONDS = 3


def die() -> None:
    """End this process as Lambda may: at once, without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


class DyingStore(DynamoDBStore):
    """The real store, in an environment that ends right after a commit."""

    def write(self, writes: Sequence[Write]) -> None:
        super().write(writes)
        die()


class DyingOverflow(S3Overflow):
    """The real overflow, in an environment that ends right after the object is put."""

    def put(self, name: str, payload: bytes) -> None:
        super().put(name, payload)
        die()


def main(arguments: Iterable[str]) -> None:
    """Run one call that does not survive."""
    endpoint, table, bucket, point = arguments
    with aws.dynamodb(endpoint) as dynamodb, aws.s3(endpoint) as s3:
        overflow = (DyingOverflow if point == "after-put" else S3Overflow)(s3, bucket)
        kind: Any = DyingStore if point == "after-commit" else DynamoDBStore
        store = kind(dynamodb, table, overflow=overflow, inline_limit_bytes=1 if point == "after-put" else 65_536)
        concurrency: Concurrency = "lease" if point == "in-lease" else "rerun"
        inside = die if point in ("in-lease", "in-function") else lambda: None
        run(counting(concurrency, inside), WarmStore(store), deadline=time.monotonic() + INVOCATION_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
