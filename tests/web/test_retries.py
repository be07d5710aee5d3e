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


def test_a_call_without_an_id_runs_again(serve: Serve) -> None:
    """``/run`` is one request and one commit; who must not repeat one takes ``/call``."""
    door = serve(counting())
    assert [door.run(1, session="ann").data[0] for _ in range(2)] == [1, 2]
