"""Sessions that DynamoDB deleted because their time was up, as its stream tells of them; pure."""

from __future__ import annotations

import base64
from typing import Any

Image = dict[str, dict[str, Any]]
"""An item as DynamoDB's client gives it: ``{"v": {"N": "1"}, "d": {"B": b"…"}}``."""

TTL = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
"""Who deletes what has expired. Source:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html"""


def is_stream(event: dict[str, Any]) -> bool:
    """Whether an event is a batch of a DynamoDB stream, and no request."""
    records = event.get("Records")
    return isinstance(records, list) and bool(records) and records[0].get("eventSource") == "aws:dynamodb"


def expired(event: dict[str, Any]) -> list[Image]:
    """Return the last images of the items that were deleted because they had expired."""
    return [
        {name: _attribute(value) for name, value in record["dynamodb"].get("OldImage", {}).items()}
        for record in event["Records"]
        if record["eventName"] == "REMOVE" and _by_ttl(record.get("userIdentity") or {})
    ]


def _by_ttl(identity: dict[str, Any]) -> bool:
    return {"type": identity.get("type"), "principalId": identity.get("principalId")} == TTL


def _attribute(value: dict[str, Any]) -> dict[str, Any]:
    return {kind: base64.b64decode(content) if kind == "B" else content for kind, content in value.items()}
