"""Which object each item was last seen to point to; a hint, checked by the condition of every write."""

from __future__ import annotations

import threading
from collections import OrderedDict

LIMIT = 4_096
"""Most items that are remembered; one forgotten costs its next write a round trip."""


class Pointers:
    """Names of objects by key, least recently seen forgotten first."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, str] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str) -> str | None:
        """Return the object of the item under ``key``, if it is known to have one."""
        with self._guard:
            return self._names.get(key)

    def put(self, key: str, name: str | None) -> None:
        """Remember the object of the item under ``key``, or that it has none."""
        with self._guard:
            self._names.pop(key, None)
            if name is not None:
                self._names[key] = name
                if len(self._names) > LIMIT:
                    self._names.popitem(last=False)
