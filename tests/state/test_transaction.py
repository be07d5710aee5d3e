from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable

import pytest

from adapter.errors import CannotStore, StateConflict
from adapter.state.backoff import Backoff
from adapter.state.codec import encode, seal_states
from adapter.state.session import SessionId, StateVariable, session_key
from adapter.state.stores.base import StateStore, Write, new_nonce
from adapter.state.transaction import Superseded, Transaction
from adapter.state.warm_store import WarmStore
from tests.state.conftest import Clock

ANN = SessionId("hash", "ann")
HISTORY = StateVariable("history", [])
COUNT = StateVariable("count", 0)

Start = Callable[[], WarmStore]


def backoff(seconds: float = 5.0) -> Backoff:
    """Give so many seconds to win."""
    return Backoff(time.monotonic() + seconds + 1)


def begin(warm_store: WarmStore, *variables: StateVariable, echo: int | None = None) -> Transaction:
    """Open a call of Ann's session."""
    transaction = Transaction(warm_store, session=ANN, variables=variables or (HISTORY,), echo=echo)
    transaction.load()
    return transaction


def commit(warm_store: WarmStore, variable: StateVariable, value: object) -> Transaction:
    """Run a whole call that sets a State."""
    transaction = begin(warm_store, variable)
    transaction.put(variable, value)
    transaction.commit(backoff=backoff())
    return transaction


def value(warm_store: WarmStore, variable: StateVariable) -> object:
    """Return what the next call would see."""
    return begin(warm_store, variable).value(variable)


def test_a_session_starts_from_a_deep_copy_of_the_default(warm_store: WarmStore) -> None:
    """What one session does to its first value is not seen by the next."""
    variable = StateVariable("nested", {"a": []})
    begin(warm_store, variable).value(variable)["a"].append(1)
    assert begin(warm_store, variable).value(variable) == {"a": []}


def test_a_callable_default_is_called_once_per_session(environment: Start) -> None:
    """The first use keeps its result, even if the function changed nothing."""
    calls: list[int] = []

    def make() -> list[int]:
        calls.append(1)
        return [len(calls)]

    variable = StateVariable("made", make)
    first = begin(environment(), variable)
    assert first.value(variable) == [1]
    first.commit(backoff=backoff())
    assert value(environment(), variable) == [1]
    assert calls == [1]


def test_an_async_default_gives_its_result_where_nothing_can_be_awaited(warm_store: WarmStore) -> None:
    """A script that looks at a State's first value gets the value, also while an event loop runs."""

    async def make() -> list[int]:
        await asyncio.sleep(0)
        return [1]

    async def look() -> object:
        return begin(warm_store, variable).value(variable)

    variable = StateVariable("made", make)
    assert begin(warm_store, variable).value(variable) == [1]
    assert asyncio.run(look()) == [1]


def test_in_place_changes_are_kept_and_seen_by_every_environment(environment: Start) -> None:
    """A nested mutation that nobody returned is found by comparing bytes."""
    here = begin(environment())
    here.value(HISTORY).append({"deep": [1]})
    here.commit(backoff=backoff())
    there = begin(environment())
    there.value(HISTORY)[0]["deep"].append(2)
    there.commit(backoff=backoff())
    assert value(environment(), HISTORY) == [{"deep": [1, 2]}]


def test_a_call_that_changes_nothing_writes_nothing(warm_store: WarmStore, store: StateStore) -> None:
    """Reading is free of writes: the version stays."""
    commit(warm_store, HISTORY, [1])
    before = dict(store.scan(""))
    again = begin(warm_store)
    assert again.value(HISTORY) == [1]
    again.commit(backoff=backoff())
    assert dict(store.scan("")) == before
    assert again.changed == frozenset()


def test_without_a_commit_nothing_is_kept(warm_store: WarmStore) -> None:
    """A function that raised has changed nothing, in place or not."""
    begin(warm_store).value(HISTORY).append(1)
    assert value(warm_store, HISTORY) == []


def test_changes_of_others_to_other_states_are_kept_without_a_rerun(environment: Start) -> None:
    """The commit moves onto the winner when it changed none of ours."""
    mine = begin(environment(), HISTORY)
    commit(environment(), COUNT, 7)
    mine.put(HISTORY, ["mine"])
    mine.commit(backoff=backoff())
    warm_store = environment()
    assert (value(warm_store, HISTORY), value(warm_store, COUNT)) == (["mine"], 7)


def test_a_change_of_what_the_call_used_supersedes_it(environment: Start) -> None:
    """The loser gets the winner's record and starts from it without a read."""
    mine = begin(environment())
    mine.value(HISTORY).append("mine")
    commit(environment(), HISTORY, ["theirs"])
    with pytest.raises(Superseded) as lost:
        mine.commit(backoff=backoff())
    again = Transaction(environment(), session=ANN, variables=[HISTORY], seeds=lost.value.records)
    again.load()
    assert again.value(HISTORY) == ["theirs"]
    again.value(HISTORY).append("mine")
    again.commit(backoff=backoff())
    assert value(environment(), HISTORY) == ["theirs", "mine"]


def test_overwrite_puts_ours_over_theirs_and_keeps_other_states(environment: Start) -> None:
    """``last_write`` loses their value of our State, and nothing else."""
    mine = begin(environment())
    commit(environment(), HISTORY, ["theirs"])
    commit(environment(), COUNT, 3)
    mine.put(HISTORY, ["mine"])
    mine.commit(backoff=backoff(), overwrite=True)
    warm_store = environment()
    assert (value(warm_store, HISTORY), value(warm_store, COUNT)) == (["mine"], 3)


def test_an_expired_session_is_never_served(environment: Start, clock: Clock) -> None:
    """Whatever the store still holds, its time decides."""
    commit(environment(), HISTORY, ["old"])
    clock.now += 3_601
    warm_store = environment()
    assert value(warm_store, HISTORY) == []
    commit(warm_store, HISTORY, ["new"])
    assert value(environment(), HISTORY) == ["new"]


def test_a_warm_copy_is_not_served_after_its_expiry(warm_store: WarmStore, clock: Clock) -> None:
    """The echo vouches for the version, not for the time."""
    version = commit(warm_store, HISTORY, ["old"]).version
    clock.now += 3_601
    assert begin(warm_store, HISTORY, echo=version).value(HISTORY) == []


def test_a_stale_writer_fails_after_expiry_and_recreation(environment: Start, clock: Clock) -> None:
    """Versions never restart, so an old reader meets no number that it knows."""
    commit(environment(), HISTORY, ["old"])
    stale = begin(environment())
    stale.value(HISTORY).append("stale")
    clock.now += 3_601
    commit(environment(), HISTORY, ["new"])
    with pytest.raises(Superseded):
        stale.commit(backoff=backoff())


def test_use_moves_the_expiry_when_less_than_half_is_left(environment: Start, clock: Clock) -> None:
    """A session that is only read lives on."""
    commit(environment(), HISTORY, ["kept"])
    for _ in range(4):
        clock.now += 1_900
        reading = begin(environment())
        assert reading.value(HISTORY) == ["kept"]
        reading.commit(backoff=backoff())


def test_the_echo_spares_the_read(warm_store: WarmStore, environment: Start) -> None:
    """A warm copy at least as new as what the client saw is used; an older one is not."""
    version = commit(warm_store, HISTORY, [1]).version
    assert version is not None
    commit(environment(), HISTORY, [1, 2])
    assert begin(warm_store, echo=version).value(HISTORY) == [1]
    assert begin(warm_store, echo=version + 1).value(HISTORY) == [1, 2]
    assert begin(warm_store).value(HISTORY) == [1, 2]


def test_a_stale_warm_copy_loses_its_commit(warm_store: WarmStore, environment: Start) -> None:
    """A wrong echo costs a conflict, never an update."""
    version = commit(warm_store, HISTORY, [1]).version
    commit(environment(), HISTORY, [1, 2])
    trusting = begin(warm_store, echo=version)
    trusting.value(HISTORY).append(3)
    with pytest.raises(Superseded):
        trusting.commit(backoff=backoff())


def test_the_lease_reads_and_keeps_others_out(environment: Start, clock: Clock) -> None:
    """While it stands nobody commits; afterwards the waiter sees the holder's value."""
    commit(environment(), HISTORY, [1])
    until = int(clock() * 1000) + 10_000
    holder = Transaction(environment(), session=ANN, variables=[HISTORY])
    holder.lock(holder.session_keys, until=until, backoff=backoff())
    holder.load()
    outsider = begin(environment())
    outsider.put(HISTORY, ["outsider"])
    with pytest.raises(StateConflict, match="busy"):
        outsider.commit(backoff=backoff(0.05))
    second = Transaction(environment(), session=ANN, variables=[HISTORY])
    with pytest.raises(StateConflict, match="this session was busy"):
        second.lock(second.session_keys, until=until, backoff=backoff(0.05))
    holder.value(HISTORY).append(2)
    holder.commit(backoff=backoff())
    second.lock(second.session_keys, until=until, backoff=backoff())
    second.load()
    assert second.value(HISTORY) == [1, 2]
    second.release()
    commit(environment(), HISTORY, ["free"])


def test_a_dead_holders_lease_ends(environment: Start, clock: Clock) -> None:
    """Its time is up with its invocation; what it would commit later is refused."""
    dead = Transaction(environment(), session=ANN, variables=[HISTORY])
    dead.lock(dead.session_keys, until=int(clock() * 1000) + 500, backoff=backoff())
    dead.load()
    dead.value(HISTORY).append("dead")
    clock.now += 1
    commit(environment(), HISTORY, ["alive"])
    with pytest.raises(Superseded):
        dead.commit(backoff=backoff())
    assert value(environment(), HISTORY) == ["alive"]


def test_a_lease_on_an_expired_session_hands_out_the_default(environment: Start, clock: Clock) -> None:
    """Expired is expired, also for the lease's read."""
    commit(environment(), HISTORY, ["old"])
    clock.now += 3_601
    transaction = Transaction(environment(), session=ANN, variables=[HISTORY])
    transaction.lock(transaction.session_keys, until=int(clock() * 1000) + 500, backoff=backoff())
    transaction.load()
    assert transaction.value(HISTORY) == []
    transaction.value(HISTORY).append("new")
    transaction.commit(backoff=backoff())
    assert value(environment(), HISTORY) == ["new"]


def test_what_cannot_be_stored_says_where_and_changes_nothing(warm_store: WarmStore) -> None:
    """The error names the State, and the session is as before."""
    commit(warm_store, HISTORY, [1])
    transaction = begin(warm_store)
    transaction.put(HISTORY, [1, {"file": open}])
    with pytest.raises(CannotStore, match="history"):
        transaction.commit(backoff=backoff())
    assert value(warm_store, HISTORY) == [1]


def test_a_payload_that_cannot_be_read_starts_from_the_default(
    warm_store: WarmStore, store: StateStore, caplog: pytest.LogCaptureFixture
) -> None:
    """An older app's payload is logged and passed over, never a failure for ever; other States are kept."""
    payload = seal_states({"history": b"\xc1", "count": encode(5, name="count")})
    store.write([Write(session_key("app", ANN), payload, 1, new_nonce(), None, int(warm_store.clock()) + 100)])
    with caplog.at_level(logging.WARNING, "adapter"):
        assert value(warm_store, HISTORY) == []
    assert "history" in caplog.text
    commit(warm_store, HISTORY, ["new"])
    assert value(warm_store, COUNT) == 5


def test_the_two_spaces_of_sessions_never_meet(warm_store: WarmStore) -> None:
    """A hash that a client chooses reaches nobody's token session."""
    assert session_key("app", SessionId("hash", "x")) != session_key("app", SessionId("token", "x"))


def test_a_call_without_a_session_keeps_nothing(warm_store: WarmStore, store: StateStore) -> None:
    """Its States start from their defaults and are forgotten."""
    transaction = Transaction(warm_store, variables=[HISTORY])
    transaction.load()
    transaction.value(HISTORY).append(1)
    transaction.commit(backoff=backoff())
    assert list(store.scan("")) == []
