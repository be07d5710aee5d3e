"""What is known and counted of the invocation that is running; what becomes of it is the Lambda handler's business."""

from __future__ import annotations

import enum
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


class Figure(enum.StrEnum):
    """What is counted; the names are those of the metrics, in ``docs/observability.md``."""

    CALLS = "Calls"
    FAILURES = "Failures"
    REFUSALS = "Refusals"
    RERUNS = "Reruns"
    CONFLICTS = "Conflicts"
    UNRESOLVED_CONFLICTS = "UnresolvedConflicts"
    LEASE_WAIT = "LeaseWait"
    STATE_BYTES = "StateBytes"
    SPILLS = "Spills"
    DYNAMODB_REQUESTS = "DynamoDBRequests"
    COLD_STARTS = "ColdStarts"


@dataclass(slots=True)
class Invocation:
    """One invocation.

    Attributes:
        correlation_id: the front door's id of the request, by which its own log knows it too.
        request_id: Lambda's id of the invocation; ``None`` where there is no Lambda.
        cold_start: whether it is the first of its execution environment.
        session: the first letters of the session's hash, as it stands in the store's keys.
        endpoints: those that were called, by their titles.
        route: the method and the pattern that the request's path fits.
        status: the answer's.
        figures: what was counted.
    """

    correlation_id: str
    request_id: str | None = None
    cold_start: bool = False
    session: str | None = None
    endpoints: list[str] = field(default_factory=list)
    route: str | None = None
    status: int | None = None
    figures: dict[Figure, list[float]] = field(default_factory=dict)


current: ContextVar[Invocation | None] = ContextVar("adapter.telemetry.invocation", default=None)
"""The invocation that is running; ``None`` outside of any."""


def count(figure: Figure, amount: float = 1) -> None:
    """Add to a figure of the running invocation; outside of one nothing is counted."""
    invocation = current.get()
    if invocation is not None:
        invocation.figures.setdefault(figure, []).append(amount)


@contextmanager
def timed(figure: Figure) -> Iterator[None]:
    """Add the milliseconds that the block takes to a figure."""
    started = time.perf_counter()
    try:
        yield
    finally:
        count(figure, (time.perf_counter() - started) * 1_000)


def concerns(*, session: str | None = None, endpoint: str | None = None) -> None:
    """Note whose session, and which endpoint, the running invocation is about."""
    invocation = current.get()
    if invocation is None:
        return
    if session is not None:
        invocation.session = session
    if endpoint is not None and endpoint not in invocation.endpoints:
        invocation.endpoints.append(endpoint)
