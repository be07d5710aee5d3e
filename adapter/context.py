"""Where new components land: the Blocks and the container that are open right now."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from adapter.components.base import Block


class Root(Protocol):
    """What a component needs of the Blocks it stands in."""

    own_names: set[str]
    """What its code has declared for its page: files, scripts, modules."""
    static_folders: list[Path]
    """Folders of its files that everybody may read."""

    def adopt(self, block: Block) -> None:
        """Take ``block`` into the tree, into the container that is open."""
        ...

    def know(self, block: Block) -> None:
        """Take ``block`` among the page's blocks, without a place in the tree."""
        ...

    def release(self, block: Block) -> None:
        """Take ``block`` out of the tree again, if it stands there."""
        ...

    def listen(self, targets: Any, fn: Any, **options: Any) -> Any:
        """Add a listener; see ``Blocks.listen``."""
        ...


root: ContextVar[Root | None] = ContextVar("adapter.root", default=None)
"""The Blocks whose ``with`` is open; ``None`` outside."""

container: ContextVar[Block | None] = ContextVar("adapter.container", default=None)
"""The layout whose ``with`` is open; ``None`` where new blocks go straight into the Blocks."""

DECORATOR: Any = object()
"""Default of a listener's ``fn``: it is then a decorator; ``None`` means that there is no function."""

numbers: ContextVar[Iterator[int] | None] = ContextVar("adapter.numbers", default=None)
"""Where the numbers of new blocks come from while a part of a page is drawn; ``None`` otherwise."""


class _Ids:
    def __init__(self) -> None:
        self._own = count()

    def __next__(self) -> int:
        return next(numbers.get() or self._own)


ids = _Ids()
"""Gives every block of a process its number, in order of construction."""
