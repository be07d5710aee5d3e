"""State in this process's memory: for tests and for apps that may forget."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from adapter.state.stores.base import Clock
from adapter.state.stores.items import Item, Number
from adapter.state.stores.local import LocalStore


class MemoryStore(LocalStore):
    """Keeps everything in dictionaries; nothing outlives the process, and no other process sees it.

    Args:
        clock: Unix time in seconds.
    """

    def __init__(self, *, clock: Clock = time.time) -> None:
        super().__init__(clock=clock)
        self._guard = threading.Lock()
        self._shelf = _Dictionaries()

    @contextmanager
    def _open(self, action: str, *, writing: bool) -> Iterator[_Dictionaries]:
        # Every operation checks before it writes, so there is never anything to undo.
        with self._guard:
            yield self._shelf

    def close(self) -> None:
        """Do nothing; the memory goes with the object."""


class _Dictionaries:
    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._numbers: dict[str, Number] = {}

    def get(self, key: str) -> Item | None:
        return self._items.get(key)

    def put(self, key: str, item: Item) -> None:
        self._items[key] = item

    def remove(self, key: str) -> None:
        self._items.pop(key, None)
        self._numbers.pop(key, None)

    def number(self, key: str) -> Number | None:
        return self._numbers.get(key)

    def put_number(self, key: str, number: Number) -> None:
        self._numbers[key] = number

    def sweep(self, before: float) -> None:
        for key in [key for key, item in self._items.items() if item.expired(before) and not item.leased(before)]:
            del self._items[key]

    def page(self, prefix: str, after: str) -> list[tuple[str, Item]]:
        return sorted((key, item) for key, item in self._items.items() if key.startswith(prefix) and key > after)

    def page_of_numbers(self, prefix: str, after: str) -> list[tuple[str, int]]:
        found = ((key, number.value) for key, number in self._numbers.items())
        return sorted((key, value) for key, value in found if key.startswith(prefix) and key > after)
