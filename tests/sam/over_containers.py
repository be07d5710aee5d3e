"""The functions of the template in Lambda's containers; ``make sam-test`` runs this, since it needs Docker.

By default `sam local start-api` makes a new environment for each request: nothing that an app keeps in memory is
there for the next one.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
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


Build = Callable[[Path], Path]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, say: list[str]) -> Build:
    """Return a function that validates and builds a template, once, and gives the folder of what was built."""

    @cache
    def built(template: Path) -> Path:
        sam("validate", "--lint", "--template-file", template)
        out = tmp_path_factory.mktemp("sam") / "build"
        started = time.monotonic()
        said = sam_build(template, out)
        say.append(f"{template.relative_to(ROOT)}: valid, built in {time.monotonic() - started:.0f} s")
        say.extend(f"  {line}" for line in re.findall(r"^\w+: .* zipped, .*", said, re.MULTILINE))
        return out

    return built


RUNS = [(template, way) for way in WAYS for template in TEMPLATES]


@pytest.fixture(
    scope="module",
    params=RUNS,
    ids=lambda one: f"{one[0].parent.name}, {one[1]}",
)
def served(
    request: pytest.FixtureRequest, build: Build, emulated: Cloud, say: list[str]
) -> Iterator[tuple[Api, tuple[str, ...]]]:
    """The functions of each template behind ``sam local start-api``, in both ways; gives the server and their apps."""
    template, way = request.param
    names = TEMPLATES[template]
    built = build(template)
    started = time.monotonic()
    with start_api(built, emulated, *WAYS[way]) as running:
        yield running, names
        used = sorted(memory().values())
        taken = running.milliseconds
    say.append(
        f"{', '.join(names)}, {way}: {len(taken)} invocations in {time.monotonic() - started:.0f} s; "
        f"one took {statistics.median(taken):,.0f} ms (median; {min(taken):,.0f} to {max(taken):,.0f})"
        + (f"; memory of the environments: {', '.join(used)}" if used else "")
    )


def test_a_client_sees_what_it_saw_of_gradio(served: tuple[Api, tuple[str, ...]], emulated: Cloud) -> None:
    """Every result of every transcript is the recorded one, whatever environment answers."""
    api, names = served
    client = Python()
    for name in names:
        emulated.store.delete([f"G#{name}#scores"])
        url = f"{api.url}/{name}"
        transcript = golden(name)
        steps = [Step(step["session"], step["api"], step["args"]) for step in transcript["steps"]]
        assert client.replay(url, steps) == [step["result"] for step in transcript["steps"]]
        assert described(client.apis(url)) == transcript["endpoints"]


def test_visitors_at_once_lose_nothing(served: tuple[Api, tuple[str, ...]], emulated: Cloud) -> None:
    """Three write one session or one global at the same time, in environments of their own; all three are kept."""
    api, names = served
    client = python_client(f"{api.url}/{names[0]}")
    with ThreadPoolExecutor(3) as together:
        if "score_tracker" in names:
            emulated.store.delete(["G#score_tracker#scores"])
            list(together.map(lambda score: client.predict(score, api_name="/predict"), (1, 2, 3)))
            assert client.predict(0, api_name="/predict") == [3, 2, 1]
        else:
            list(together.map(lambda text: client.predict(text, api_name="/predict"), "abc"))
            assert sorted(client.predict("", api_name="/predict")) == ["a", "b", "c"]
