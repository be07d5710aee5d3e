"""What one would write by hand for a list per session: Mangum, FastAPI and boto3, one read and one write a call.

No conditions, versions, tokens or expiry: two calls at once lose one of their updates.
"""

from __future__ import annotations

import os
from typing import Any

import boto3
from fastapi import FastAPI
from mangum import Mangum

app = FastAPI()
sessions = boto3.resource("dynamodb").Table(os.environ["TABLE"])


@app.post("/gradio_api/run/predict")
async def store_message(body: dict[str, Any]) -> dict[str, Any]:
    """Append the message to the session's list."""
    key = {"pk": f"bare-{body['session_hash']}"}
    item: dict[str, Any] = sessions.get_item(Key=key, ConsistentRead=True).get("Item", {})
    history = item.get("history", [])
    message = body["data"][0]
    sessions.put_item(Item={**key, "history": [*history, message]})
    return {"data": [{"Current messages": message, "Previous messages": history[::-1]}, None]}


handler = Mangum(app, lifespan="off")
