"""The functions of the template in Lambda's containers; ``make sam-test`` runs this, since it needs Docker.

By default `sam local start-api` makes a new environment for each request: nothing that an app keeps in memory is
there for the next one.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.clients.drivers import Python, Step, python_client
from tests.clients.test_golden import described, golden
from tests.support.dev import ROOT
from tests.support.sam import Api, Cloud, memory, sam, sam_build, start_api

pytestmark = pytest.mark.end_to_end

TEMPLATES = {
    ROOT / "template.yaml": ("score_tracker", "interface_state"),
    ROOT / "tests" / "sam" / "template.yaml": ("live_with_vars", "simple_state"),
}
WAYS = {"a new environment for each request": (), "warm containers": ("--warm-containers", "EAGER")}


@pytest.fixture(scope="module", params=list(TEMPLATES), ids=lambda path: path.parent.name)
def built(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, say: list[str]
) -> tuple[Path, tuple[str, ...]]:
    """A template after ``sam validate`` and ``sam build``, and its apps."""
    template: Path = request.param
    sam("validate", "--lint", "--template-file", template)
    out = tmp_path_factory.mktemp("sam") / "build"
    started = time.monotonic()
    said = sam_build(template, out)
    say += [
        f"{template.relative_to(ROOT)}: valid, built in {time.monotonic() - started:.0f} s",
        *(f"  {line}" for line in re.findall(r"^\w+: .* zipped, .*", said, re.MULTILINE)),
    ]
    return out, TEMPLATES[template]


@pytest.fixture(scope="module", params=list(WAYS))
def api(
    request: pytest.FixtureRequest, built: tuple[Path, tuple[str, ...]], emulated: Cloud, say: list[str]
) -> Iterator[Api]:
    """The template's functions behind ``sam local start-api``, in one way and then in the other."""
    started = time.monotonic()
    with start_api(built[0], emulated, *WAYS[request.param]) as running:
        yield running
        used = sorted(memory().values())
        taken = running.milliseconds
    say.append(
        f"{', '.join(built[1])}, {request.param}: {len(taken)} invocations in {time.monotonic() - started:.0f} s; "
        f"one took {statistics.median(taken):,.0f} ms (median; {min(taken):,.0f} to {max(taken):,.0f})"
        + (f"; memory of the environments: {', '.join(used)}" if used else "")
    )


def test_a_client_sees_what_it_saw_of_gradio(api: Api, built: tuple[Path, tuple[str, ...]], emulated: Cloud) -> None:
    """Every result of every transcript is the recorded one, whatever environment answers."""
    client = Python()
    for name in built[1]:
        emulated.store.delete([f"G#{name}#scores"])
        url = f"{api.url}/{name}"
        transcript = golden(name)
        steps = [Step(step["session"], step["api"], step["args"]) for step in transcript["steps"]]
        assert client.replay(url, steps) == [step["result"] for step in transcript["steps"]]
        assert described(client.apis(url)) == transcript["endpoints"]


def test_visitors_at_once_lose_nothing(api: Api, built: tuple[Path, tuple[str, ...]], emulated: Cloud) -> None:
    """Three write the same global value at the same time, each in an environment of its own; all three are kept."""
    if "score_tracker" not in built[1]:
        return
    emulated.store.delete(["G#score_tracker#scores"])
    clients = [python_client(f"{api.url}/score_tracker") for _ in range(3)]
    with ThreadPoolExecutor(len(clients)) as together:
        list(together.map(lambda one: one[1].predict(one[0], api_name="/predict"), enumerate(clients, 1)))
    assert clients[0].predict(0, api_name="/predict") == [3, 2, 1]
