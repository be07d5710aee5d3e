"""Calls that are sent again under their ``call_id``, in random histories with other writers, against a plain model."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from adapter.calls import runner
from adapter.calls.call import Call
from adapter.calls.endpoint import Concurrency, Endpoint
from adapter.components.state import State
from adapter.errors import AlreadyApplied, StateConflict
from adapter.state.codec import decode, unseal, unseal_states
from adapter.state.global_counter import GlobalCounter
from adapter.state.global_state import GlobalState
from adapter.state.session import SessionId, counter_key, global_key, session_key
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.recent import KEPT_SECONDS
from adapter.state.warm_store import WarmStore
from tests.faults.test_model import Killed, MortalStore, drive

pytestmark = pytest.mark.end_to_end

EXAMPLES = 500 if os.environ.get("CI") == "true" else 40

COUNT = State(0, key="count")
SHARDS = 3
total: GlobalState[int] = GlobalState(0, "total", max_age_seconds=5)
hot: GlobalState[int] = GlobalState(0, "hot")
visits = GlobalCounter("visits", shards=SHARDS)


class Mortal(MortalStore):
    """An environment's way to the data that can end at an addition, too."""

    def add(self, key: str, amount: int, nonce: bytes | None = None) -> int:
        if self.dies == "before":
            self.dead = True
        self._live()
        result = super().add(key, amount, nonce)
        if self.dies == "after":
            self.dead = True
        self._live()
        return result


@dataclass
class Sent:
    """A call that was sent, and may be sent again.

    Attributes:
        call_id: its name.
        session: whose.
        operation: which.
        concurrency: how it runs.
        done: how many of its commits were made.
        at: when it was first sent.
    """

    call_id: str
    session: int
    operation: str
    concurrency: Concurrency
    done: int
    at: float


COMMITS = {"count": 1, "share": 1, "both": 1, "visit": 1, "update": 2}
"""By operation, the commits that a call of it makes."""


def endpoint(operation: str, concurrency: Concurrency, inside: Callable[[], None]) -> Endpoint:
    """Return an endpoint that does ``operation``, with ``inside`` in the middle."""

    def count(count: int) -> int:
        inside()
        return count + 1

    def share() -> None:
        total.value += 1
        inside()

    def both(count: int) -> int:
        total.value += 1
        inside()
        return count + 1

    def visit() -> None:
        visits.add()
        inside()

    def update() -> None:
        hot.update(lambda before: before + 1)
        inside()
        hot.update(lambda before: before + 10)

    functions: dict[str, Callable[..., Any]] = {
        "count": count,
        "share": share,
        "both": both,
        "visit": visit,
        "update": update,
    }
    states = [COUNT] if operation in ("count", "both") else []
    return Endpoint(functions[operation], name=operation, inputs=states, outputs=states, concurrency=concurrency)


class Histories(RuleBasedStateMachine):
    """Named calls of two sessions over three environments, some killed, all of them sent again and again."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_800_000_000.0
        self.data = MemoryStore(clock=lambda: self.now)
        self.warm_stores = [self.cold() for _ in range(3)]
        self.sent: list[Sent] = []
        self.model: Counter[str] = Counter()
        self.versions: dict[int, int] = {}
        self.unnamed = 0

    def cold(self) -> WarmStore:
        """Start an environment."""
        return WarmStore(Mortal(self.data, lambda: self.now), clock=lambda: self.now)

    def send(
        self,
        sent: Sent,
        place: int,
        dies: str | None = None,
        echo: bool = False,
        inside: Callable[[], None] = lambda: None,
    ) -> None:
        """Send a call, for the first time or again, and note in the model what must have happened."""
        self.now += 0.001
        warm_store = self.warm_stores[place]
        store = warm_store.store
        assert isinstance(store, Mortal)
        store.dies = dies
        complete = sent.done == COMMITS[sent.operation]
        call = Call(
            data=(),
            session=SessionId("hash", str(sent.session)),
            echo=self.versions.get(sent.session) if echo else None,
            key=sent.call_id,
        )
        try:
            step = drive(runner.result(endpoint(sent.operation, sent.concurrency, inside), call, warm_store))
        except AlreadyApplied:
            assert complete or sent.done == COMMITS[sent.operation]  # by a try of it inside this one
        except Killed:
            self.warm_stores[place] = self.cold()
            self.now += 40  # its invocation's time, and so its lease, is over
            if dies == "after":
                self.apply(sent)
        except StateConflict:
            assert sent.concurrency in ("error", "lease")  # which are not run again on what others changed
        else:
            assert not complete, f"{sent} was applied again"
            if step.version is not None:
                self.versions[sent.session] = step.version
            while sent.done < COMMITS[sent.operation]:
                self.apply(sent)
        finally:
            store.dies = None

    def apply(self, sent: Sent) -> None:
        """Do in the model what the next commit of a call does."""
        if sent.operation in ("count", "both"):
            self.model[f"count {sent.session}"] += 1
        for operations, name, amount in (
            (("share", "both"), "total", 1),
            (("visit",), "visits", 1),
            (("update",), "hot", (1, 10)[min(sent.done, 1)]),
        ):
            if sent.operation in operations:
                self.model[name] += amount
        sent.done += 1

    def new(self, session: int, operation: str, concurrency: Concurrency) -> Sent:
        """Return a call that was never sent."""
        if operation == "update":
            concurrency = "lease"  # its updates are commits of their own
        sent = Sent(f"call-{len(self.sent):08}", session, operation, concurrency, 0, self.now)
        self.sent.append(sent)
        return sent

    places = st.integers(0, 2)
    deaths = st.sampled_from([None, None, "before", "after"])
    operations = st.sampled_from(sorted(COMMITS))
    modes = st.sampled_from(["rerun", "lease", "error", "last_write"])

    @rule(
        place=places,
        session=st.integers(0, 1),
        operation=operations,
        concurrency=modes,
        dies=deaths,
        echo=st.booleans(),
    )
    def a_call_is_sent(
        self, place: int, session: int, operation: str, concurrency: Concurrency, dies: str | None, echo: bool
    ) -> None:
        """Its answer may be lost with its environment."""
        self.send(self.new(session, operation, concurrency), place, dies, echo)

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), place=places, dies=deaths, echo=st.booleans())
    def a_call_is_sent_again(self, data: st.DataObject, place: int, dies: str | None, echo: bool) -> None:
        """To any environment, warm or cold, as long as it must be remembered."""
        young = [sent for sent in self.sent if self.now - sent.at < KEPT_SECONDS - 60]
        if young:
            self.send(data.draw(st.sampled_from(young)), place, dies, echo)

    @rule(session=st.integers(0, 1), operation=st.sampled_from(["count", "share", "both", "visit"]))
    def a_call_is_sent_again_while_it_runs(self, session: int, operation: str) -> None:
        """As when a gateway gave it up; the two are one."""
        sent = self.new(session, operation, "rerun")
        met: list[str] = []

        def inside() -> None:
            if not met:
                met.append(operation)
                self.send(sent, 1)

        self.send(sent, 0, inside=inside)
        assert sent.done == 1

    @rule(
        session=st.integers(0, 1),
        operation=st.sampled_from(["count", "share", "both", "visit"]),
        times=st.integers(1, 40),
    )
    def others_write(self, session: int, operation: str, times: int) -> None:
        """Calls that nobody will send again, by Gradio's clients."""
        for _ in range(times):
            other = Sent(f"unnamed-{self.unnamed}", session, operation, "rerun", 0, self.now)
            self.unnamed += 1
            self.send(other, 2)

    @rule(seconds=st.sampled_from([1, 60, 500]))
    def time_passes(self, seconds: int) -> None:
        """What is too old is forgotten."""
        self.now += seconds

    @rule(place=places)
    def an_environment_is_recycled(self, place: int) -> None:
        """What it kept warm is gone."""
        self.warm_stores[place] = self.cold()

    @invariant()
    def every_call_counts_once(self) -> None:
        """What stands in the store is what the model says."""
        keys = [session_key("app", SessionId("hash", str(session))) for session in (0, 1)]
        names = [global_key("app", name) for name in ("total", "hot")]
        found = {key: record.payload for key, record in self.data.read([*keys, *names]).items()}
        for session, key in enumerate(keys):
            if (payload := found.get(key)) is not None:
                assert decode(unseal_states(payload)["count"]) == self.model[f"count {session}"]
        for key, name in zip(names, ("total", "hot"), strict=True):
            payload = found.get(key)
            assert (0 if payload is None else decode(unseal(payload))) == self.model[name]
        shards = [counter_key("app", "visits", shard) for shard in range(SHARDS)]
        assert sum(self.data.sums(shards).values()) == self.model["visits"]


Histories.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_random_histories_of_named_calls_agree_with_a_plain_model() -> None:
    """However often, from wherever and under whatever writes of others a call is sent again, it counts once."""
    Histories.TestCase("runTest").runTest()
