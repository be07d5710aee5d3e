"""Source changes: what makes the environments start anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from watchfiles import PythonFilter, awatch


class _Sources(PythonFilter):
    ignore_dirs = (*PythonFilter.ignore_dirs, "site-packages", ".adapter", ".aws-sam")


async def watch(folder: str, changed: Callable[[list[str]], None]) -> None:
    """Call ``changed`` with the paths of changed Python files, until cancelled.

    The folder is watched from the first step of the coroutine on.

    Args:
        folder: with everything below it.
        changed: takes paths relative to the folder.
    """
    async for changes in awatch(folder, watch_filter=_Sources()):
        changed(sorted({str(Path(path).relative_to(folder)) for _, path in changes}))
