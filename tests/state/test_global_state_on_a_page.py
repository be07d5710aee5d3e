"""A GlobalState as what components show at first, and in what functions return."""

from __future__ import annotations

import asyncio
from typing import Any

import adapter as gr
from adapter.calls import runner
from adapter.calls.call import Call
from adapter.settings import Settings


def test_components_take_a_global_state_as_its_value() -> None:
    """As a first value, as an output, inside another output, and for a State."""
    votes: gr.GlobalState[dict[str, int]] = gr.GlobalState({"tea": 1}, name="votes")
    scores: gr.GlobalState[list[int]] = gr.GlobalState([1], name="scores")
    title: Any = gr.GlobalState("Tea", name="title")

    def vote() -> Any:
        votes.update({"rum": votes.get("rum", 0) + 1})
        return votes, {"all": votes, "list": [scores]}, scores, title

    with gr.Blocks() as demo:
        all_votes, other, mine = gr.JSON(value=votes), gr.JSON(), gr.State(scores)
        name = gr.Textbox(value=title)
        gr.Button().click(vote, None, [all_votes, other, mine, name])
        gr.Button().click(lambda mine: [*mine, 5], mine, other)
    service = gr.handler(demo, settings=Settings()).app.state.service

    def call(number: int, *data: Any) -> Any:
        endpoint = service.blocks.listeners[number].endpoint
        return asyncio.run(runner.result(endpoint, Call(data=data), service.warm_store)).data

    values = [one["props"].get("value") for one in service.config()["components"]]
    assert {"tea": 1} in values
    assert "Tea" in values
    assert call(0) == [{"tea": 1, "rum": 1}, {"all": {"tea": 1, "rum": 1}, "list": [[1]]}, None, "Tea"]
    assert call(0)[0] == {"tea": 1, "rum": 2}
    assert call(1, None) == [[1, 5]]
