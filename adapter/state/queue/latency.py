"""How long an answer may be on its way to a client, judged by the round trips seen so far."""

from __future__ import annotations

import msgspec

SHORTEST_GRACE_SECONDS = 0.05
LONGEST_GRACE_SECONDS = 1.0
"""Bounds of what is likely."""

OVERLAPPING_GRACE_SECONDS = 0.2
"""The least where calls overlap: one way may be slower than the other for as long as anybody looks."""

LONGEST_TRIP_SECONDS = 5.0
"""A request that comes later than that after an answer did not come because of it."""

BYTES_PER_SECOND = 5_000_000
"""How fast an answer's bytes reach a client: behind a large answer, a short one that left later arrives first."""


class Latency(msgspec.Struct):
    """What is known of a client's round trips, from an answer to the request that followed it.

    Attributes:
        trip: their mean in seconds; 0 for a client that was never seen.
        sway: how far they are from it, in seconds.
    """

    trip: float = 0.0
    sway: float = 0.0

    def measure(self, seconds: float) -> None:
        """Add a trip.

        Smoothed as TCP does for its own timer. Source: https://www.rfc-editor.org/rfc/rfc6298
        """
        if not 0 <= seconds <= LONGEST_TRIP_SECONDS:
            return
        if self.trip == 0:
            self.trip, self.sway = seconds, seconds / 2
        else:
            self.sway = 0.75 * self.sway + 0.25 * abs(self.trip - seconds)
            self.trip = 0.875 * self.trip + 0.125 * seconds

    def grace(self, *, overlapping: bool = False) -> float:
        """Return the seconds that an answer may be on its way.

        Twice the sway is less than TCP takes: a trip is longer than an answer's way by a request and a connection.

        Args:
            overlapping: whether the client's calls overlap lately, so that an answer can overtake another;
                one that makes its calls one after the other is in no danger, and is not kept waiting.
        """
        likely = self.trip + 2 * self.sway
        if overlapping:
            likely = max(OVERLAPPING_GRACE_SECONDS, 2 * likely)
        return min(LONGEST_GRACE_SECONDS, max(SHORTEST_GRACE_SECONDS, likely))
