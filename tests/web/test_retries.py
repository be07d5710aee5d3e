"""A submit that is sent again because nobody knows whether it arrived."""

from __future__ import annotations

import adapter as gr
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
