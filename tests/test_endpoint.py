from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from adapter.calls import runner
from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Concurrency, Endpoint
from adapter.calls.notices import Info, Notice
from adapter.calls.request import Headers, Request
from adapter.components.number import Number
from adapter.components.state import State
from adapter.components.text import Textbox
from adapter.components.updates import skip, update
from adapter.errors import Error, FunctionFailed, InvalidInput, StateConflict
from adapter.state.global_state import GlobalState
from adapter.state.open_apps import use_warm_store
from adapter.state.session import SessionId
from adapter.state.stores.memory import MemoryStore
from adapter.state.stores.sqlite import SQLiteStore
from adapter.state.warm_store import WarmStore

ANN = SessionId("hash", "ann")

Start = Callable[[], WarmStore]


@pytest.fixture(params=["memory", "sqlite"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    """Start another execution environment over the same store."""
    store = MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "state.db")

    def start() -> WarmStore:
        warm_store = WarmStore(store)
        use_warm_store(warm_store)
        return warm_store

    yield start
    use_warm_store(None)
    store.close()


def steps(endpoint: Endpoint, warm_store: WarmStore, *data: Any, **options: Any) -> list[Step]:
    """Run one call of Ann's session and return its steps."""

    async def run() -> list[Step]:
        call = Call(data=data, **{"session": ANN, **options})
        return [step async for step in runner.steps(endpoint, call, warm_store)]

    return asyncio.run(run())


def answer(endpoint: Endpoint, warm_store: WarmStore, *data: Any, **options: Any) -> list[Any]:
    """Run one call of Ann's session and return its last data."""
    return steps(endpoint, warm_store, *data, **options)[-1].data


def remembering(concurrency: Concurrency | None = None, pause: Callable[[], None] = lambda: None) -> Endpoint:
    """An endpoint that appends its input to its State and returns all of it."""

    def remember(text: str, history: list[str]) -> tuple[str, list[str]]:
        history = [*history, text]
        pause()
        return ",".join(history), history

    state = State([])
    return Endpoint(
        remember, name="remember", inputs=[Textbox(), state], outputs=[Textbox(), state], concurrency=concurrency
    )


def test_values_go_in_and_out_and_state_stays_inside(environment: Start) -> None:
    """The wire has null for a State; the session has its value."""
    endpoint = remembering()
    assert answer(endpoint, environment(), "a", None) == ["a", None]
    assert answer(endpoint, environment(), "b", ["forged"]) == ["a,b", None]
    assert answer(endpoint, environment(), "c") == ["a,b,c", None]
    assert answer(endpoint, environment(), "other", session=SessionId("hash", "bob")) == ["other", None]


def test_a_step_tells_which_states_changed(environment: Start) -> None:
    """For ``State.change``: those among its outputs that something listens to, and no unchanged one."""
    endpoint = remembering()
    (step,) = steps(endpoint, environment(), "a")
    assert step.changed == ()
    endpoint.states[0].note_listener("change")
    (step,) = steps(endpoint, environment(), "b")
    assert step.changed == endpoint.states
    assert step.final
    assert step.version is not None


def test_a_generator_that_yields_nothing_answers_null(environment: Start) -> None:
    """As in Gradio: each output gets ``null``, and a State stays as it is."""

    def nothing(kept: list[str]) -> Iterator[tuple[str, list[str]]]:
        yield from ()

    state = State(["kept"])
    endpoint = Endpoint(nothing, name="nothing", inputs=[state], outputs=[Textbox(), state])
    assert [step.data for step in steps(endpoint, environment())] == [[None, None]]
    look = Endpoint(lambda kept: kept[0], name="look", inputs=[state], outputs=[Textbox()])
    assert answer(look, environment()) == ["kept"]


def test_a_listener_that_alters_the_state_it_looks_at_does_not_call_itself(environment: Start) -> None:
    """What is altered in place is kept, and only an output's change is told; else it would go on for ever."""

    def note(seen: list[str]) -> int:
        seen.append("again")
        return len(seen)

    state = State([])
    state.note_listener("change")
    endpoint = Endpoint(note, name="note", inputs=[state], outputs=[Number()])
    found = [steps(endpoint, environment()) for _ in range(2)]
    assert [(step.data, step.changed) for (step,) in found] == [([1], ()), ([2], ())]


def test_async_functions_are_awaited(environment: Start) -> None:
    """An ``async def`` is a function like any other."""

    async def double(number: float) -> float:
        await asyncio.sleep(0)
        return number * 2

    assert answer(Endpoint(double, name="d", inputs=[Number()], outputs=[Number()]), environment(), 4) == [8]


def test_a_generator_gives_every_yield_and_commits_at_its_end(environment: Start) -> None:
    """What it yielded for its State is durable with the final step."""
    state = State([])

    def stream(text: str, history: list[str]) -> Iterator[tuple[str, list[str]]]:
        for length in range(1, len(text) + 1):
            yield text[:length], [*history, text[:length]]

    endpoint = Endpoint(stream, name="s", inputs=[Textbox(), state], outputs=[Textbox(), state])
    given = steps(endpoint, environment(), "abc")
    assert [(step.data[0], step.final) for step in given] == [
        ("a", False),
        ("ab", False),
        ("abc", False),
        ("abc", True),
    ]
    assert endpoint.concurrency == "lease"
    assert answer(endpoint, environment(), "x") == ["x", None]
    probe = Endpoint(lambda history: ",".join(history), name="p", inputs=[state], outputs=[Textbox()])
    assert answer(probe, environment()) == ["abc,x"]


def test_async_generators_stream_too(environment: Start) -> None:
    """Both kinds of generator give the same steps."""

    async def stream(text: str) -> AsyncIterator[str]:
        for letter in text:
            yield letter

    endpoint = Endpoint(stream, name="s", inputs=[Textbox()], outputs=[Textbox()])
    assert [step.data[0] for step in steps(endpoint, environment(), "ab")] == ["a", "b", "b"]


def test_a_generator_that_fails_late_changes_no_state(environment: Start) -> None:
    """What was yielded was seen; the session is as before, and not locked."""
    state = State(0)

    def stream(total: int) -> Iterator[tuple[int, int]]:
        yield 1, 1
        raise Error("half way")

    endpoint = Endpoint(stream, name="s", inputs=[state], outputs=[Number(), state])
    with pytest.raises(Error, match="half way"):
        steps(endpoint, environment())
    probe = Endpoint(lambda total: total, name="p", inputs=[state], outputs=[Number()], concurrency="lease")
    assert answer(probe, environment()) == [0]


def test_a_cancelled_generator_keeps_what_it_yielded(environment: Start) -> None:
    """Stop ends it after the yield, and its State is that yield's."""
    state = State(0)

    def stream(total: int) -> Iterator[tuple[int, int]]:
        for number in range(1, 100):
            yield number, number

    endpoint = Endpoint(stream, name="s", inputs=[state], outputs=[Number(), state])
    given = steps(endpoint, environment(), cancelled=lambda: True)
    assert [step.data[0] for step in given] == [1, 1]
    probe = Endpoint(lambda total: total, name="p", inputs=[state], outputs=[Number()])
    assert answer(probe, environment()) == [1]


def test_a_function_that_raises_changes_nothing(environment: Start) -> None:
    """Mutated in place, and raised: nothing happened."""
    state = State([])

    def fail(history: list[int]) -> int:
        history.append(1)
        raise KeyError("secret")

    endpoint = Endpoint(fail, name="f", inputs=[state], outputs=[Number()])
    with pytest.raises(FunctionFailed, match="/f raised KeyError") as failure:
        answer(endpoint, environment())
    assert isinstance(failure.value.__cause__, KeyError)
    assert "secret" not in str(failure.value)
    probe = Endpoint(len, name="p", inputs=[state], outputs=[Number()])
    assert answer(probe, environment()) == [0]


def test_skip_update_and_none_for_a_state(environment: Start) -> None:
    """``skip`` leaves it, ``update(value=…)`` and a value set it, ``None`` is a value."""
    state = State("first")
    returned: list[Any] = []
    endpoint = Endpoint(lambda: returned[-1], name="set", inputs=[], outputs=[state])
    probe = Endpoint(repr, name="p", inputs=[state], outputs=[Textbox()])
    for value, expected in (
        (skip(), "first"),
        (update(value=2), 2),
        (update(visible=True), 2),
        (None, None),
        ([1], [1]),
    ):
        returned.append(value)
        answer(endpoint, environment())
        assert answer(probe, environment()) == [repr(expected)]


def test_outputs_may_be_returned_by_component(environment: Start) -> None:
    """A dict by component sets those, and leaves the others."""
    one, two, state = Textbox(), Textbox(), State(0)
    endpoint = Endpoint(lambda: {two: "2", state: 5}, name="d", inputs=[], outputs=[one, two, state])
    assert answer(endpoint, environment()) == [{"__type__": "update"}, "2", None]
    probe = Endpoint(lambda total: total, name="p", inputs=[state], outputs=[Number()])
    assert answer(probe, environment()) == [5]


def test_the_number_of_values_is_checked(environment: Start) -> None:
    """Too few inputs are the caller's mistake, too few outputs the function's."""
    endpoint = remembering()
    with pytest.raises(InvalidInput, match="/remember got 3 inputs; it takes 1"):
        answer(endpoint, environment(), "a", None, "c")
    few = Endpoint(lambda: 1, name="few", inputs=[], outputs=[Number(), Number()])
    with pytest.raises(FunctionFailed, match="returned 1 values; its outputs need 2"):
        answer(few, environment())


def test_the_request_and_notices_reach_the_function(environment: Start) -> None:
    """A parameter annotated with Request is not an input; what it says to its visitor is passed on."""
    said: list[Notice] = []

    def greet(name: str, request: Request, mark: str = "!") -> str:
        Info(f"from {request.headers['User-Agent']}")
        return f"{name}{mark}{request.session_hash}"

    endpoint = Endpoint(greet, name="g", inputs=[Textbox(), Textbox()], outputs=[Textbox()])
    request = Request(headers=Headers({"User-Agent": "test"}), session_hash="ann")
    assert answer(endpoint, environment(), "a", "?", request=request, notice=said.append) == ["a?ann"]
    assert [notice.message for notice in said] == ["from test"]


def rendezvous(parties: int = 2) -> Callable[[], None]:
    """Let the first calls meet inside the function, so that all have read before one commits."""
    barrier = threading.Barrier(parties)
    met: list[int] = []

    def pause() -> None:
        if len(met) < parties:
            met.append(1)
            barrier.wait(10)

    return pause


def in_parallel(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls at once and return their results; a conflict is a result too."""
    results: list[Any] = [None] * len(calls)

    def run(position: int) -> None:
        try:
            results[position] = calls[position]()
        except StateConflict as error:
            results[position] = error

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_rerun_runs_the_loser_again_on_the_winners_value(environment: Start, caplog: pytest.LogCaptureFixture) -> None:
    """Both calls count, each answer is right, and the log says once what happened and what else to choose."""
    endpoint = remembering("rerun", rendezvous())
    here, there = environment(), environment()
    with caplog.at_level(logging.WARNING, "adapter.calls.runner"):
        answers = in_parallel(lambda: answer(endpoint, here, "a"), lambda: answer(endpoint, there, "b"))
    longest = max(answers, key=lambda found: len(found[0]))
    assert longest[0] in ("a,b", "b,a")
    assert caplog.text.count("ran again") == 1
    for choice in ("'lease'", "'error'", "'last_write'"):
        assert choice in caplog.text


def test_error_tells_the_loser(environment: Start) -> None:
    """One wins, the other gets 409 and may retry; nothing of its is kept."""
    endpoint = remembering("error", rendezvous())
    here, there = environment(), environment()
    answers = in_parallel(lambda: answer(endpoint, here, "a"), lambda: answer(endpoint, there, "b"))
    assert sorted(type(found).__name__ for found in answers) == ["StateConflict", "list"]


@pytest.mark.parametrize("concurrency", ["rerun", "lease", "error", "last_write"])
@pytest.mark.parametrize("is_generator", [False, True], ids=["function", "generator"])
def test_a_call_starts_from_the_globals_of_all_calls_before_it(
    environment: Start, concurrency: Concurrency, is_generator: bool
) -> None:
    """A GlobalState that its environment read a moment ago hides no change that was committed elsewhere since."""
    total: GlobalState[int] = GlobalState(0, "total")

    def add() -> int:
        total.value += 1
        return total.value

    def add_slowly() -> Iterator[int]:
        yield add()

    here, elsewhere = environment(), environment()
    fn = add_slowly if is_generator else add
    endpoint = Endpoint(fn, name="add", inputs=[], outputs=[Number()], concurrency=concurrency)
    look = Endpoint(lambda: total.value, name="look", inputs=[], outputs=[Number()])
    assert answer(look, here) == [0]
    assert answer(Endpoint(add, name="add", inputs=[], outputs=[Number()]), elsewhere) == [1]
    assert answer(endpoint, here) == [2]


def test_last_write_overwrites(environment: Start) -> None:
    """As in Gradio: both succeed, one of them is lost."""
    endpoint = remembering("last_write", rendezvous())
    here, there = environment(), environment()
    answers = in_parallel(lambda: answer(endpoint, here, "a"), lambda: answer(endpoint, there, "b"))
    assert sorted(found[0] for found in answers) == ["a", "b"]
    assert answer(remembering_states_of(endpoint), environment())[0] in ("a", "b")


def remembering_states_of(endpoint: Endpoint) -> Endpoint:
    """An endpoint that shows the State of another."""
    (state,) = endpoint.states
    return Endpoint(lambda history: ",".join(history), name="p", inputs=[state], outputs=[Textbox()])


def test_lease_runs_each_call_once_one_after_the_other(environment: Start) -> None:
    """Never two of one session at once, and nothing lost."""
    running: list[int] = []
    overlaps: list[int] = []
    runs: list[int] = []

    def watch() -> None:
        running.append(1)
        runs.append(1)
        overlaps.append(len(running))
        time.sleep(0.001)
        running.pop()

    endpoint = remembering("lease", watch)
    warm_stores = [environment(), environment()]
    answers = in_parallel(*(lambda n=n: answer(endpoint, warm_stores[n % 2], str(n)) for n in range(8)))
    assert max(overlaps) == 1
    assert len(runs) == 8
    assert sorted(len(found[0].split(",")) for found in answers) == list(range(1, 9))


def test_a_waiter_gives_up_in_time_to_answer(environment: Start) -> None:
    """It gets 409 before its invocation's deadline; the holder is not disturbed."""
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        inside.set()
        assert leave.wait(10)

    holder = remembering("lease", hold)
    waiter = Endpoint(holder.fn, name="w", inputs=holder.inputs, outputs=holder.outputs, concurrency="lease")
    here, there = environment(), environment()
    holding = threading.Thread(target=lambda: answer(holder, here, "a"))
    holding.start()
    assert inside.wait(10)
    started = time.monotonic()
    with pytest.raises(StateConflict, match="busy"):
        answer(waiter, there, "b", deadline=time.monotonic() + 1.2)
    assert time.monotonic() - started < 1.2
    leave.set()
    holding.join()
    assert answer(remembering_states_of(holder), environment()) == ["a"]


@pytest.mark.parametrize("concurrency", ["rerun", "lease"])
def test_sixteen_threads_lose_nothing(environment: Start, concurrency: Concurrency) -> None:
    """16 threads × 5 increments of one session and of one global over two environments: 80 of 80 each."""
    total: GlobalState[int] = GlobalState(0, "total")
    state = State(0)

    def increment(count: int) -> int:
        if concurrency == "rerun":
            total.value += 1
        else:
            total.update(lambda value: value + 1)
        return count + 1

    endpoint = Endpoint(increment, name="i", inputs=[state], outputs=[state], concurrency=concurrency)
    warm_stores = [environment(), environment()]

    def work(n: int) -> None:
        for _ in range(5):
            answer(endpoint, warm_stores[n % 2])

    assert in_parallel(*(lambda n=n: work(n) for n in range(16))) == [None] * 16
    probe = Endpoint(lambda count: count, name="p", inputs=[state], outputs=[Number()])
    assert answer(probe, environment()) == [80]
    assert total.value == 80
