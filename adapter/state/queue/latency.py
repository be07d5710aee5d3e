"""How long an answer may be on its way to a client, judged by the round trips seen so far."""

from __future__ import annotations

from typing import Any

SHORTEST_GRACE_SECONDS = 0.05
LONGEST_GRACE_SECONDS = 1.0
"""Bounds of what is likely."""

OVERLAPPING_GRACE_SECONDS = 0.2
"""The least where calls overlap: one way may be slower than the other for as long as anybody looks."""

LONGEST_TRIP_SECONDS = 5.0
"""A request that comes later than that after an answer did not come because of it."""

BYTES_PER_SECOND = 5_000_000
"""How fast an answer's bytes reach a client: behind a large answer, a short one that left later arrives first."""


def unknown() -> dict[str, float]:
    """Return what is known of a client that was never seen: the mean of its trips, and their sway around it."""
    return {"trip": 0.0, "sway": 0.0}


def measure(known: dict[str, Any], seconds: float) -> None:
    """Add a trip, from an answer to the request that followed it, to what is known.

    Smoothed as TCP does for its own timer. Source: https://www.rfc-editor.org/rfc/rfc6298
    """
    if not 0 <= seconds <= LONGEST_TRIP_SECONDS:
        return
    if known["trip"] == 0:
        known.update(trip=seconds, sway=seconds / 2)
    else:
        sway = 0.75 * known["sway"] + 0.25 * abs(known["trip"] - seconds)
        known.update(sway=sway, trip=0.875 * known["trip"] + 0.125 * seconds)


def grace(known: dict[str, Any], *, overlapping: bool = False) -> float:
    """Return the seconds that an answer may be on its way.

    Twice the sway is less than TCP takes: a trip is longer than an answer's way by a request and a connection.

    Args:
        known: what was measured.
        overlapping: whether the client's calls overlap lately, so that an answer can overtake another;
            one that makes its calls one after the other is in no danger, and is not kept waiting.
    """
    likely: float = known["trip"] + 2 * known["sway"]
    if overlapping:
        likely = max(OVERLAPPING_GRACE_SECONDS, 2 * likely)
    return min(LONGEST_GRACE_SECONDS, max(SHORTEST_GRACE_SECONDS, likely))
