"""``/config``, which clients and pages read before anything else."""

from __future__ import annotations

from typing import Any

import adapter as gr
from adapter.gradio_api.config import config
from tests.gradio_api.conftest import FACTS, as_json, built
from tests.gradio_api.described import described, walked

ADDED = {"max_direct_size", "persist_session", "root", "username", "style"}
"""Keys of ours for our own page, and two that real Gradio's routes add to what is recorded here."""

UNUSED = {"api_description", "event_specific_args", "time_limit"}
"""What a listener's entry says in another way; no client reads it."""

WITHOUT_PIPELINE = {"generator", "async generator"}
"""Gradio clears the buttons by listeners of their own around a generator; our page does it by itself."""

OTHER_LAYOUT = {"no inputs", "live without inputs", "no clear button"}
"""Without inputs Gradio leaves their column out, and it hides a Clear button that is not wanted."""


def listeners(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a config's listeners without what is said in another way."""
    return [{name: value for name, value in one.items() if name not in UNUSED} for one in found["listeners"]]


def test_the_keys_are_gradios(app: str) -> None:
    """No key that a client or a page may look for is missing, of the page, its components and its listeners."""
    ours, wanted = as_json(described(config(built(app)))), FACTS[app]["config"]

    assert set(ours["keys"]) == set(wanted["keys"]) | ADDED
    assert ours["component_keys"] == wanted["component_keys"]
    for mine, theirs in zip(ours["listeners"], wanted["listeners"], strict=False):
        assert mine.keys() == theirs.keys()


def test_listeners_are_gradios(app: str) -> None:
    """What can be called says the same of its triggers, inputs, outputs and options."""
    ours = listeners(as_json(described(config(built(app)))))
    assert (ours == listeners(FACTS[app]["config"])) == (app not in WITHOUT_PIPELINE | OTHER_LAYOUT)


def test_the_layout_is_gradios(app: str) -> None:
    """Rows, columns, forms and components stand where Gradio puts them; its empty row for flagging is left out."""
    ours = as_json(described(config(built(app))))["tree"]
    assert (ours == without_empty_rows(FACTS[app]["config"]["tree"])) == (app not in OTHER_LAYOUT)


def without_empty_rows(tree: Any) -> Any:
    """Return a tree without rows that hold nothing."""
    if isinstance(tree, str):
        return tree
    return {
        name: [without_empty_rows(child) for child in children if child != "row"] for name, children in tree.items()
    }


def test_ids_hang_together(app: str) -> None:
    """Every id that is named is a component's, each stands once on the page, and dependencies count from 0."""
    found = config(built(app))
    ids = [component["id"] for component in found["components"]]
    named = [
        one
        for dependency in found["dependencies"]
        for one in (*dependency["inputs"], *dependency["outputs"], *(block for block, _ in dependency["targets"]))
    ]

    assert sorted(walked(found["layout"])[1:]) == sorted(set(ids)) == sorted(ids)
    assert set(named) - {None} <= set(ids)
    assert [dependency["id"] for dependency in found["dependencies"]] == list(range(len(found["dependencies"])))
    assert found["page"][""] == {
        "layout": found["layout"],
        "components": ids,
        "dependencies": [dependency["id"] for dependency in found["dependencies"]],
    }


def test_what_clients_choose_their_way_by() -> None:
    """The version and the protocol that Gradio's clients know; no heartbeat, no root, no history in the browser."""
    found = config(built("strings"))

    assert (found["version"], found["protocol"], found["api_prefix"]) == ("6.31.0", "sse_v3", "/gradio_api")
    assert (found["connect_heartbeat"], found["root"], found["run_history"]) == (False, None, False)
    assert found["enable_queue"] is True


def test_a_state_shows_nothing_of_its_value() -> None:
    """Neither the default nor its place in the store is in the config."""
    demo = gr.Interface(lambda x, s: (x, s), ["textbox", gr.State(["the secret"], key="k")], ["textbox", gr.State()])
    [state] = [one for one in config(demo)["components"] if one["type"] == "state"]

    assert "the secret" not in str(config(demo))
    assert "value" not in state["props"]
    assert state["skip_api"] is True
    assert "api_info" not in state


def test_what_is_told_of_the_deployment() -> None:
    """The limits of uploads and the visitor's name come from outside of the app."""
    found = config(built("strings"), max_file_size=1_000, max_direct_size=2_000, username="ann")
    assert (found["max_file_size"], found["max_direct_size"], found["username"]) == (1_000, 2_000, "ann")
