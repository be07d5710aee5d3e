"""A submit that is sent again because nobody knows whether it arrived."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest

import adapter as gr
from adapter.state.stores.recent import MOST
from tests.support.http import Answer, Door
from tests.web.conftest import Serve


def counting() -> gr.Interface:
    """An app whose State counts how often its function ran."""

    def add(step: float, total: float) -> tuple[float, float]:
        return total + step, total + step

    return gr.Interface(add, ["number", gr.State(0)], ["number", gr.State()], api_name="predict")


def test_a_call_with_an_id_runs_once_however_often_its_result_is_asked_for(serve: Serve) -> None:
    """In whichever environment: the id is the key under which the result is kept."""
    one, other = serve(counting()), serve(counting())
    joined = one("POST", "/gradio_api/call/predict", json={"data": [1], "session_hash": "ann"}).json
    address = f"/gradio_api/call/predict/{joined['event_id']}"

    assert [door.get(address).events for door in (one, other, one)] == [[("complete", [1, None])]] * 3
    assert one.run(0, session="ann").data[0] == 1


def test_a_submit_that_is_repeated_is_another_id_and_only_the_one_that_is_asked_for_runs(serve: Serve) -> None:
    """A client whose first answer was lost has one id, and with it one run."""
    door = serve(counting())
    body = {"data": [1], "session_hash": "ann"}
    lost, kept = (door("POST", "/gradio_api/call/predict", json=body).json["event_id"] for _ in range(2))

    assert lost != kept
    assert door.get(f"/gradio_api/call/predict/{kept}").events == [("complete", [1, None])]
    assert door.run(0, session="ann").data[0] == 1


NAME = "a-name-that-is-random"


def test_a_run_that_has_a_name_is_applied_once(serve: Serve) -> None:
    """Sent again because its answer was lost, to whichever environment: nothing is changed twice."""
    one, other = serve(counting()), serve(counting())
    body = {"data": [1], "session_hash": "ann", "call_id": NAME}
    first = one("POST", "/gradio_api/run/predict", json=body)
    again = [door("POST", "/gradio_api/run/predict", json=body) for door in (one, other)]

    assert first.json["data"] == [1, None]
    assert [answer.status for answer in again] == [410, 410]
    assert "It was not applied again." in again[0].json["error"]
    assert one("POST", "/gradio_api/run/predict", json={**body, "call_id": f"{NAME}-2"}).json["data"] == [2, None]


def test_what_all_share_is_changed_once_by_a_run_that_has_a_name(serve: Serve) -> None:
    """Also where the first try and the second have different sessions, as when the very first answer is lost."""
    scores: gr.GlobalState[list[float]] = gr.GlobalState([], name="scores")

    def add(score: float) -> list[float]:
        scores.append(score)
        return list(scores)

    app = gr.Interface(add, "number", "json", api_name="predict")
    one, other = serve(app), serve(app)
    body = {"data": [1], "call_id": NAME}
    assert one("POST", "/gradio_api/run/predict", json={**body, "session_hash": "ann"}).json["data"] == [[1]]
    for door in (one, other):
        assert door("POST", "/gradio_api/run/predict", json={**body, "session_hash": "bob"}).status == 410
    assert other("POST", "/gradio_api/run/predict", json={"data": [2], "session_hash": "bob"}).json["data"] == [[1, 2]]


def test_a_call_that_failed_runs_when_it_is_sent_again(serve: Serve) -> None:
    """What changed nothing may be tried as often as one likes."""
    tries: list[float] = []

    def add(step: float, total: float) -> tuple[float, float]:
        tries.append(step)
        if len(tries) == 1:
            raise gr.Error("not yet")
        return total + step, total + step

    door = serve(gr.Interface(add, ["number", gr.State(0)], ["number", gr.State()], api_name="predict"))
    body = {"data": [1], "session_hash": "ann", "call_id": NAME}
    answers = [door("POST", "/gradio_api/run/predict", json=body) for _ in range(2)]
    assert [answer.status for answer in answers] == [500, 200]
    assert answers[1].json["data"] == [1, None]


def test_a_name_that_others_might_choose_is_refused(serve: Serve) -> None:
    """It is compared with everybody's."""
    body = {"data": [1], "session_hash": "ann", "call_id": "1"}
    assert serve(counting())("POST", "/gradio_api/run/predict", json=body).status == 400


def test_a_call_without_an_id_runs_again(serve: Serve) -> None:
    """``/run`` is one request and one commit; who must not repeat one names it, or takes ``/call``."""
    door = serve(counting())
    assert [door.run(1, session="ann").data[0] for _ in range(2)] == [1, 2]


# -- others write in between --------------------------------------------------------------------


def session(concurrency: str) -> gr.Interface:
    """An app that adds to its session's number."""

    def add(step: float, total: float) -> tuple[float, float]:
        return total + step, total + step

    return gr.Interface(
        add,
        ["number", gr.State(0)],
        ["number", gr.State()],
        api_name="predict",
        concurrency=concurrency,  # type: ignore[arg-type]
    )


def shared(concurrency: str) -> gr.Interface:
    """An app that adds to a number that all share."""
    total: gr.GlobalState[float] = gr.GlobalState(0, name="total")

    def add(step: float) -> float:
        total.value += step
        return total.value

    return gr.Interface(add, "number", "number", api_name="predict", concurrency=concurrency)  # type: ignore[arg-type]


def updated(concurrency: str) -> gr.Interface:
    """The same by two updates, which functions that run once commit one by one."""
    total: gr.GlobalState[float] = gr.GlobalState(0, name="total")

    def add(step: float) -> float:
        total.update(lambda before: before + step - 0.25)
        return total.update(lambda before: before + 0.25)

    return gr.Interface(add, "number", "number", api_name="predict", concurrency=concurrency)  # type: ignore[arg-type]


def both(concurrency: str) -> gr.Interface:
    """An app that adds to a session's number and to that of all."""
    total: gr.GlobalState[float] = gr.GlobalState(0, name="total")

    def add(step: float, mine: float) -> tuple[float, float]:
        total.value += step
        return total.value, mine + step

    return gr.Interface(
        add,
        ["number", gr.State(0)],
        ["number", gr.State()],
        api_name="predict",
        concurrency=concurrency,  # type: ignore[arg-type]
    )


def streamed(concurrency: str) -> gr.Interface:
    """A generator that adds to its session's number."""

    def add(step: float, total: float) -> Iterator[tuple[float, float]]:
        yield total, total
        yield total + step, total + step

    return gr.Interface(
        add,
        ["number", gr.State(0)],
        ["number", gr.State()],
        api_name="predict",
        concurrency=concurrency,  # type: ignore[arg-type]
    )


def counter(concurrency: str) -> gr.Interface:
    """An app that adds to a counter of several items."""
    total = gr.GlobalCounter("total", shards=5)

    def add(step: float) -> int:
        total.add(int(step))
        return total.value

    return gr.Interface(add, "number", "number", api_name="predict", concurrency=concurrency)  # type: ignore[arg-type]


Send = Callable[[Door, float, str], int]


def run(door: Door, step: float, call_id: str) -> int:
    """One request and one answer."""
    body = {"data": [step], "session_hash": "ann", "call_id": call_id}
    return door("POST", "/gradio_api/run/predict", json=body).status


def queued(door: Door, step: float, call_id: str) -> int:
    """As Gradio's clients and the page do."""
    body = {"data": [step], "fn_index": 0, "session_hash": "ann", "call_id": call_id}
    door("POST", "/gradio_api/queue/join", json=body)
    messages = door.get("/gradio_api/queue/data", query={"session_hash": "ann"}).messages
    last = next(message for message in messages if message["msg"] == "process_completed")
    return 200 if last["success"] else 410 if "It was not applied again." in last["output"]["error"] else 500


def called(door: Door, step: float, call_id: str) -> int:
    """By a request that names the call and one that runs it."""
    event, data = door.call(step, session_hash="ann", call_id=call_id)[-1]
    return 200 if event == "complete" else 410 if "It was not applied again." in str(data) else 500


RUN_ONCE = ["lease", "error", "last_write"]
KINDS = [
    (app, concurrency) for app in (session, shared, updated, both, counter) for concurrency in ("rerun", *RUN_ONCE)
]
KINDS += [(streamed, concurrency) for concurrency in RUN_ONCE]
CASES = [(*kind, run) for kind in KINDS] + [
    (app, "lease", send) for app in (both, streamed) for send in (queued, called)
]


@pytest.mark.parametrize(("app", "concurrency", "send"), CASES)
def test_a_call_is_applied_once_whatever_others_wrote_in_between(
    serve: Serve, app: Callable[[str], gr.Interface], concurrency: str, send: Send
) -> None:
    """From whichever environment, as often as it is sent, for every kind of state and every way to call."""
    demo = app(concurrency)
    doors = itertools.cycle([serve(demo), serve(demo)])
    assert send(next(doors), 1, "a" * 12) == 200
    assert send(next(doors), 1, "a" * 12) == 410
    for number in range(5):
        assert send(next(doors), 1, f"others-{number:06}") == 200
        assert send(next(doors), 1, "a" * 12) == 410
    assert total(next(doors)) == 6


def total(door: Door) -> float:
    """What a call that adds nothing finds."""
    answer: Answer = door("POST", "/gradio_api/run/predict", json={"data": [0], "session_hash": "ann"})
    found: float = answer.json["data"][0]
    return found


def test_a_call_that_broke_off_between_two_updates_is_completed(serve: Serve) -> None:
    """What its first try had committed is left out of the second one."""
    count: gr.GlobalState[int] = gr.GlobalState(0, name="count")
    dies = [True]

    def add() -> int:
        count.update(lambda before: before + 1)
        if dies.pop():
            raise RuntimeError("the environment ended")
        return count.update(lambda before: before + 10)

    door = serve(gr.Interface(add, None, "number", api_name="predict", concurrency="lease"))
    body = {"data": [], "call_id": NAME}
    assert door("POST", "/gradio_api/run/predict", json=body).status == 500
    dies.append(False)
    assert door("POST", "/gradio_api/run/predict", json=body).json["data"] == [11]
    dies.append(False)
    assert door("POST", "/gradio_api/run/predict", json=body).status == 410


def test_a_function_that_catches_everything_is_not_applied_again_either(serve: Serve) -> None:
    """What it reads first of a global tells that the call was applied; it goes on, and is answered 410 all the same."""
    log: gr.GlobalState[list[str]] = gr.GlobalState([], name="log")

    def add(total: float) -> float:
        try:
            log.append("called")
        except Exception:  # noqa: BLE001 - as scripts do
            return total + 100
        return total + 1

    door = serve(gr.Interface(add, gr.State(0), gr.State(), api_name="predict"))
    body = {"data": [], "call_id": NAME}
    ann, bob = {**body, "session_hash": "ann"}, {**body, "session_hash": "bob"}
    assert [door("POST", "/gradio_api/run/predict", json=one).status for one in (ann, bob, ann)] == [200, 410, 410]


def test_as_many_calls_are_remembered_as_one_session_can_make_in_a_while(serve: Serve) -> None:
    """A visitor may press a button a hundred times before the first answer turns out to be lost."""
    door = serve(counting())
    for number in range(100):
        run(door, 1, f"call-{number:08}")
    assert {run(door, 1, f"call-{number:08}") for number in range(100)} == {410}
    assert MOST >= 100
    assert total(door) == 100
