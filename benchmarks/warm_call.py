"""Warm calls: CPU time inside the process, from Lambda's event to the handler's answer.

python -m benchmarks.warm_call [ROUNDS]
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import adapter as gr
from adapter.settings import Settings
from benchmarks.apps import bare_echo, stateful
from benchmarks.measure import Figures, interleaved, ratios
from benchmarks.visitor import KEYS, Handler, Visitor

ROUNDS = 21
CALLS = 100
"""Calls in each round of each variant."""

REFERENCE = "Mangum + FastAPI, echo"


def calling(handler: Handler, api_name: str, *data: object, session_hash: str | None = None) -> Callable[[], Figures]:
    """Return what measures calls by one visitor, who has been here before."""
    visitor = Visitor(session_hash=session_hash)
    visitor.call(handler, api_name, *data)

    def measure() -> Figures:
        gc.collect()
        before = visitor.cpu_seconds
        for _ in range(CALLS):
            visitor.call(handler, api_name, *data)
        return {"CPU, µs a call": (visitor.cpu_seconds - before) / CALLS * 1_000_000}

    return measure


def run(rounds: int = ROUNDS) -> str:
    """Measure and return the Markdown."""
    settings = Settings(store="memory:", session_keys=(KEYS,), log_level="WARNING")
    ours = gr.handler(stateful.demo, settings=settings)
    variants = {
        REFERENCE: calling(bare_echo.handler, "predict", 1),
        "adapter, no state": calling(ours, "stateless", 1),
        "adapter, session state read": calling(ours, "session", 0, None),
        "adapter, session state changed": calling(ours, "session", 1, None),
        "adapter, session state changed, no echo": calling(ours, "session", 1, None, session_hash="abc"),
        "adapter, global state read": calling(ours, "read_shared", 1),
        "adapter, global state changed": calling(ours, "shared", 1),
    }
    return ratios(interleaved(variants, rounds=rounds), REFERENCE)


if __name__ == "__main__":
    print(run(*map(int, sys.argv[1:])))
