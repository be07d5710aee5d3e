"""What a Lambda event is: a request over HTTP, a ping that keeps an environment warm, or something else; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

PINGS = frozenset({"warmer", "warmup", "warm", "prewarm", "ping", "keepalive"})
"""Keys, without case, dashes and underscores, by which tools and people call an environment awake."""

PING_SOURCES = frozenset({"aws.scheduler", "serverless-plugin-warmup"})

SCHEDULED = "Scheduled Event"
"""Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html"""

SERVED = (
    "This function answers HTTP requests of API Gateway (HTTP and REST APIs), Function URLs and load balancers, "
    "warm-up pings, schedules, and the stream of its own table"
)


def is_request(event: Any) -> bool:
    """Whether an event is a request over HTTP, whole enough to be read."""
    if not isinstance(event, Mapping):
        return False
    context = event.get("requestContext")
    if event.get("version") == "2.0":
        http = context.get("http") if isinstance(context, Mapping) else None
        return isinstance(http, Mapping) and all(isinstance(http.get(name), str) for name in ("method", "path"))
    if not isinstance(context, Mapping | None):
        return False
    return all(isinstance(event.get(name), str) for name in ("httpMethod", "path"))


def is_ping(event: Any) -> bool:
    """Whether an event only keeps an environment warm: nothing is asked and nothing told."""
    if not isinstance(event, Mapping):
        return event is None
    if event.get("source") in PING_SOURCES or event.get("detail-type") == SCHEDULED:
        return True
    return not event or any(_plain(name) in PINGS for name in event if isinstance(name, str))


def refusal(event: Any) -> dict[str, Any]:
    """Return what an event is answered that this function does nothing with: a sentence, as HTTP.

    What a queue or a stream has handed over is given back, so that it goes where failed records go.
    """
    body = json.dumps({"error": f"{SERVED}; this event is {named(event)}."})
    answer = {"statusCode": 400, "headers": {"content-type": "application/json"}, "body": body}
    identifiers = [_identifier(record) for record in _records(event)]
    if identifiers and all(identifiers):
        answer["batchItemFailures"] = [{"itemIdentifier": identifier} for identifier in identifiers]
    return answer


def named(event: Any) -> str:
    """Return what an event is, for a message, without any of its contents."""
    if not isinstance(event, Mapping):
        return f"a {type(event).__name__}"
    records = _records(event)
    source = (records[0].get("eventSource") or records[0].get("EventSource")) if records else event.get("source")
    if isinstance(source, str):
        return f"one of {source[:80]}"
    keys = ", ".join(sorted(str(name)[:40] for name in event)[:8])
    return f"one with {keys}"


def _records(event: Any) -> list[Mapping[str, Any]]:
    records = event.get("Records") if isinstance(event, Mapping) else None
    return [one for one in records if isinstance(one, Mapping)] if isinstance(records, list) else []


def _identifier(record: Mapping[str, Any]) -> str | None:
    """Return by which name a queue or stream takes a record back.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    """
    if isinstance(record.get("messageId"), str):
        return str(record["messageId"])
    for part in ("kinesis", "dynamodb"):
        held = record.get(part)
        number = held.get("sequenceNumber", held.get("SequenceNumber")) if isinstance(held, Mapping) else None
        if isinstance(number, str):
            return number
    return None


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")
