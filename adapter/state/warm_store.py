"""What all calls of one environment share: the store, and the bytes that are still warm."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from adapter.files.base import FileStore
from adapter.state.stores.base import Clock, Record, StateStore

CACHE_BYTES = 32 * 1024 * 1024
"""Most bytes of payload kept warm: a quarter of the smallest Lambda memory, 128 MB."""


MOST_MADE = 64
"""Things that an environment remembers; one that was used longest ago is made again when it is asked for."""


class RecordCache:
    """The records this environment read or wrote last, as bytes; least recently used go first.

    Bytes, not objects: a function that failed half way must not leave a half-changed copy.
    """

    def __init__(self, limit_bytes: int = CACHE_BYTES, *, clock: Clock = time.monotonic) -> None:
        self._limit = limit_bytes
        self._clock = clock
        self._size = 0
        self._kept: OrderedDict[str, tuple[Record, float]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str) -> tuple[Record, float] | None:
        """Return the record under ``key`` and its age in seconds, if it is kept."""
        with self._guard:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            record, at = found
            return record, self._clock() - at

    def put(self, key: str, record: Record) -> None:
        """Keep ``record``, unless a newer one is kept already."""
        with self._guard:
            old = self._kept.pop(key, None)
            if old is not None:
                self._size -= _size(old[0])
                if old[0].version > record.version:
                    record = old[0]
            self._kept[key] = (record, self._clock())
            self._size += _size(record)
            while self._size > self._limit and len(self._kept) > 1:
                _, (gone, _) = self._kept.popitem(last=False)
                self._size -= _size(gone)

    def drop(self, key: str) -> None:
        """Forget what is kept under ``key``."""
        with self._guard:
            old = self._kept.pop(key, None)
            if old is not None:
                self._size -= _size(old[0])

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._kept.clear()
            self._size = 0


def _size(record: Record) -> int:
    return len(record.payload or b"") + len(record.recent)


class LatestMade:
    """What was made last, by name; what was used longest ago goes first."""

    def __init__(self, most: int = MOST_MADE) -> None:
        self._most = most
        self._made: OrderedDict[Any, Any] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, name: Any) -> Any:
        """Return what is kept under ``name``; ``None`` for nothing."""
        with self._guard:
            if name in self._made:
                self._made.move_to_end(name)
            return self._made.get(name)

    def put(self, name: Any, made: Any) -> None:
        """Keep ``made``, and forget what there is no more room for."""
        with self._guard:
            self._made[name] = made
            self._made.move_to_end(name)
            while len(self._made) > self._most:
                self._made.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._guard:
            self._made.clear()

    def __len__(self) -> int:
        return len(self._made)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class WarmStore:
    """Where an app's state is kept.

    Attributes:
        store: the bytes.
        app: the app's name, part of every key.
        session_ttl_seconds: after how long without use a session expires.
        cache: what this environment keeps warm.
        clock: Unix time in seconds.
        files: where its files are, which its state may name; ``None`` where it keeps none.
        made: what this environment has made of sessions' state, such as drawings of parts of their pages.
        globals_touched: the names of the globals that calls have used here.
    """

    store: StateStore
    app: str = "app"
    session_ttl_seconds: int = 3_600
    cache: RecordCache = field(default_factory=RecordCache)
    clock: Clock = time.time
    files: FileStore | None = None
    made: LatestMade = field(default_factory=LatestMade)
    globals_touched: set[str] = field(default_factory=set)
