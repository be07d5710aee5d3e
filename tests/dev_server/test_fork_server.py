"""Environments however their processes come into being, and the process that they are forks of."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapter.commands.dev.fork_server import ForkServer
from adapter.commands.dev.loader import locate
from adapter.commands.dev.process import EnvironmentDied, EnvironmentProcess, Launch, LoadFailed, Start, spawned
from tests.dev_server.conftest import Serve

pytestmark = [pytest.mark.end_to_end, pytest.mark.skipif(sys.platform != "linux", reason="no forks of a fork server")]

APP = """
import os, random, signal, sys, threading

DRAWN = random.random()

def handler(event, context):
    if event.get("do") == "exit":
        os._exit(3)
    if event.get("do") == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return {
        "pid": os.getpid(), "drawn": [DRAWN, random.random()], "argv": sys.argv, "path": sys.path[0],
        "main": sys.modules["__main__"].__file__, "threads": sorted(one.name for one in threading.enumerate()),
        "open": sorted(os.readlink(f"/proc/self/fd/{one}").partition(":")[0] for one in os.listdir("/proc/self/fd")
                       if os.path.exists(f"/proc/self/fd/{one}")),
        "handlers": [str(signal.getsignal(one)).partition(" at ")[0] for one in (signal.SIGCHLD, signal.SIGTERM)],
        "ignored": [line for line in open("/proc/self/status") if line.startswith(("SigIgn", "SigBlk"))],
    }
"""
CONTEXT = {
    "aws_request_id": "1",
    "deadline_ms": None,
    "function_name": "app",
    "memory_limit_in_mb": 128,
    "invoked_function_arn": "arn",
    "log_group_name": "group",
    "log_stream_name": "stream",
}

Started = Callable[..., Coroutine[Any, Any, EnvironmentProcess]]


@asynccontextmanager
async def environments(launch: Launch) -> AsyncIterator[Started]:
    """Gives a function that starts environments; they end with the block."""
    started: list[EnvironmentProcess] = []

    async def start(app: Path) -> EnvironmentProcess:
        environment = await EnvironmentProcess.start(Start(locate(str(app))), launch=launch)
        started.append(environment)
        return environment

    try:
        yield start
    finally:
        for environment in started:
            environment.kill()
            await environment.gone


@asynccontextmanager
async def both() -> AsyncIterator[dict[str, Launch]]:
    """Gives the two ways to start an environment."""
    forks = ForkServer()
    try:
        yield {"spawned": spawned, "forked": forks.launch}
    finally:
        await forks.close()


async def asked(environment: EnvironmentProcess, **event: Any) -> dict[str, Any]:
    """Return what the app answers."""
    message = await environment.invoke(event, CONTEXT, timeout_seconds=60)
    found: dict[str, Any] = message["response"]
    return found


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """The app."""
    place = tmp_path / "app.py"
    place.write_text(APP)
    return place


def test_a_fork_is_like_a_process_that_was_started_for_it(app: Path) -> None:
    """The same arguments, threads, open files, signals and main module; random numbers of its own."""

    async def compared() -> None:
        async with both() as ways:
            found = []
            for launch in ways.values():
                async with environments(launch) as start:
                    found += [await asked(await start(app)), await asked(await start(app))]
            alike = [{name: value for name, value in one.items() if name not in ("pid", "drawn")} for one in found]
            assert alike[0] == alike[1] == alike[2] == alike[3]
            assert len({one["pid"] for one in found}) == 4
            assert len({number for one in found for number in one["drawn"]}) == 8

    asyncio.run(compared())


@pytest.mark.parametrize("way", ["spawned", "forked"])
def test_how_an_environment_ended_is_told(way: str, app: Path) -> None:
    """By its exit code or the signal's name, and only for itself."""

    async def ended() -> None:
        async with both() as ways, environments(ways[way]) as start:
            first, second, third = await start(app), await start(app), await start(app)
            with pytest.raises(EnvironmentDied, match=r"^exit code 3$"):
                await asked(first, do="exit")
            with pytest.raises(EnvironmentDied, match=r"^SIGKILL$"):
                await asked(second, do="die")
            assert (await asked(third))["pid"] == third.pid

    asyncio.run(ended())


@pytest.mark.parametrize("way", ["spawned", "forked"])
def test_an_app_that_does_not_load_is_told(way: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The error in one line; the traceback is in the terminal."""
    broken = tmp_path / "app.py"
    broken.write_text("1 / 0\n")

    async def told() -> None:
        async with both() as ways, environments(ways[way]) as start:
            with pytest.raises(LoadFailed, match="ZeroDivisionError: division by zero"):
                await start(broken)

    asyncio.run(told())
    assert "1 / 0" in capfd.readouterr().err


def test_a_start_that_is_given_up_leaves_no_process(app: Path) -> None:
    """As when the source changes while environments start."""

    async def given_up() -> None:
        forks = ForkServer()
        async with environments(forks.launch) as start:
            first = await start(app)
            given_up = asyncio.create_task(start(app))
            await asyncio.sleep(0)
            given_up.cancel()
            await asyncio.wait([given_up])
            second = await start(app)
            await asyncio.to_thread(wait_for_children, parent_of(first.pid), {first.pid, second.pid})
        await forks.close()

    asyncio.run(given_up())


def test_a_fork_server_that_is_killed_is_replaced(serve: Serve) -> None:
    """With its environments, of which nobody could tell any more how they end; requests go on."""
    server, client = serve("--environments", "2")
    before = {client.get("/").json()["pid"] for _ in range(20)}
    os.kill(parent_of(min(before)), signal.SIGKILL)
    after: set[int] = set()
    while not after or after & before:
        answer = client.get("/")  # one may have been on its way
        after = {answer.json()["pid"]} if answer.status_code == 200 else set()
    assert parent_of(min(after)) != server.process.pid
    assert len({client.get("/").json()["pid"] for _ in range(40)}) == 2


def wait_for_children(pid: int, wanted: set[int]) -> None:
    """Wait until the processes that this one has started, and that go on, are ``wanted``."""
    patience_ends = time.monotonic() + 60
    family = Path(f"/proc/{pid}/task/{pid}/children")
    while (found := {int(one) for one in family.read_text().split()}) != wanted:
        assert time.monotonic() < patience_ends, f"{found} go on instead of {wanted}"


def parent_of(pid: int) -> int:
    """Return the number of the process that has started this one."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
