"""Waiting for a coroutine where nothing can be awaited."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any


def awaited(value: Any) -> Any:
    """Return what ``value`` gives when it is awaited; anything else as it is.

    It runs in a thread and an event loop of its own, as one may be running here.
    """
    if not inspect.isawaitable(value):
        return value
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, asyncio.run, _result(value)).result()


async def _result(value: Awaitable[Any]) -> Any:
    return await value
