"""Work on a state file from a process of its own; the first argument names a function, the second the file."""

from __future__ import annotations

import sys
import time

from adapter.errors import Conflict
from adapter.state.backoff import Backoff
from adapter.state.stores.base import ABSENT, Write, new_nonce, next_version
from adapter.state.stores.sqlite import SQLiteStore

BOTH = ("S#app#a", "G#app#b")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _increment(store: SQLiteStore) -> int:
    """Add 1 to both numbers in one commit."""
    standing = dict.fromkeys(BOTH, ABSENT) | store.read(BOTH)
    backoff = Backoff(time.monotonic() + 60)
    while True:
        counts = {key: int(record.payload or b"0") + 1 for key, record in standing.items()}
        try:
            store.write(
                [
                    Write(key, b"%d" % counts[key], next_version(record.version), new_nonce(), record.version)
                    for key, record in standing.items()
                ]
            )
            return counts[BOTH[0]]
        except Conflict as conflict:
            standing |= conflict.winners
            backoff.wait("the count")


def count(path: str, times: str) -> None:
    """Open the file when told to, and add 1 to both numbers so many times."""
    _say("ready")
    sys.stdin.readline()
    store = SQLiteStore(path)
    for _ in range(int(times)):
        _increment(store)
    store.close()


def forever(path: str) -> None:
    """Add 1 to both numbers, saying each sum once it is committed, until killed."""
    store = SQLiteStore(path)
    while True:
        _say(str(_increment(store)))


def half(path: str) -> None:
    """Stop for ever inside a commit, after the first of its two writes."""
    store = SQLiteStore(path)
    inserts = 0

    def stall(statement: str) -> None:
        nonlocal inserts
        if statement.startswith("INSERT"):
            inserts += 1
            if inserts == 2:
                _say("half done")
                sys.stdin.readline()

    store._connection.set_trace_callback(stall)
    _increment(store)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
