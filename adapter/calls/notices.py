"""What a function says to its visitor while it runs: warnings, information, success."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Notice:
    """A message for the visitor.

    Attributes:
        message: what it says.
        level: how it is shown.
        duration: seconds it stays; ``None`` until it is closed.
        visible: whether it is shown.
        title: its heading.
    """

    message: str
    level: Literal["info", "warning", "success"]
    duration: float | None = 10
    visible: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True)
class ProgressLevel:
    """How far one of a function's loops is, the outermost first.

    Attributes:
        index: steps done.
        length: of how many.
        unit: what is counted.
        progress: the share done, 0 to 1, where steps are not counted.
        desc: what is being done.
    """

    index: float | None
    length: float | None
    unit: str
    progress: float | None
    desc: str | None


@dataclass(frozen=True, slots=True)
class ProgressNotice:
    """How far the function is."""

    levels: tuple[ProgressLevel, ...]


Said = Notice | ProgressNotice
"""What a function tells while it runs."""

_sink: ContextVar[Callable[[Said], None] | None] = ContextVar("adapter.calls.notices", default=None)


@contextmanager
def collect(sink: Callable[[Said], None]) -> Iterator[None]:
    """Send the notices of what runs inside to ``sink``; outside of any call they go nowhere."""
    token = _sink.set(sink)
    try:
        yield
    finally:
        _sink.reset(token)


class Heard:
    """What a visitor has heard of a call, of which only one run counts: a further run does not say it again."""

    def __init__(self) -> None:
        self._notices: list[Notice] = []

    def run(self, tell: Callable[[Said], None]) -> Callable[[Said], None]:
        """Return what takes the notices of one run and hands on those that are new."""
        before = list(self._notices)

        def hear(said: Said) -> None:
            if isinstance(said, Notice):
                if said in before:
                    before.remove(said)
                    return
                self._notices.append(said)
            tell(said)

        return hear


def say(notice: Said) -> None:
    """Hand ``notice`` to whom it may concern; outside of any call nobody."""
    sink = _sink.get()
    if sink is not None:
        sink(notice)


def Warning(  # noqa: N802 - Gradio's name
    message: str = "Warning issued.", duration: float | None = 10, visible: bool = True, title: str = "Warning"
) -> None:
    """Show a warning to the visitor; the function goes on."""
    say(Notice(str(message), "warning", duration, visible, title))


def Info(  # noqa: N802 - Gradio's name
    message: str = "Info issued.", duration: float | None = 10, visible: bool = True, title: str = "Info"
) -> None:
    """Show information to the visitor; the function goes on."""
    say(Notice(str(message), "info", duration, visible, title))


def Success(  # noqa: N802 - Gradio's name
    message: str = "Success.", duration: float | None = 10, visible: bool = True, title: str = "Success"
) -> None:
    """Show that something worked; the function goes on."""
    say(Notice(str(message), "success", duration, visible, title))
