"""Warnings for an app's author: what a script asks for and does not get, at the line that asks for it."""

from __future__ import annotations

import sys
import warnings


class AppWarning(UserWarning):
    """A script runs, and does not do all that it says."""


def warn(text: str) -> None:
    """Warn at the line of the app that is running: the first outside the adapter.

    Python shows a warning once for each line, so that what a function does in every call is said once.
    """
    level, frame = 2, sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "adapter":
        level, frame = level + 1, frame.f_back
    warnings.warn(text, AppWarning, stacklevel=level)


def silence() -> None:
    """Show no more of them in this process: another one, which runs the same script, has shown them."""
    warnings.simplefilter("ignore", AppWarning)
