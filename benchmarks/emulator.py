"""DynamoDB and S3 on this machine, with a table and a bucket."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from adapter.state.stores.provision import create_bucket, create_table
from tests.support.aws import REGION, dynamodb, s3
from tests.support.ministack import running_ministack

TABLE = "adapter-benchmarks"
BUCKET = "adapter-benchmarks"


@contextmanager
def emulator() -> Iterator[dict[str, str]]:
    """Run it and give the environment variables by which botocore and the adapter find it."""
    with running_ministack() as url:
        with dynamodb(url) as client:
            create_table(client, TABLE)
        with s3(url) as storage:
            create_bucket(storage, BUCKET)
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": "benchmarks",
            "AWS_SECRET_ACCESS_KEY": "benchmarks",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "ADAPTER_STORE": f"dynamodb://{TABLE}",
            "ADAPTER_STATE_BUCKET": BUCKET,
        }
