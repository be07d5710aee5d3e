"""No framework at all: what the runtime itself takes."""

from __future__ import annotations

from typing import Any


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer any event with an empty object."""
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": "{}"}
