"""Functions as they were written, behind what wraps them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any


def underlying(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the plain function behind ``fn``, which may be a partial or an object with ``__call__``."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    return fn if inspect.isroutine(fn) else type(fn).__call__
