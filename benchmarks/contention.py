"""Many calls of one session at once: how often functions run, how they overlap, how long callers wait.

python -m benchmarks.contention
"""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field
from statistics import mean, median

from adapter.calls import runner
from adapter.calls.call import Call
from adapter.calls.endpoint import CONCURRENCIES, Concurrency, Endpoint
from adapter.components.number import Number
from adapter.components.state import State
from adapter.errors import StateConflict
from adapter.state.session import SessionId
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.warm_store import WarmStore
from benchmarks.emulator import TABLE, emulator
from benchmarks.measure import table
from tests.support.aws import dynamodb

CALLERS, CALLS_EACH = 32, 4
FUNCTION_SECONDS = 0.005
PATIENCE_SECONDS = 120


@dataclass
class Seen:
    """What was seen of one policy's calls."""

    runs: int = 0
    inside: int = 0
    overlap: int = 0
    refused: int = 0
    waits: list[float] = field(default_factory=list)
    guard: threading.Lock = field(default_factory=threading.Lock)


def measure(concurrency: Concurrency, warm_stores: list[WarmStore]) -> tuple[Seen, int]:
    """Make all calls under one policy and return what was seen, and the number that the session ended with."""
    seen = Seen()
    count = State(0, key="count")
    session = SessionId("hash", f"contention-{concurrency}")

    def increment(number: int) -> int:
        with seen.guard:
            seen.runs += 1
            seen.inside += 1
            seen.overlap = max(seen.overlap, seen.inside)
        time.sleep(FUNCTION_SECONDS)
        with seen.guard:
            seen.inside -= 1
        return number + 1

    endpoint = Endpoint(increment, name="increment", inputs=[count], outputs=[count], concurrency=concurrency)

    def caller(number: int) -> None:
        for _ in range(CALLS_EACH):
            started = time.monotonic()
            call = Call(data=(), session=session, deadline=started + PATIENCE_SECONDS)
            try:
                asyncio.run(runner.result(endpoint, call, warm_stores[number % len(warm_stores)]))
            except StateConflict:
                seen.refused += 1
            seen.waits.append(time.monotonic() - started)

    threads = [threading.Thread(target=caller, args=(number,)) for number in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    probe = Endpoint(lambda number: number, name="probe", inputs=[count], outputs=[Number()])
    kept: int = asyncio.run(runner.result(probe, Call(data=(), session=session), warm_stores[0])).data[0]
    return seen, kept


def run() -> str:
    """Measure every policy over two environments and return the table."""
    rows = []
    calls = CALLERS * CALLS_EACH
    with emulator() as environment, dynamodb(environment["AWS_ENDPOINT_URL"]) as client:
        warm_stores = [WarmStore(DynamoDBStore(client, TABLE)) for _ in range(2)]
        for concurrency in CONCURRENCIES:
            seen, kept = measure(concurrency, warm_stores)
            rows.append(
                [
                    f'`"{concurrency}"`',
                    str(calls - seen.refused),
                    str(kept),
                    f"{seen.runs / calls:.2f}",
                    str(seen.overlap),
                    f"{mean(seen.waits):.2f}",
                    f"{median(seen.waits):.2f}",
                ]
            )
    header = ["`concurrency`", "answered", "kept", "runs per call", "most at once", "mean wait, s", "median wait, s"]
    return table(header, rows)


if __name__ == "__main__":
    print(run())
