"""The docstring of a user's function, of which the API and the page show the beginning."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from adapter.components.functions import underlying

SECTIONS = ("Args:", "Arguments:", "Parameters:", "Returns:", "Yields:", "Raises:", "Example:", "Examples:")
"""What a docstring's summary ends at."""


def docstring_summary(fn: Callable[..., Any] | None) -> str | None:
    """Return what the docstring of ``fn`` says before it comes to arguments and results, on one line."""
    text = inspect.getdoc(underlying(fn) if isinstance(fn, functools.partial) else fn)
    if fn is None or text is None:
        return None
    lines = [line.strip() for line in text.splitlines()]
    end = next((number for number, line in enumerate(lines) if line.startswith(SECTIONS)), len(lines))
    return " ".join(line for line in lines[:end] if line) or None
