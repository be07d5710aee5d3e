from __future__ import annotations

import time

import pytest

from adapter.errors import NotFound
from adapter.state.backoff import Backoff
from adapter.state.queue.box import SHARED_SECONDS
from adapter.state.queue.latency import LONGEST_GRACE_SECONDS, OVERLAPPING_GRACE_SECONDS, SHORTEST_GRACE_SECONDS
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import SessionId
from adapter.state.warm_store import WarmStore
from tests.state.conftest import Clock

UNTIL = 1_800_000_029.0


def backoff() -> Backoff:
    """Give five seconds to win."""
    return Backoff(time.monotonic() + 5)


def box(warm_store: WarmStore, **options: bool) -> Mailbox:
    """Return the mailbox of Ann's session, as any request finds it."""
    return Mailbox(warm_store, SessionId("hash", "ann"), **options)


def join(warm_store: WarmStore, event_id: str) -> float:
    """Queue a call and return the pause before its answer."""
    return box(warm_store).join(event_id, {"data": [event_id]}, backoff=backoff())


def test_a_stream_runs_what_was_joined_and_closes(warm_store: WarmStore) -> None:
    """Joined calls come in order, once; then the stream may close."""
    join(warm_store, "e1")
    join(warm_store, "e2")
    turn = box(warm_store).open("s1", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["e1", "e2"]
    assert [call.body for call in turn.run] == [{"data": ["e1"]}, {"data": ["e2"]}]
    assert not turn.closed
    assert box(warm_store).settle("s1", {"e1": [], "e2": []}, until=UNTIL, backoff=backoff()).closed


def test_a_call_joined_while_the_stream_runs_is_run_by_it(warm_store: WarmStore) -> None:
    """The stream looks again before it closes."""
    join(warm_store, "e1")
    box(warm_store).open("s1", until=UNTIL, backoff=backoff())
    join(warm_store, "e2")
    turn = box(warm_store).settle("s1", {"e1": ["m"]}, until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["e2"]
    assert box(warm_store).settle("s1", {"e2": ["m"]}, until=UNTIL, backoff=backoff()).closed


def run(warm_store: WarmStore, event_id: str, *, sent_bytes: int = 0) -> None:
    """Do what a stream does with one call."""
    box(warm_store).open(f"s-{event_id}", until=UNTIL, backoff=backoff())
    settled = box(warm_store).settle(
        f"s-{event_id}", {event_id: []}, until=UNTIL, backoff=backoff(), sent_bytes=sent_bytes, empty_handed=False
    )
    assert settled.closed


def test_a_join_right_after_a_close_waits_for_the_news_to_arrive(warm_store: WarmStore, clock: Clock) -> None:
    """Its answer must not reach the client before the close does; long after, it waits no more."""
    assert join(warm_store, "e1") == 0
    clock.now += 0.2  # the client's round trip: from the answered join to the stream's request
    run(warm_store, "e1")
    clock.now += 0.05
    first = join(warm_store, "e2")
    assert 0.15 <= first <= LONGEST_GRACE_SECONDS
    clock.now += first + 0.2
    run(warm_store, "e2")
    clock.now += LONGEST_GRACE_SECONDS
    assert join(warm_store, "e3") == 0


def test_the_pause_after_a_close_follows_the_round_trips(warm_store: WarmStore, clock: Clock) -> None:
    """Near and steady: as good as none. Far, or now near and now far: as long as the farthest."""
    near, steady, uneven = [0.001] * 20, [0.3] * 20, [0.3, 0.1] * 10
    assert pause_after(warm_store, clock, near) == pytest.approx(SHORTEST_GRACE_SECONDS, abs=0.001)
    assert 0.3 <= pause_after(warm_store, clock, steady) < 0.35
    assert 0.3 <= pause_after(warm_store, clock, uneven) <= LONGEST_GRACE_SECONDS


def pause_after(warm_store: WarmStore, clock: Clock, trips: list[float]) -> float:
    """Return the pause of a join that comes at once after calls with these round trips, in seconds."""
    for number, trip in enumerate(trips):
        clock.now += join(warm_store, f"{clock.now}-{number}") + trip
        turn = box(warm_store).open("s", until=clock.now + 29, backoff=backoff())
        box(warm_store).settle("s", {call.event_id: [] for call in turn.run}, until=clock.now + 29, backoff=backoff())
    pause = join(warm_store, f"{clock.now}-last")
    clock.now += 400  # the mailbox is forgotten
    return pause


def test_clients_whose_calls_overlap_are_given_more_time(warm_store: WarmStore, clock: Clock) -> None:
    """Only they can be answered in another order than that of leaving; those before and after are not kept waiting."""
    join(warm_store, "e1")
    join(warm_store, "e2")
    turn = box(warm_store).open("s1", until=UNTIL, backoff=backoff())
    box(warm_store).settle("s1", {call.event_id: [] for call in turn.run}, until=UNTIL, backoff=backoff())
    assert join(warm_store, "e3") == pytest.approx(OVERLAPPING_GRACE_SECONDS, abs=0.001)
    clock.now += SHARED_SECONDS + 1
    turn = box(warm_store).open("s2", until=UNTIL, backoff=backoff())
    box(warm_store).settle("s2", {call.event_id: [] for call in turn.run}, until=UNTIL, backoff=backoff())
    assert join(warm_store, "e4") == pytest.approx(SHORTEST_GRACE_SECONDS, abs=0.001)


def test_the_news_of_a_close_is_slower_behind_a_large_answer(warm_store: WarmStore, clock: Clock) -> None:
    """A megabyte takes its time, and a short answer that left later would overtake the close."""
    join(warm_store, "e1")
    run(warm_store, "e1", sent_bytes=1_000_000)
    assert join(warm_store, "e2") == pytest.approx(SHORTEST_GRACE_SECONDS + 0.2, abs=0.01)


def test_a_cold_start_is_no_round_trip(warm_store: WarmStore, clock: Clock) -> None:
    """What counts is when the stream's request came in, not when an environment was there for it."""
    join(warm_store, "e1")
    clock.now += 0.9
    box(warm_store).open("s1", until=UNTIL, backoff=backoff(), received=clock.now - 0.88)
    box(warm_store).settle("s1", {"e1": []}, until=UNTIL, backoff=backoff())
    assert join(warm_store, "e2") <= 0.07


def test_streams_of_clients_that_share_a_session_deliver_each_others_messages(warm_store: WarmStore) -> None:
    """Whoever claims a call, the client that joined it gets its messages."""
    join(warm_store, "ann")
    join(warm_store, "bob")
    first = box(warm_store).open("s-ann", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in first.run] == ["ann", "bob"]
    second = box(warm_store).open("s-bob", until=UNTIL, backoff=backoff())
    assert second.wait
    assert not second.closed
    assert box(warm_store).settle("s-ann", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff()).closed
    second = box(warm_store).settle("s-bob", {}, until=UNTIL, backoff=backoff())
    assert second.deliver == {"ann": ["a"], "bob": ["b"]}
    assert second.closed


def test_a_stream_that_comes_late_finds_what_another_ran(warm_store: WarmStore) -> None:
    """Nothing is pending for it, and yet it has the messages."""
    join(warm_store, "ann")
    join(warm_store, "bob")
    box(warm_store).open("s-ann", until=UNTIL, backoff=backoff())
    box(warm_store).settle("s-ann", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff())
    late = box(warm_store).open("s-bob", until=UNTIL, backoff=backoff())
    assert (late.run, late.deliver["bob"], late.closed) == ([], ["b"], True)


def test_messages_of_a_lone_client_are_not_kept(warm_store: WarmStore, clock: Clock) -> None:
    """One call after the other: nothing is delivered twice, nothing is stored."""
    for event in ("e1", "e2"):
        join(warm_store, event)
        turn = box(warm_store).open(f"s-{event}", until=UNTIL, backoff=backoff())
        assert turn.deliver == {}
        assert box(warm_store).settle(f"s-{event}", {event: ["m"]}, until=UNTIL, backoff=backoff()).closed
        clock.now += 1


def test_kept_messages_go_after_a_while(warm_store: WarmStore, clock: Clock) -> None:
    """Sharing is a passing state."""
    join(warm_store, "ann")
    join(warm_store, "bob")
    box(warm_store).open("s1", until=UNTIL, backoff=backoff())
    box(warm_store).settle("s1", {"ann": ["a"], "bob": ["b"]}, until=UNTIL, backoff=backoff())
    clock.now += SHARED_SECONDS + 1
    assert box(warm_store).open("s2", until=UNTIL, backoff=backoff()).deliver == {}


def test_a_call_whose_environment_ended_is_told_as_lost(warm_store: WarmStore, clock: Clock) -> None:
    """After its stream's deadline somebody else finds it, once, and does not run it again."""
    join(warm_store, "e1")
    box(warm_store).open("dead", until=clock() + 1, backoff=backoff())
    clock.now += 2
    turn = box(warm_store).open("s2", until=UNTIL, backoff=backoff())
    assert (turn.run, turn.lost) == ([], ["e1"])
    assert box(warm_store).open("s3", until=UNTIL, backoff=backoff()).lost == []


def test_nobody_waits_for_the_only_call_of_a_stream_that_died(warm_store: WarmStore) -> None:
    """It was its client's own, who has seen the stream break: the next call's stream runs that call and closes."""
    join(warm_store, "given up")
    box(warm_store).open("dead", until=UNTIL, backoff=backoff())
    join(warm_store, "next")
    turn = box(warm_store).open("s2", until=UNTIL, backoff=backoff())
    assert [call.event_id for call in turn.run] == ["next"]
    assert box(warm_store).settle("s2", {"next": []}, until=UNTIL, backoff=backoff(), empty_handed=False).closed


def test_a_stream_that_is_opened_again_waits_for_the_call_of_the_first(warm_store: WarmStore) -> None:
    """Its client lost the connection, and nothing else can be what it asks for."""
    join(warm_store, "e1")
    box(warm_store).open("s1", until=UNTIL, backoff=backoff())
    assert box(warm_store).open("again", until=UNTIL, backoff=backoff()).wait
    assert box(warm_store).settle("again", {}, until=UNTIL, backoff=backoff(), empty_handed=True).wait
    assert box(warm_store).settle("s1", {"e1": ["answer"]}, until=UNTIL, backoff=backoff(), empty_handed=False).closed
    turn = box(warm_store).settle("again", {}, until=UNTIL, backoff=backoff(), empty_handed=True)
    assert (turn.deliver, turn.closed) == ({"e1": ["answer"]}, True)


def test_a_stream_that_waits_writes_nothing(warm_store: WarmStore) -> None:
    """It looks many times a second, and must not stand in the way of the stream that it waits for."""
    join(warm_store, "ann")
    join(warm_store, "bob")
    box(warm_store).open("s-ann", until=UNTIL, backoff=backoff())
    box(warm_store).open("s-bob", until=UNTIL, backoff=backoff())
    before = dict(warm_store.store.scan("M#"))
    assert box(warm_store).settle("s-bob", {}, until=UNTIL, backoff=backoff(), empty_handed=True).wait
    assert dict(warm_store.store.scan("M#")) == before


def test_cancel_takes_back_what_is_pending_and_marks_what_runs(warm_store: WarmStore) -> None:
    """A cancelled call does not run; a running one can be asked whether to go on."""
    join(warm_store, "e1")
    assert box(warm_store).cancel("e1", backoff=backoff())
    assert box(warm_store).open("s1", until=UNTIL, backoff=backoff()).run == []
    join(warm_store, "e2")
    box(warm_store).open("s2", until=UNTIL, backoff=backoff())
    assert not box(warm_store).is_cancelled("e2")
    assert box(warm_store).cancel("e2", backoff=backoff())
    assert box(warm_store).is_cancelled("e2")
    assert not box(warm_store).cancel("unknown", backoff=backoff())


def test_an_event_of_its_own_may_be_asked_for_again(warm_store: WarmStore) -> None:
    """A repeated request gets the same messages, and the call is not run twice."""
    own = box(warm_store, shared=True)
    own.join("e1", {"data": []}, backoff=backoff())
    assert [call.event_id for call in own.open("s1", until=UNTIL, backoff=backoff()).run] == ["e1"]
    assert own.settle("s1", {"e1": ["answer"]}, until=UNTIL, backoff=backoff()).closed
    again = own.open("s2", until=UNTIL, backoff=backoff())
    assert (again.run, again.deliver, again.closed) == ([], {"e1": ["answer"]}, True)


def test_an_unknown_event_is_not_found(warm_store: WarmStore) -> None:
    """Only what was joined can be asked for."""
    with pytest.raises(NotFound):
        box(warm_store).must_know("nobody")
