"""The list per session of ``bare_dynamodb.py`` by Powertools' resolver, without FastAPI."""

from __future__ import annotations

import os
from typing import Any

import boto3
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

app = APIGatewayHttpResolver()
sessions = boto3.resource("dynamodb").Table(os.environ["TABLE"])


@app.post("/gradio_api/run/predict")
def store_message() -> dict[str, Any]:
    """Append the message to the session's list."""
    body = app.current_event.json_body
    key = {"pk": f"bare-{body['session_hash']}"}
    item: dict[str, Any] = sessions.get_item(Key=key, ConsistentRead=True).get("Item", {})
    history = item.get("history", [])
    message = body["data"][0]
    sessions.put_item(Item={**key, "history": [*history, message]})
    return {"data": [{"Current messages": message, "Previous messages": history[::-1]}, None]}


handler = app.resolve
