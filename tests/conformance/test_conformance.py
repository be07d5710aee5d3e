"""Real Gradio and the adapter say the same of the same script, and answer the same to the same calls.

Where they do not, a row of the table in ``docs/gradio.md`` says why, and the call or app names the row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.clients.drivers import Node
from tests.conformance import play
from tests.conformance.calls import App, Call, declared
from tests.conformance.deviations import DEVIATIONS, idle, unaccounted
from tests.conformance.differences import differences
from tests.conformance.servers import RealGradio, the_adapter
from tests.support.dev import ROOT

pytestmark = pytest.mark.end_to_end

DECLARED = declared()

Differing = list[tuple[Call, list[str]]]
"""Each call with the lines that say where its answers differ."""


RUNNING = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in DECLARED]
"""The apps that are compared; all tests of one go to one worker, which serves it once."""


@pytest.fixture(scope="module", params=RUNNING)
def app(request: pytest.FixtureRequest) -> App:
    """One app after the other."""
    return DECLARED[request.param]


@pytest.fixture(scope="module")
def urls(app: App, gradio: RealGradio) -> Iterator[tuple[str, str]]:
    """The app's two addresses: real Gradio's and the adapter's."""
    with the_adapter(app.script, recycle=7 if app.name.startswith(("chat/", "state/")) else 25) as ours:
        yield f"{gradio.url(app.script)}{app.path}", f"{ours}{app.path}"


@pytest.fixture(scope="module")
def in_python(app: App, urls: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Differing:
    """What ``gradio_client`` was told."""
    folder = tmp_path_factory.mktemp("python")
    calls = [one for one in app.calls if one.event_data is None]
    return compared(calls, urls, lambda url: play.by_python(url, app.name, calls, folder))


@pytest.fixture(scope="module")
def in_javascript(app: App, urls: tuple[str, str], tmp_path_factory: pytest.TempPathFactory, node: Node) -> Differing:
    """What ``@gradio/client`` was told."""
    folder = tmp_path_factory.mktemp("javascript")
    calls = [one for one in app.calls if not one.named]
    return compared(calls, urls, lambda url: play.by_node(url, app.name, calls, folder, node))


def compared(calls: Sequence[Call], urls: tuple[str, str], plays: Callable[[str], list[play.Answer]]) -> Differing:
    """Play ``calls`` at both addresses."""
    theirs, ours = (plays(url) for url in urls)
    assert len(theirs) == len(ours) == len(calls)
    return [
        (call, list(differences(gradio, adapter))) for call, gradio, adapter in zip(calls, theirs, ours, strict=True)
    ]


def test_the_api_is_the_same(app: App, urls: tuple[str, str]) -> None:
    """Endpoints, parameters, defaults, types, examples and descriptions."""
    theirs, ours = (play.info(url) for url in urls)
    lines = list(differences(theirs, ours))
    assert not unaccounted(lines, app.deviates), "\n" + "\n".join(unaccounted(lines, app.deviates))
    assert not idle(lines, app.deviates)


def test_the_python_client_is_told_the_same(in_python: Differing) -> None:
    """Every yield, result, error and log of every call."""
    check(in_python)


def test_the_javascript_client_is_told_the_same(in_javascript: Differing) -> None:
    """Every yield, result, error and log of every call, and which States it changed."""
    check(in_javascript)


def check(found: Differing) -> None:
    """Fail with all lines that no row accounts for."""
    wrong = []
    for number, (call, lines) in enumerate(found):
        left = unaccounted(lines, call.deviates)
        wrong += [f"call {number}, {call}:", *(f"    {line}" for line in left)] if left else []
    assert not wrong, "\n" + "\n".join(wrong)


def test_no_deviation_is_out_of_date(app: App, in_python: Differing, in_javascript: Differing) -> None:
    """A call that is said to differ does, in one client at least."""
    seen = {id(call): (call, list[str]()) for call in app.calls}
    for call, lines in (*in_python, *in_javascript):
        seen[id(call)][1].extend(lines)
    wrong = [(call, idle(lines, call.deviates)) for call, lines in seen.values() if idle(lines, call.deviates)]
    assert not wrong


def test_the_table_and_the_apps_tell_of_the_same_deviations() -> None:
    """Each row of the table is shown by an app, and nothing differs that has no row."""
    text = (ROOT / "docs/gradio.md").read_text(encoding="utf-8").partition("## Different")[2].partition("\n## ")[0]
    rows = set(re.findall(r"^\| `([a-z-]+)` \|", text, flags=re.MULTILINE))
    used = {row for app in DECLARED.values() for row in app.deviates}
    used |= {row for app in DECLARED.values() for call in app.calls for row in call.deviates}
    assert rows == set(DEVIATIONS) == used


def test_every_script_is_asked_something() -> None:
    """A script without calls would be left out in silence."""
    folder = Path(__file__).with_name("apps")
    scripts = {path for path in folder.glob("*/*.py") if path.name != "calls.py"}
    assert scripts == {app.script for app in DECLARED.values()}
