"""The app under AWS's own runtime client and its runtime interface emulator, without Docker."""

from __future__ import annotations

import os
import select
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from adapter.commands.dev.rie_program import find_emulator
from adapter.errors import ConfigurationError
from tests.clients.conftest import Place, sqlite_place
from tests.clients.drivers import Python, Step
from tests.clients.test_golden import APPS, described, golden
from tests.dev_server.conftest import PROBE, Serve

RUNTIME = PROBE.with_name("runtime.py")


@pytest.fixture(scope="module", autouse=True)
def _emulator() -> None:
    """Without an emulator the tests are skipped; under ``CI=true`` they fail."""
    try:
        find_emulator()
    except ConfigurationError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A SQLite file that all environments share."""
    with sqlite_place(tmp_path_factory.mktemp("state")) as found:
        yield found


@pytest.mark.end_to_end
@pytest.mark.parametrize("name", list(APPS))
def test_a_client_sees_what_it_saw_of_gradio(name: str, place: Place) -> None:
    """Every recorded result, by three environments of AWS's runtime that live for five invocations."""
    transcript = golden(name)
    steps = [Step(step["session"], step["api"], step["args"]) for step in transcript["steps"]]
    client = Python()
    with place.serving(APPS[name], "--runtime", "rie", "--environments", "3", "--recycle", "5") as server:
        for _ in range(2):
            place.forget("scores")
            assert client.replay(server.url, steps) == [step["result"] for step in transcript["steps"]]
        assert described(client.apis(server.url)) == transcript["endpoints"]


def test_it_is_the_runtime_that_calls_the_handler(serve: Serve) -> None:
    """By its client, over a Runtime API of each environment's own, with the invocation's deadline."""
    _, client = serve("--runtime", "rie", "--environments", "2", "--timeout", "7", app=RUNTIME)
    told: dict[int, dict[str, str]] = {}
    while len(told) < 2:
        answer = client.get("/").json()
        told[answer["pid"]] = answer
        assert answer["function"] == "runtime"
        assert 0 < answer["remaining_ms"] <= 7_000
    one, other = told.values()
    assert one["runtime_api"] != other["runtime_api"]
    assert one["invocation"] != other["invocation"]


def test_an_emulator_is_never_given_two_invocations_at_once(serve: Serve) -> None:
    """More requests than environments wait; all are answered, and none overlaps another of its environment."""
    _, client = serve("--runtime", "rie", "--environments", "2")
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: client.get("/work").json(), range(24)))
    by_environment = defaultdict(list)
    for answer in answers:
        by_environment[answer["pid"]].append((answer["begun"], answer["ended"]))
    for spans in by_environment.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/fail", 502, "the handler raised RuntimeError: no luck"),
        ("/exit", 502, "the environment ended before it answered"),
        ("/die", 502, "the environment ended before it answered"),
        ("/large", 502, "exceeded maximum allowed payload size"),
        ("/hang", 504, "timed out after"),
    ],
)
def test_what_goes_wrong_is_answered_as_aws_does(serve: Serve, path: str, status: int, said: str) -> None:
    """The request fails, the terminal says why, and the next one is answered."""
    server, client = serve("--runtime", "rie", "--timeout", "2")
    assert client.get(path).status_code == status
    server.wait_for(said)
    assert client.get("/work").status_code == 200


def test_an_app_that_does_not_load_says_so(serve: Serve, tmp_path: Path) -> None:
    """Its traceback is in the terminal, and the answer names the error."""
    app = tmp_path / "broken.py"
    app.write_text("raise LookupError('nowhere')\n")
    server, client = serve("--runtime", "rie", app=app)
    assert client.get("/").json()["error"] == "The app does not load: LookupError: nowhere"
    assert f'File "{app}", line 1' in server.output


def test_nothing_is_left_when_the_dev_server_is_killed(serve: Serve) -> None:
    """Neither an emulator nor a runtime goes on."""
    server, client = serve("--runtime", "rie", "--environments", "2", app=RUNTIME)
    pids: set[int] = set()
    while len(pids) < 4:
        answer = client.get("/").json()
        pids |= {answer["pid"], answer["emulator"]}
    descriptors = [os.pidfd_open(pid) for pid in pids]
    server.process.kill()
    for descriptor in descriptors:
        ended, _, _ = select.select([descriptor], [], [], 60)
        os.close(descriptor)
        assert ended


def test_where_the_emulator_is_given_it_must_be_one(tmp_path: Path) -> None:
    """The message names what was given."""
    with pytest.raises(ConfigurationError, match=r"--rie .*nothing is no program"):
        find_emulator(str(tmp_path / "nothing"))


def test_the_emulator_is_found_beside_the_sam_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the command on PATH, whether it lies in a virtual environment or as AWS's installer lays it."""
    for top in ("lib/python3.13/site-packages/samcli", "bin/_internal/samcli"):
        home = tmp_path / top.replace("/", "-")
        program = home / top / "local" / "rapid" / "aws-lambda-rie-arm64"
        for file in (home / "bin" / "sam", program):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o755)
        monkeypatch.setenv("PATH", str(home / "bin"))
        monkeypatch.setattr("platform.machine", lambda: "aarch64")
        assert find_emulator() == str(program)


def test_where_there_is_no_emulator_the_remedy_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is part of the SAM CLI, which can be installed anywhere."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.prefix", str(tmp_path / "venv"))
    with pytest.raises(ConfigurationError, match=r"pip install aws-sam-cli.*--rie PATH"):
        find_emulator()
