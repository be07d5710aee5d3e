"""Which environment answers, one at a time, and what happens when one is gone."""

from __future__ import annotations

import os
import re
import signal
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import httpx

from tests.dev_server.conftest import Serve


def pid_of(client: httpx.Client) -> int:
    """Return which environment answers next."""
    pid: int = client.get("/").json()["pid"]
    return pid


def test_requests_go_to_all_environments_at_random(serve: Serve) -> None:
    """Everybody gets a share, and the order has no pattern."""
    _, client = serve("--environments", "3")
    seen: set[int] = set()
    while len(seen) < 3:
        seen.add(pid_of(client))
    order = [pid_of(client) for _ in range(60)]
    shares = Counter(order)
    assert len(shares) == 3
    assert min(shares.values()) >= 5
    assert len({tuple(order[i : i + 3]) for i in range(58)}) > 6


def test_an_environment_answers_one_invocation_at_a_time(serve: Serve) -> None:
    """More requests than environments wait; all are answered, and none overlaps another of its environment."""
    _, client = serve("--environments", "2")
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: client.get("/work").json(), range(30)))
    by_environment = defaultdict(list)
    for answer in answers:
        by_environment[answer["pid"]].append((answer["begun"], answer["ended"]))
    assert len(by_environment) == 2
    for spans in by_environment.values():
        spans.sort()
        assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_a_recycled_environment_is_killed_and_replaced(serve: Serve) -> None:
    """After K invocations each; no request notices."""
    _, client = serve("--environments", "2", "--recycle", "3")
    pids = Counter(pid_of(client) for _ in range(30))
    assert sum(pids.values()) == 30
    assert max(pids.values()) <= 3
    worn = [pid for pid, count in pids.items() if count == 3]
    assert len(worn) >= 8
    for pid in worn:
        wait_for_end(pid)


def wait_for_end(pid: int) -> None:
    """Wait until there is no such process."""
    patience_ends = time.monotonic() + 60
    while time.monotonic() < patience_ends:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
    raise AssertionError(f"process {pid} goes on")


def test_a_killed_environment_fails_its_own_request_only(serve: Serve) -> None:
    """502 in API Gateway's shape, a line in the terminal, and a new environment for the next."""
    server, client = serve()
    before = pid_of(client)
    for path, how in {"/die": "SIGKILL", "/exit": "exit code 3"}.items():
        answer = client.get(path)
        assert (answer.status_code, answer.json()) == (502, {"message": "Internal Server Error"})
        server.wait_for(f"before it answered ({how})")
        after = pid_of(client)
        assert after != before
        before = after


def test_an_environment_that_dies_idle_is_replaced(serve: Serve) -> None:
    """Its end is noticed without a request."""
    _, client = serve("--environments", "2")
    seen: set[int] = set()
    while len(seen) < 2:
        seen.add(pid_of(client))
    os.kill(min(seen), signal.SIGKILL)
    fresh: set[int] = set()
    while not fresh:
        answer = client.get("/")
        # a request may have been on its way to it
        fresh = {answer.json()["pid"]} - seen if answer.status_code == 200 else set()
    assert len({pid_of(client) for _ in range(40)} - {min(seen)}) == 2


def test_an_environment_is_gone_even_if_it_leaves_a_process_behind(serve: Serve) -> None:
    """What it has forked holds its end of the channel, and nobody waits for that."""
    server, client = serve()
    answer = client.get("/fork-and-die")
    found = re.search(r"left behind: (\d+)", server.wait_for("left behind: "))
    assert found
    os.kill(int(found[1]), signal.SIGKILL)
    assert answer.status_code == 502
    assert client.get("/").status_code == 200


def test_a_start_that_ends_without_a_word_is_tried_again(serve: Serve, tmp_path: Path) -> None:
    """Three times; then it is said like any other error of the app."""
    app = tmp_path / "app.py"
    app.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    server, client = serve(app=app)
    said = "the environment ended while it loaded the app, 3 times (SIGKILL)"
    assert said in client.get("/").json()["message"]
    app.write_text(
        "import os, pathlib, signal\n"
        f"died = pathlib.Path({str(tmp_path / 'died')!r})\n"
        "if not died.exists():\n    died.mkdir()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "def handler(event, context):\n    return 'served'\n"
    )
    server.wait_for("The new code serves.")
    assert client.get("/").text == "served"


def test_code_that_has_loaded_before_is_tried_again_by_the_next_request(serve: Serve, tmp_path: Path) -> None:
    """A replacement that does not load fails the requests that need it, and no later ones."""
    app, broken = tmp_path / "app.py", tmp_path / "broken"
    app.write_text(
        "import os, pathlib\n"
        f"assert not pathlib.Path({str(broken)!r}).exists(), 'broken'\n"
        "def handler(event, context):\n    os._exit(1) if event['rawPath'] == '/exit' else None\n    return 'served'\n"
    )
    _, client = serve("--no-reload", app=app)
    broken.touch()
    assert client.get("/exit").status_code == 502
    assert "AssertionError: broken" in client.get("/").json()["message"]
    broken.unlink()
    while (answer := client.get("/")).status_code == 500:
        assert "AssertionError: broken" in answer.text
    assert answer.text == "served"


def test_an_invocation_that_takes_too_long_is_ended(serve: Serve) -> None:
    """504 in API Gateway's shape, and the environment is replaced."""
    server, client = serve("--timeout", "0.5")
    before = pid_of(client)
    answer = client.get("/hang")
    assert (answer.status_code, answer.json()) == (504, {"message": "Endpoint request timed out"})
    server.wait_for("timed out after 0.5")
    assert pid_of(client) != before
    wait_for_end(before)


def test_an_error_of_the_handler_ends_nothing(serve: Serve) -> None:
    """502 for the request, the traceback in the terminal, and the same environment goes on."""
    server, client = serve()
    before = pid_of(client)
    for path, said in {"/fail": "RuntimeError: no luck", "/no-json": "not JSON serializable"}.items():
        assert client.get(path).status_code == 502
        server.wait_for(said)
    assert "in fail" in server.output
    assert "dev_server/environment.py" not in server.output
    assert pid_of(client) == before
