"""What the terminal shows of an app's error, and the line that says it."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from types import TracebackType

from adapter.errors import AdapterError


def summary(error: BaseException) -> str:
    """Return an error in one line."""
    if isinstance(error, SystemExit):
        return f"the app ended itself with exit status {error.code}"
    if isinstance(error, AdapterError) and not _foreign(error.__traceback__):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]


def show(error: BaseException) -> None:
    """Print an error with the app's own part of the traceback."""
    tail = _foreign(error.__traceback__)
    if tail is None and isinstance(error, AdapterError | SystemExit):
        print(f"adapter: {summary(error)}", file=sys.stderr)
        return
    traceback.print_exception(type(error), error, tail)


def _foreign(frame: TracebackType | None) -> TracebackType | None:
    """Return the traceback from where it left this package for the first time."""
    machinery = (os.path.dirname(__file__), os.path.dirname(importlib.__file__), "<frozen importlib")
    while frame is not None and frame.tb_frame.f_code.co_filename.startswith(machinery):
        frame = frame.tb_next
    return frame
