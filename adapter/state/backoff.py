"""How long a loser waits before it tries again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from adapter.errors import StateConflict

FIRST_SECONDS = 0.01
LONGEST_SECONDS = 0.5
ANSWER_SECONDS = 1.0
"""Kept free before the invocation's deadline, so that a loser can still be told."""


class Backoff:
    """Waits with full jitter, doubling, until a deadline.

    Full jitter spreads writers who lost together: 16 of them need 1.8 attempts each
    instead of 10.7. Source:
    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/

    Args:
        deadline: on ``clock``'s scale, in seconds; when the invocation ends.
        clock: a monotonic clock, in seconds.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        deadline: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._deadline = deadline - ANSWER_SECONDS
        self._clock = clock
        self._sleep = sleep
        self._started = clock()
        self._ceiling = FIRST_SECONDS
        self.waits = 0

    @property
    def has_time(self) -> bool:
        """Whether another try can still be answered."""
        return self._clock() < self._deadline

    def wait(self, what: str) -> None:
        """Wait a little before trying ``what`` again.

        Raises:
            StateConflict: no time is left.
        """
        left = self._deadline - self._clock()
        if left <= 0 and self._started >= self._deadline:
            raise StateConflict(
                f"The execution environment had no time left for this call when {what} was wanted; try again."
            )
        if left <= 0:
            raise StateConflict(
                f"{what} was busy for {self._clock() - self._started:.1f} s, until this call's time was up; try again."
            )
        self.waits += 1
        self._sleep(min(left, random.uniform(0, self._ceiling)))  # noqa: S311 - spreads load, guards nothing
        self._ceiling = min(self._ceiling * 2, LONGEST_SECONDS)
