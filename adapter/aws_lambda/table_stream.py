"""Sessions that DynamoDB deleted because their time was up, as its stream tells of them; pure."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

Image = dict[str, dict[str, Any]]
"""An item as DynamoDB's client gives it: ``{"v": {"N": "1"}, "d": {"B": b"…"}}``."""

TTL = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
"""Who deletes what has expired. Source:
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html"""


def is_stream(event: Any) -> bool:
    """Whether an event is a batch of a DynamoDB stream, and no request."""
    records = event.get("Records") if isinstance(event, Mapping) else None
    return isinstance(records, list) and any(
        isinstance(one, Mapping) and one.get("eventSource") == "aws:dynamodb" for one in records
    )


def expired_image(record: Any) -> Image | None:
    """Return the last image of an item that was deleted because it had expired; ``None`` for another change.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: the record is none.
    """
    if record["eventName"] != "REMOVE" or not _by_ttl(record.get("userIdentity") or {}):
        return None
    return {name: _attribute(value) for name, value in record["dynamodb"].get("OldImage", {}).items()}


def _by_ttl(identity: Mapping[str, Any]) -> bool:
    return {"type": identity.get("type"), "principalId": identity.get("principalId")} == TTL


def _attribute(value: Mapping[str, Any]) -> dict[str, Any]:
    return {kind: base64.b64decode(content) if kind == "B" else content for kind, content in value.items()}
