"""What one app shows and runs of its own: files, scripts and modules of its page, by their names.

What is in them is the same for everybody in the process, since each is named by its content or its class. An app
serves those that it names, and those that its code declared while it was built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextvars import Context, ContextVar
from pathlib import Path
from typing import Any

from adapter import context

_unclaimed: ContextVar[tuple[str, ...]] = ContextVar("adapter.unclaimed", default=())
"""What was declared outside any app, such as by a component that is given to an Interface."""


def declare(name: str) -> None:
    """Note that the app that is open, or else the next one that is made here, has ``name``."""
    root = context.root.get()
    if root is None:
        _unclaimed.set((*_unclaimed.get(), name))
    else:
        root.own_names.add(name)


def claimed() -> set[str]:
    """Return what was declared since an app was made last: it is the new one's."""
    found = set(_unclaimed.get())
    _unclaimed.set(())
    return found


class OwnFiles:
    """What one app has.

    Args:
        declared: the names that its code declared while it was built.
        page: returns what its page is told; asked once, when somebody first asks for a name that was not declared.
        folders: from which functions may show files, beside the app's own and the temporary one.
        static: folders and files that everybody may read.
    """

    def __init__(
        self,
        declared: Iterable[str] = (),
        page: Callable[[], Any] = dict,
        *,
        folders: Iterable[Path] = (),
        static: Iterable[Path] = (),
    ) -> None:
        self._declared = frozenset(declared)
        self._page = page
        self._shown: frozenset[str] | None = None
        self.folders = tuple(folders)
        self.static = tuple(static)

    def has(self, name: str) -> bool:
        """Return whether ``name`` is the app's."""
        if name in self._declared:
            return True
        if self._shown is None:
            # As outside any call: in one, what the page shows would be taken for what the call made.
            self._shown = frozenset(_texts(Context().run(self._page)))
        return name in self._shown


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
