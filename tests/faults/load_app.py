"""What `tests.faults.load` calls: each kind of state, counted by calls; every answer names its process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import adapter as gr

shared: gr.GlobalState[int] = gr.GlobalState(0, name="shared")
updated: gr.GlobalState[int] = gr.GlobalState(0, name="updated")
visits = gr.GlobalCounter("visits", shards=3)


def share() -> int:
    """Add to a number that all share, in place."""
    shared.value += 1
    return os.getpid()


def both(mine: int) -> tuple[int, int]:
    """Add to that and to the session's number, in one commit."""
    shared.value += 1
    return os.getpid(), mine + 1


def own(mine: int) -> tuple[int, int]:
    """Add to the session's number."""
    return os.getpid(), mine + 1


def visit() -> int:
    """Add to a counter."""
    visits.add()
    return os.getpid()


def update() -> Iterator[int]:
    """Add twice to a number that all share, each time at once."""
    updated.update(lambda before: before + 1)
    yield os.getpid()
    updated.update(lambda before: before + 1)
    yield os.getpid()


def look(mine: int) -> dict[str, int]:
    """Return what there is."""
    return {"shared": shared.value, "updated": updated.value, "visits": visits.value, "mine": mine}


with gr.Blocks() as demo:
    mine = gr.State(0)
    pid = gr.Number()
    for fn, inputs, outputs in (
        (share, [], [pid]),
        (both, [mine], [pid, mine]),
        (own, [mine], [pid, mine]),
        (visit, [], [pid]),
        (update, [], [pid]),
        (look, [mine], [gr.JSON()]),
    ):
        gr.on(demo.load, fn, inputs, outputs, api_name=fn.__name__)
