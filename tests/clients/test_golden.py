"""What Gradio's clients saw of real Gradio, they see of the adapter, whichever environment answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Player, Step
from tests.support.dev import ROOT

pytestmark = pytest.mark.end_to_end

APPS = {
    "score_tracker": ROOT / "functions/score_tracker/app.py",
    "interface_state": ROOT / "functions/interface_state/app.py",
    "live_with_vars": HERE / "apps/live_with_vars.py",
    "simple_state": HERE / "apps/simple_state.py",
}
ROUNDS = 2


def golden(name: str) -> dict[str, Any]:
    """Return a transcript."""
    found: dict[str, Any] = json.loads((HERE / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module", params=list(APPS))
def served(request: pytest.FixtureRequest, place: Place) -> Iterator[tuple[str, str]]:
    """Each app over each store, by environments that live for five invocations; gives its name and address."""
    app: Path = APPS[request.param]
    with place.serving(app, "--environments", "3", "--recycle", "5") as server:
        yield request.param, server.url


def test_a_client_sees_what_it_saw_of_gradio(served: tuple[str, str], place: Place, player: Player) -> None:
    """Every result is the transcript's, and again with new sessions."""
    name, url = served
    steps = golden(name)["steps"]
    for _ in range(ROUNDS):
        place.forget("scores")
        results = player.replay(url, [Step(step["session"], step["api"], step["args"]) for step in steps])
        assert results == [step["result"] for step in steps]


def test_the_api_is_described_as_gradio_does(served: tuple[str, str], player: Player) -> None:
    """Endpoints, parameters and returned components are the transcript's; a State is in neither."""
    name, url = served
    assert described(player.apis(url)) == golden(name)["endpoints"]


def described(apis: dict[str, Any]) -> dict[str, Any]:
    """Return an API's description in the transcript's form."""
    return {
        path: [
            [f"{one['component']}:{one['parameter_name']}" for one in endpoint["parameters"] if not one.get("hidden")],
            [one["component"] for one in endpoint["returns"]],
        ]
        for path, endpoint in apis["named_endpoints"].items()
    }
