"""What is counted of an invocation."""

from __future__ import annotations

import time

from adapter.telemetry.invocation import Figure, Invocation, concerns, count, current, timed


def test_figures_are_the_running_invocations() -> None:
    """Each time and by how much; whose session and which endpoints it was about."""
    running = Invocation("one")
    token = current.set(running)
    try:
        count(Figure.CALLS)
        count(Figure.STATE_BYTES, 7)
        count(Figure.STATE_BYTES, 5)
        concerns(session="aB3", endpoint="/a")
        concerns(endpoint="/a")
        concerns(endpoint="/b")
    finally:
        current.reset(token)

    assert running.figures == {Figure.CALLS: [1], Figure.STATE_BYTES: [7, 5]}
    assert (running.session, running.endpoints) == ("aB3", ["/a", "/b"])


def test_time_is_counted_in_milliseconds_and_when_the_block_fails_too() -> None:
    """A wait that ends in giving up was a wait."""
    running = Invocation("one")
    token = current.set(running)
    started = time.perf_counter()
    try:
        with timed(Figure.LEASE_WAIT):
            while time.perf_counter() - started < 0.01:
                pass
            raise KeyError
    except KeyError:
        [milliseconds] = running.figures[Figure.LEASE_WAIT]
    finally:
        current.reset(token)
    assert 10 <= milliseconds <= (time.perf_counter() - started) * 1_000


def test_outside_of_an_invocation_nothing_is_counted() -> None:
    """Scripts and the command line use the same stores."""
    count(Figure.CALLS)
    concerns(session="x", endpoint="/x")
    assert current.get() is None
