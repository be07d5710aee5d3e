"""The handler that AWS's own runtime client loads under the runtime interface emulator: the app's, and a first word.

An emulator starts its runtime at the first invocation. So the dev server sends one event of its own,
which tells how the app has loaded, before the environment serves.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import threading
from typing import Any

from adapter.commands.dev import environment
from adapter.commands.dev.rie import REPORT_WANTED, START


class Context:
    """The runtime's context, with the deadline of the invocation instead of the emulator's later one."""

    def __init__(self, context: Any, later_ms: int) -> None:
        self._context = context
        self._later_ms = later_ms

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the invocation is ended."""
        left: int = self._context.get_remaining_time_in_millis()
        return max(0, left - self._later_ms)


def handler(event: Any, context: Any) -> Any:
    """Answer one event by the app's handler."""
    if isinstance(event, dict) and REPORT_WANTED in event:
        return _report
    assert _handler is not None, "an environment that could not load the app is given no events"
    return _handler(event, Context(context, _start["later_ms"]))


def _end_with(pid: int) -> None:
    """End this process and its emulator as soon as another process is gone: nobody would ask for them any more."""
    other = os.pidfd_open(pid)

    def wait() -> None:
        select.select([other], [], [])
        with contextlib.suppress(ProcessLookupError):
            os.kill(_emulator, signal.SIGKILL)
        os._exit(0)

    threading.Thread(target=wait, name="adapter-end", daemon=True).start()


_emulator = os.getppid()
_start: dict[str, Any] = json.loads(os.environ[START])  # noqa: TID251 - the dev server's own, and no setting
_end_with(_start["dev_server"])
_handler, _report = environment.load(_start)
_report["pid"] = os.getpid()
