"""Makes the table and the bucket in an emulator, for tests and for work on one machine.

In AWS the template makes them, with backups, alarms and the rights to use them; the names of the
key and the TTL attribute are the same there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client


def create_table(client: DynamoDBClient, name: str) -> None:
    """Make the state table ``name`` and wait until it can be used; one that is there already is left alone."""
    try:
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        )
    except client.exceptions.ResourceInUseException:
        return
    client.get_waiter("table_exists").wait(TableName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    client.update_time_to_live(TableName=name, TimeToLiveSpecification={"Enabled": True, "AttributeName": "x"})


def create_bucket(client: S3Client, name: str) -> None:
    """Make the bucket ``name`` for spilled payloads; one that is there already is left alone."""
    region = client.meta.region_name
    try:
        if region == "us-east-1":  # the one region that must not be named
            client.create_bucket(Bucket=name)
        else:
            client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]
    except client.exceptions.BucketAlreadyOwnedByYou:
        return
