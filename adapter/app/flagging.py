"""What becomes of flagging: Gradio keeps what visitors flag in a file of its server, and an environment's disk goes."""

from __future__ import annotations

import logging

from adapter.errors import NotAvailable

logger = logging.getLogger("adapter.app.flagging")


def check(mode: str | None, *, instead: str) -> None:
    """Say that there is no Flag button where one is asked for: the app works without.

    Args:
        mode: ``flagging_mode=`` of an Interface or a ChatInterface.
        instead: what to do to keep something.

    Raises:
        NotAvailable: every call was to be kept, or there is no such mode.
    """
    if mode == "manual":
        logger.warning("flagging_mode='manual' does nothing: the page has no Flag button; %s.", instead)
    elif mode not in (None, "never"):
        raise NotAvailable(f"flagging_mode={mode!r} is not available: nothing would be kept; {instead}.")
