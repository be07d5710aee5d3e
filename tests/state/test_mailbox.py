from __future__ import annotations

import time

import pytest

from adapter.errors import NotFound
from adapter.state.backoff import Backoff
from adapter.state.queue.latency import LONGEST_GRACE_SECONDS, OVERLAPPING_GRACE_SECONDS, SHORTEST_GRACE_SECONDS
from adapter.state.queue.mailbox import SHARED_SECONDS, Mailbox
from adapter.state.session import SessionId
from adapter.state.warm_store import StateSpace
from tests.state.conftest import Clock

UNTIL = 1_800_000_029.0


def backoff() -> Backoff:
    """Give five seconds to win."""
    return Backoff(time.monotonic() + 5)


def box(space: StateSpace, **options: bool) -> Mailbox:
    """Return the mailbox of Ann's session, as any request finds it."""
    return Mailbox(space, SessionId("hash", "ann"), **options)


def join(space: StateSpace, event_id: str) -> float:
    """Queue a call and return the pause before its answer."""
    return box(space).join(event_id, {"data": [event_id]}, backoff=backoff())


def test_a_stream_runs_what_was_joined_and_closes(space: StateSpace) -> None:
    """Joined calls come in order, once; then the stream may close."""
    join(space, "e1")
    join(space, "e2")
    turn = box(space).open("s1", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["e1", "e2"]
    assert [call.body for call in turn.run] == [{"data": ["e1"]}, {"data": ["e2"]}]
    assert not turn.closed
    assert box(space).settle("s1", {"e1": [], "e2": []}, until=UNTIL, backoff=backoff()).closed


def test_a_call_joined_while_the_stream_runs_is_run_by_it(space: StateSpace) -> None:
    """The stream looks again before it closes."""
    join(space, "e1")
    box(space).open("s1", until=UNTIL, backoff=backoff())
    join(space, "e2")
    turn = box(space).settle("s1", {"e1": ["m"]}, until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["e2"]
    assert box(space).settle("s1", {"e2": ["m"]}, until=UNTIL, backoff=backoff()).closed


def run(space: StateSpace, event_id: str, *, sent_bytes: int = 0) -> None:
    """Do what a stream does with one call."""
    box(space).open(f"s-{event_id}", until=UNTIL, backoff=backoff())
    settled = box(space).settle(
        f"s-{event_id}", {event_id: []}, until=UNTIL, backoff=backoff(), sent_bytes=sent_bytes, empty_handed=False
    )
    assert settled.closed


def test_a_join_right_after_a_close_waits_for_the_news_to_arrive(space: StateSpace, clock: Clock) -> None:
    """Its answer must not reach the client before the close does; long after, it waits no more."""
    assert join(space, "e1") == 0
    clock.now += 0.2  # the client's round trip: from the answered join to the stream's request
    run(space, "e1")
    clock.now += 0.05
    first = join(space, "e2")
    assert 0.15 <= first <= LONGEST_GRACE_SECONDS
    clock.now += first + 0.2
    run(space, "e2")
    clock.now += LONGEST_GRACE_SECONDS
    assert join(space, "e3") == 0


def test_the_pause_after_a_close_follows_the_round_trips(space: StateSpace, clock: Clock) -> None:
    """Near and steady: as good as none. Far, or now near and now far: as long as the farthest."""
    near, steady, uneven = [0.001] * 20, [0.3] * 20, [0.3, 0.1] * 10
    assert pause_after(space, clock, near) == pytest.approx(SHORTEST_GRACE_SECONDS, abs=0.001)
    assert 0.3 <= pause_after(space, clock, steady) < 0.35
    assert 0.3 <= pause_after(space, clock, uneven) <= LONGEST_GRACE_SECONDS


def pause_after(space: StateSpace, clock: Clock, trips: list[float]) -> float:
    """Return the pause of a join that comes at once after calls with these round trips, in seconds."""
    for number, trip in enumerate(trips):
        clock.now += join(space, f"{clock.now}-{number}") + trip
        turn = box(space).open("s", until=clock.now + 29, backoff=backoff())
        box(space).settle("s", {call.event_id: [] for call in turn.run}, until=clock.now + 29, backoff=backoff())
    pause = join(space, f"{clock.now}-last")
    clock.now += 400  # the mailbox is forgotten
    return pause


def test_clients_whose_calls_overlap_are_given_more_time(space: StateSpace, clock: Clock) -> None:
    """Only they can be answered in another order than that of leaving; those before and after are not kept waiting."""
    join(space, "e1")
    join(space, "e2")
    turn = box(space).open("s1", until=UNTIL, backoff=backoff())
    box(space).settle("s1", {call.event_id: [] for call in turn.run}, until=UNTIL, backoff=backoff())
    assert join(space, "e3") == pytest.approx(OVERLAPPING_GRACE_SECONDS, abs=0.001)
    clock.now += SHARED_SECONDS + 1
    turn = box(space).open("s2", until=UNTIL, backoff=backoff())
    box(space).settle("s2", {call.event_id: [] for call in turn.run}, until=UNTIL, backoff=backoff())
    assert join(space, "e4") == pytest.approx(SHORTEST_GRACE_SECONDS, abs=0.001)


def test_the_news_of_a_close_is_slower_behind_a_large_answer(space: StateSpace, clock: Clock) -> None:
    """A megabyte takes its time, and a short answer that left later would overtake the close."""
    join(space, "e1")
    run(space, "e1", sent_bytes=1_000_000)
    assert join(space, "e2") == pytest.approx(SHORTEST_GRACE_SECONDS + 0.2, abs=0.01)


def test_a_cold_start_is_no_round_trip(space: StateSpace, clock: Clock) -> None:
    """What counts is when the stream's request came in, not when an environment was there for it."""
    join(space, "e1")
    clock.now += 0.9
    box(space).open("s1", until=UNTIL, backoff=backoff(), received=clock.now - 0.88)
    box(space).settle("s1", {"e1": []}, until=UNTIL, backoff=backoff())
    assert join(space, "e2") <= 0.07


def test_streams_of_clients_that_share_a_session_deliver_each_others_messages(space: StateSpace) -> None:
    """Whoever claims a call, the client that joined it gets its messages."""
    join(space, "ann")
    join(space, "bob")
    first = box(space).open("s-ann", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in first.run] == ["ann", "bob"]
    second = box(space).open("s-bob", until=UNTIL, backoff=backoff())
    assert second.wait
    assert not second.closed
    assert box(space).settle("s-ann", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff()).closed
    second = box(space).settle("s-bob", {}, until=UNTIL, backoff=backoff())
    assert second.deliver == {"ann": ["a"], "bob": ["b"]}
    assert second.closed


def test_a_stream_that_comes_late_finds_what_another_ran(space: StateSpace) -> None:
    """Nothing is pending for it, and yet it has the messages."""
    join(space, "ann")
    join(space, "bob")
    box(space).open("s-ann", until=UNTIL, backoff=backoff())
    box(space).settle("s-ann", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff())
    late = box(space).open("s-bob", until=UNTIL, backoff=backoff())
    assert (late.run, late.deliver["bob"], late.closed) == ([], ["b"], True)


def test_messages_of_a_lone_client_are_not_kept(space: StateSpace, clock: Clock) -> None:
    """One call after the other: nothing is delivered twice, nothing is stored."""
    for event in ("e1", "e2"):
        join(space, event)
        turn = box(space).open(f"s-{event}", until=UNTIL, backoff=backoff())
        assert turn.deliver == {}
        assert box(space).settle(f"s-{event}", {event: ["m"]}, until=UNTIL, backoff=backoff()).closed
        clock.now += 1


def test_kept_messages_go_after_a_while(space: StateSpace, clock: Clock) -> None:
    """Sharing is a passing state."""
    join(space, "ann")
    join(space, "bob")
    box(space).open("s1", until=UNTIL, backoff=backoff())
    box(space).settle("s1", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff())
    clock.now += SHARED_SECONDS + 1
    assert box(space).open("s2", until=UNTIL, backoff=backoff()).deliver == {}


def test_a_call_whose_environment_ended_is_told_as_lost(space: StateSpace, clock: Clock) -> None:
    """After its stream's deadline somebody else finds it, once, and does not run it again."""
    join(space, "e1")
    box(space).open("dead", until=clock() + 1, backoff=backoff())
    clock.now += 2
    turn = box(space).open("s2", until=UNTIL, backoff=backoff())
    assert (turn.run, turn.lost) == ([], ["e1"])
    assert box(space).open("s3", until=UNTIL, backoff=backoff()).lost == []


def test_nobody_waits_for_the_only_call_of_a_stream_that_died(space: StateSpace) -> None:
    """It was its client's own, who has seen the stream break: the next call's stream runs that call and closes."""
    join(space, "given up")
    box(space).open("dead", until=UNTIL, backoff=backoff())
    join(space, "next")
    turn = box(space).open("s2", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["next"]
    assert box(space).settle("s2", {"next": []}, until=UNTIL, backoff=backoff(), empty_handed=False).closed


def test_a_stream_that_is_opened_again_waits_for_the_call_of_the_first(space: StateSpace) -> None:
    """Its client lost the connection, and nothing else can be what it asks for."""
    join(space, "e1")
    box(space).open("s1", until=UNTIL, backoff=backoff())
    assert box(space).open("again", until=UNTIL, backoff=backoff()).wait
    assert box(space).settle("again", {}, until=UNTIL, backoff=backoff(), empty_handed=True).wait
    assert box(space).settle("s1", {"e1": ["answer"]}, until=UNTIL, backoff=backoff(), empty_handed=False).closed
    turn = box(space).settle("again", {}, until=UNTIL, backoff=backoff(), empty_handed=True)
    assert (turn.deliver, turn.closed) == ({"e1": ["answer"]}, True)


def test_a_stream_that_waits_writes_nothing(space: StateSpace) -> None:
    """It looks many times a second, and must not stand in the way of the stream that it waits for."""
    join(space, "ann")
    join(space, "bob")
    box(space).open("s-ann", until=UNTIL, backoff=backoff())
    box(space).open("s-bob", until=UNTIL, backoff=backoff())
    before = dict(space.store.scan("M#"))
    assert box(space).settle("s-bob", {}, until=UNTIL, backoff=backoff(), empty_handed=True).wait
    assert dict(space.store.scan("M#")) == before


def test_cancel_takes_back_what_is_pending_and_marks_what_runs(space: StateSpace) -> None:
    """A cancelled call does not run; a running one can be asked whether to go on."""
    join(space, "e1")
    assert box(space).cancel("e1", backoff=backoff())
    assert box(space).open("s1", until=UNTIL, backoff=backoff()).run == []
    join(space, "e2")
    box(space).open("s2", until=UNTIL, backoff=backoff())
    assert not box(space).is_cancelled("e2")
    assert box(space).cancel("e2", backoff=backoff())
    assert box(space).is_cancelled("e2")
    assert not box(space).cancel("unknown", backoff=backoff())


def test_an_event_of_its_own_may_be_asked_for_again(space: StateSpace) -> None:
    """A repeated request gets the same messages, and the call is not run twice."""
    own = box(space, shared=True)
    own.join("e1", {"data": []}, backoff=backoff())
    assert [call.event_id for call in own.open("s1", until=UNTIL, backoff=backoff()).run] == ["e1"]
    assert own.settle("s1", {"e1": ["answer"]}, until=UNTIL, backoff=backoff()).closed
    again = own.open("s2", until=UNTIL, backoff=backoff())
    assert (again.run, again.deliver, again.closed) == ([], {"e1": ["answer"]}, True)


def test_an_unknown_event_is_not_found(space: StateSpace) -> None:
    """Only what was joined can be asked for."""
    with pytest.raises(NotFound):
        box(space).must_know("nobody")
