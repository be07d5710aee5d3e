"""Load on three environments that are killed all the time, by clients that send every call until they know.

Run as ``python -m tests.faults.load sqlite|dynamodb [--seconds 600] [--clients 6]``; it ends by itself, talks to this
machine alone, and says what it saw. It fails where a call counted twice, or not at all.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from benchmarks.emulator import emulator
from tests.support.dev import DevServer, dev_server

APP = Path(__file__).with_name("load_app.py")
OPERATIONS = ("share", "both", "own", "visit", "update")
TIMEOUT_SECONDS = 5
"""Of an invocation: a dead holder's lease lasts no longer."""

PATIENCE_SECONDS = 60.0
"""How long one call is sent again, until it is known to be applied."""

MOST_BEHIND_SECONDS = 2.0
"""How far a call that only reads a global may be behind, with time to look."""

REPEATS = 0.05
"""Share of the calls that were answered and are sent again all the same."""


@dataclass
class Seen:
    """What happened.

    Attributes:
        calls: distinct calls that are known to be applied, by operation and by ``own SESSION``.
        answers: by status; 0 for none.
        kills: environments that were ended.
        problems: what must not be.
        pids: of the environment that answered last.
    """

    calls: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    kills: int = 0
    problems: list[str] = field(default_factory=list)
    pids: list[int] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One session; sends one call after the other until ``end``.

    Args:
        url: of the dev server.
        number: names the session.
        seen: is told what happens.
    """

    def __init__(self, url: str, number: int, seen: Seen) -> None:
        self.session = f"client-{number}"
        self._http = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self._seen = seen
        self._random = random.Random(number)

    def run(self, end: threading.Event) -> None:
        """Make calls; each is sent under its id until it is known to be applied."""
        with self._http:
            while not end.is_set():
                operation, call_id = self._random.choice(OPERATIONS), uuid.uuid4().hex
                self._apply(operation, call_id)
                if self._random.random() < REPEATS and self._send(operation, call_id) == 200:
                    self._seen.problems.append(f"{operation} {call_id} was applied again")

    def _apply(self, operation: str, call_id: str) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while (status := self._send(operation, call_id)) not in (200, 410):
            if time.monotonic() > give_up_at:
                self._seen.problems.append(f"{operation} {call_id} was answered {status} for {PATIENCE_SECONDS} s")
                return
            time.sleep(self._random.uniform(0, 0.2))
        with self._seen.guard:
            self._seen.calls[operation] += 1
            if operation in ("both", "own"):
                self._seen.calls[f"own {self.session}"] += 1

    def _send(self, operation: str, call_id: str) -> int:
        body = {"data": [], "session_hash": self.session, "call_id": call_id}
        try:
            answer = self._http.post(f"/gradio_api/run/{operation}", json=body)
        except httpx.HTTPError:
            answer = None
        status = 0 if answer is None else answer.status_code
        with self._seen.guard:
            self._seen.answers[status] += 1
            if answer is not None and status == 200:
                self._seen.pids[:] = [answer.json()["data"][0]]
        return status

    def look(self) -> dict[str, int]:
        """Return what stands in the store."""
        with httpx.Client(base_url=str(self._http.base_url), timeout=60, trust_env=False) as http:
            answer = http.post("/gradio_api/run/look", json={"data": [], "session_hash": self.session})
            found: dict[str, int] = answer.raise_for_status().json()["data"][0]
        return found


def kill(server: DevServer, seen: Seen, end: threading.Event, every_seconds: float) -> None:
    """End environments that are answering, as hard as Lambda can, until ``end``."""
    chance = random.Random(0)
    while not end.wait(chance.uniform(0, 2 * every_seconds)):
        with seen.guard:
            pid = seen.pids.pop() if seen.pids else None
        if pid is not None and descends(pid, server.process.pid):
            os.kill(pid, signal.SIGKILL)
            seen.kills += 1


def descends(pid: int, ancestor: int) -> bool:
    """Whether a process was started, by however many steps, by ``ancestor``."""
    while pid > 1:
        if pid == ancestor:
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            return False
    return False


def load(store: str, *, seconds: float, clients: int = 6, kill_every_seconds: float = 0.5) -> Seen:
    """Put load on an app over ``store`` and return what was seen; its problems say what was wrong.

    Args:
        store: ``sqlite`` or ``dynamodb``, which is emulated.
        seconds: how long; longer where nothing was ended by then.
        clients: at once.
        kill_every_seconds: how long, on average, until the next environment is ended.
    """
    seen, end = Seen(), threading.Event()
    with ExitStack() as stack:
        variables = stack.enter_context(emulator()) if store == "dynamodb" else {}
        arguments = ("--environments", "3", "--no-reload", "--timeout", str(TIMEOUT_SECONDS))
        server = stack.enter_context(dev_server(APP, *arguments, environment=variables))
        callers = [Client(server.url, number, seen) for number in range(clients)]
        threads = [threading.Thread(target=caller.run, args=(end,)) for caller in callers]
        threads.append(threading.Thread(target=kill, args=(server, seen, end, kill_every_seconds)))
        for thread in threads:
            thread.start()
        end.wait(seconds)
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while not seen.kills and time.monotonic() < give_up_at:
            end.wait(0.1)  # a busy machine may have answered nothing yet
        end.set()
        for thread in threads:
            thread.join()
        compare(seen, callers)
    return seen


def compare(seen: Seen, callers: list[Client]) -> None:
    """Note where the store has another number than the calls that were applied."""
    calls = seen.calls
    wanted = {
        "shared": calls["share"] + calls["both"],
        "updated": 2 * calls["update"],
        "visits": calls["visit"],
    }
    for caller in callers:
        expected = {**wanted, "mine": calls[f"own {caller.session}"]}
        settled_at = time.monotonic() + MOST_BEHIND_SECONDS
        while (found := caller.look()) != expected and time.monotonic() < settled_at:
            time.sleep(0.1)  # what an environment keeps warm of a global may be a second old
        if found != expected:
            seen.problems.append(f"{caller.session} sees {found}; the calls that were applied make {expected}")


def main() -> None:
    """Run for a while and say what was seen."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.load")
    parser.add_argument("store", choices=("sqlite", "dynamodb"))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--clients", type=int, default=6)
    chosen = parser.parse_args()
    seen = load(chosen.store, seconds=chosen.seconds, clients=chosen.clients)
    calls = sum(seen.calls[operation] for operation in OPERATIONS)
    print(f"{chosen.store}, {chosen.seconds:g} s: {calls:,} distinct calls, {seen.kills} environments killed;")
    print(
        f"answers by status {dict(seen.answers)}, calls by operation { {one: seen.calls[one] for one in OPERATIONS} }"
    )
    print("\n".join(seen.problems) or "every call counted once")
    raise SystemExit(bool(seen.problems))


if __name__ == "__main__":
    main()
