"""The calls that the faults are tried on, and what is to be seen afterwards."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from adapter.calls import runner
from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Concurrency, Endpoint
from adapter.components.number import Number
from adapter.components.state import State
from adapter.state.global_state import GlobalState
from adapter.state.session import SessionId
from adapter.state.warm_store import WarmStore

ANN = SessionId("hash", "ann")

LOG = State([], key="log")
COUNT = State(0, key="count")


def run(endpoint: Endpoint, warm_store: WarmStore, *data: Any, session: SessionId = ANN, **options: Any) -> Step:
    """Run one call to its end, also from inside another call: then in a thread, as another environment would."""
    call = Call(data=data, session=session, **options)
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(lambda: asyncio.run(runner.result(endpoint, call, warm_store))).result()


def counting(concurrency: Concurrency | None = None, inside: Callable[[], None] = lambda: None) -> Endpoint:
    """An endpoint that adds 1 to its session's number and returns it."""

    def increment(count: int) -> tuple[int, int]:
        inside()
        return count + 1, count + 1

    return Endpoint(increment, name="count", inputs=[COUNT], outputs=[Number(), COUNT], concurrency=concurrency)


def adding(total: GlobalState[int], inside: Callable[[], None] = lambda: None) -> Endpoint:
    """An endpoint that adds 1 to a global number in place and returns it."""

    def increment() -> int:
        total.value += 1
        inside()
        return total.value

    return Endpoint(increment, name="add", inputs=[], outputs=[Number()])


def counted(warm_store: WarmStore, session: SessionId = ANN) -> int:
    """Return the session's number as a later call sees it."""
    probe = Endpoint(lambda count: count, name="probe", inputs=[COUNT], outputs=[Number()])
    found: int = run(probe, warm_store, session=session).data[0]
    return found


def in_threads(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the works at once and return their results; an error is a result too."""
    results: list[Any] = [None] * len(works)

    def work(position: int) -> None:
        try:
            results[position] = works[position]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[position] = error

    threads = [threading.Thread(target=work, args=(position,)) for position in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
