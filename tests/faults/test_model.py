"""Whatever happens in whatever order, the state is what a plain model in memory says."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from adapter.calls import runner
from adapter.calls.call import Call
from adapter.calls.endpoint import CONCURRENCIES, Concurrency, Endpoint
from adapter.components.base import Component
from adapter.components.data import JSON
from adapter.components.state import State
from adapter.errors import Error, StateConflict
from adapter.state.codec import decode, unseal, unseal_states
from adapter.state.global_state import GlobalState
from adapter.state.session import SessionId, global_key, session_key
from adapter.state.session_end import reset_session
from adapter.state.stores.base import Write
from adapter.state.stores.memory import MemoryStore
from adapter.state.warm_store import WarmStore

pytestmark = pytest.mark.end_to_end

EXAMPLES = 1_000 if os.environ.get("CI") == "true" else 100

LOG = State([], key="log")
COUNT = State(0, key="count")
shared: GlobalState[list[int]] = GlobalState([], "shared", max_age_seconds=0)


class Killed(BaseException):
    """The environment has ended; no code of it runs on."""


class MortalStore(MemoryStore):
    """An environment's way to the data that all of them share; it can end at any write."""

    def __init__(self, data: MemoryStore, clock: Callable[[], float]) -> None:
        super().__init__(clock=clock)
        self._guard, self._shelf = data._guard, data._shelf
        self.dies: str | None = None
        self.dead = False

    def write(self, writes: Sequence[Write]) -> None:
        if self.dies == "before":
            self.dead = True
        self._live()
        super().write(writes)
        if self.dies == "after":
            self.dead = True
        self._live()

    def unlock(self, key: str, holder: bytes) -> None:
        self._live()
        super().unlock(key, holder)

    def _live(self) -> None:
        if self.dead:
            raise Killed


@dataclass
class Model:
    """What the state should be.

    Attributes:
        logs: of each session.
        counts: of each session.
        shared: of all.
    """

    logs: dict[int, list[int]] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    shared: list[int] = field(default_factory=list)

    def apply(self, operation: str, session: int, item: int) -> None:
        """Do what a call of ``operation`` does."""
        if operation in ("append", "replace", "both", "all"):
            self.logs.setdefault(session, []).append(item)
        if operation in ("count", "both", "all"):
            self.counts[session] = self.counts.get(session, 0) + 1
        if operation in ("share", "all"):
            self.shared.append(item)
        if operation == "clear":
            self.logs[session] = []


USED = {
    "append": {"log"},
    "replace": {"log"},
    "clear": {"log"},
    "count": {"count"},
    "both": {"log", "count"},
    "share": {"shared"},
    "all": {"log", "count", "shared"},
    "look": {"log", "count"},
    "fail": {"log", "shared"},
}
"""Which states an operation uses."""

CHANGED = {**USED, "look": set(), "fail": set()}


def endpoint(operation: str, concurrency: Concurrency, item: int, inside: Callable[[], None]) -> Endpoint:
    """Return an endpoint that does ``operation``, with ``inside`` in the middle."""

    def append(log: list[int]) -> None:
        log.append(item)
        inside()

    def replace(log: list[int]) -> list[int]:
        inside()
        return [*log, item]

    def clear() -> list[int]:
        inside()
        return []

    def count(count: int) -> int:
        inside()
        return count + 1

    def both(log: list[int], count: int) -> tuple[list[int], int]:
        log.append(item)
        inside()
        return log, count + 1

    def share() -> None:
        shared.append(item)
        inside()

    def everything(log: list[int], count: int) -> int:
        shared.append(item)
        inside()
        log.append(item)
        return count + 1

    def look(log: list[int], count: int) -> Any:
        inside()
        return [log, count]

    def fail(log: list[int]) -> None:
        log.append(item)
        shared.append(item)
        inside()
        raise Error("on purpose")

    kinds: dict[str, tuple[Callable[..., Any], list[Component], list[Component]]] = {
        "append": (append, [LOG], []),
        "replace": (replace, [LOG], [LOG]),
        "clear": (clear, [], [LOG]),
        "count": (count, [COUNT], [COUNT]),
        "both": (both, [LOG, COUNT], [LOG, COUNT]),
        "share": (share, [], []),
        "all": (everything, [LOG, COUNT], [COUNT]),
        "look": (look, [LOG, COUNT], [JSON()]),
        "fail": (fail, [LOG], []),
    }
    fn, inputs, outputs = kinds[operation]
    return Endpoint(fn, name=operation, inputs=inputs, outputs=outputs, concurrency=concurrency)


def key_of(session: int) -> str:
    """Return the key of a session's item."""
    return session_key("app", SessionId("hash", str(session)))


def drive(call: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine that never waits, without an event loop, so that calls can stand inside calls."""
    try:
        call.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("the call waited")


sessions = st.integers(0, 2)
places = st.integers(0, 2)
operations = st.sampled_from(sorted(USED))
concurrencies = st.sampled_from(CONCURRENCIES)
deaths = st.sampled_from([None, None, "before", "after"])


class Calls(RuleBasedStateMachine):
    """Calls by three sessions over three environments, some inside others, some killed."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_800_000_000.0
        self.data = MemoryStore(clock=lambda: self.now)
        self.warm_stores = [self.cold() for _ in range(3)]
        self.model = Model()
        self.items = iter(range(1_000_000))
        self.versions: dict[int, int] = {}

    def cold(self) -> WarmStore:
        """Start an environment."""
        return WarmStore(MortalStore(self.data, lambda: self.now), clock=lambda: self.now)

    def run_call(
        self,
        place: int,
        session: int,
        operation: str,
        concurrency: Concurrency,
        *,
        dies: str | None = None,
        echo: bool = False,
        inside: Callable[[], None] = lambda: None,
    ) -> str:
        """Run one call and note in the model what must have happened; return how it ended."""
        item = next(self.items)
        self.now += 0.001
        warm_store = self.warm_stores[place]
        store = warm_store.store
        assert isinstance(store, MortalStore)
        store.dies = dies
        call = Call(data=(), session=SessionId("hash", str(session)), echo=self.versions.get(session) if echo else None)
        try:
            step = drive(runner.result(endpoint(operation, concurrency, item, inside), call, warm_store))
        except Error:
            store.dies = None
            return "failed"
        except StateConflict:
            store.dies = None
            return "refused"
        except Killed:
            self.warm_stores[place] = self.cold()
            self.versions.pop(session, None)  # who gets no answer trusts no warm copy until the next one
            self.now += 40  # its invocation's time, and so its lease, is over
            if dies == "after":
                self.model.apply(operation, session, item)
            return "killed"
        store.dies = None
        if step.version is not None:
            self.versions[session] = step.version
        if operation == "look":
            assert step.data == [[self.model.logs.get(session, []), self.model.counts.get(session, 0)]]
        self.model.apply(operation, session, item)
        return "done"

    @rule(
        place=places, session=sessions, operation=operations, concurrency=concurrencies, dies=deaths, echo=st.booleans()
    )
    def one_call(
        self, place: int, session: int, operation: str, concurrency: Concurrency, dies: str | None, echo: bool
    ) -> None:
        """A call on its own always succeeds, unless its function fails or its environment ends."""
        ended = self.run_call(place, session, operation, concurrency, dies=dies, echo=echo)
        assert ended == ("failed" if operation == "fail" else ended)
        assert ended != "refused"

    @rule(
        outer=st.sampled_from(
            sorted(USED.keys() - {"clear", "look"})
        ),  # what changes nothing may stand in either order
        inner=operations,
        session=sessions,
        other=sessions,
        concurrency=st.sampled_from(["rerun", "error"]),
        echo=st.booleans(),
    )
    def one_call_inside_another(
        self, outer: str, inner: str, session: int, other: int, concurrency: Concurrency, echo: bool
    ) -> None:
        """The inner one comes first; the outer one runs again on its result, or is refused if it must run once."""
        met: list[str] = []
        before: list[Model] = []

        def inside() -> None:
            if not met:
                met.append(self.run_call(1, other, inner, "rerun", echo=echo))
                before.append(copy.deepcopy(self.model))

        ended = self.run_call(0, session, outer, concurrency, inside=inside)
        overlap = USED[outer] & CHANGED[inner] - ({"log", "count"} if session != other else set())
        if outer == "fail":
            assert ended == "failed"
        elif overlap and concurrency == "error" and inner != "clear":  # which changes nothing of an empty log
            assert ended == "refused"
        else:
            assert ended == "done" or inner == "clear"

    @rule(place=places)
    def an_environment_is_recycled(self, place: int) -> None:
        """What it kept warm is gone, and nothing else."""
        self.warm_stores[place] = self.cold()

    @rule(session=sessions)
    def a_session_is_reset(self, session: int) -> None:
        """It starts anew; what is shared stays."""
        reset_session(self.warm_stores[0], SessionId("hash", str(session)), [])
        self.model.logs.pop(session, None)
        self.model.counts.pop(session, None)

    @rule()
    def all_sessions_expire(self) -> None:
        """Nobody used them for an hour."""
        self.now += 3_601
        self.model.logs.clear()
        self.model.counts.clear()

    @invariant()
    def the_state_is_as_the_model_says(self) -> None:
        """What stands in the store is it."""
        records = self.data.read([*map(key_of, range(3)), global_key("app", "shared")])
        for session in range(3):
            record = records.get(key_of(session))
            states = {} if record is None or record.payload is None else unseal_states(record.payload)
            log, count = (decode(states[name]) if name in states else None for name in ("log", "count"))
            assert (log or [], count or 0) == (self.model.logs.get(session, []), self.model.counts.get(session, 0))
        kept = records.get(global_key("app", "shared"))
        value = [] if kept is None or kept.payload is None else decode(unseal(kept.payload))
        assert value == self.model.shared


Calls.TestCase.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_random_calls_kills_and_resets_agree_with_a_plain_model() -> None:
    """1,000 random histories in CI: every value is what a plain dictionary would hold."""
    case = Calls.TestCase()
    case.runTest()


@pytest.mark.parametrize("operation", sorted(USED))
def test_the_model_knows_every_operation(operation: str) -> None:
    """What an operation changes is among what it uses."""
    assert CHANGED[operation] <= USED[operation]
