"""What Lambda's event and context tell of the invocation that a request came with."""

from __future__ import annotations

import time
from typing import Any

from starlette.requests import Request

from adapter.calls.call import CALL_SECONDS


def deadline(request: Request) -> float:
    """Return when the invocation ends, on the monotonic clock, in seconds."""
    remaining = getattr(request.scope.get("aws.context"), "get_remaining_time_in_millis", None)
    seconds = CALL_SECONDS if remaining is None else min(remaining() / 1000, CALL_SECONDS)
    return time.monotonic() + seconds


def arrival_time(request: Request) -> float | None:
    """Return when the front door took the request in, as Unix time in seconds; ``None`` where it does not tell.

    Unlike the time at which the app sees it, this leaves out a cold start.
    """
    context = _context(request)
    milliseconds = context.get("timeEpoch") or context.get("requestTimeEpoch") or 0
    # emulators that tell whole seconds are of no use
    return milliseconds / 1000 if milliseconds > 100_000_000_000 else None


def username(request: Request) -> str | None:
    """Return who the front door's authorizer says is calling."""
    authorizer = _context(request).get("authorizer") or {}
    claims = authorizer.get("jwt", {}).get("claims") or authorizer.get("claims") or {}
    return claims.get("username") or claims.get("cognito:username") or claims.get("email") or claims.get("sub")


def _context(request: Request) -> dict[str, Any]:
    """Return what the front door tells of the request; nothing where there is no Lambda."""
    found: dict[str, Any] = request.scope.get("aws.event", {}).get("requestContext", {})
    return found
