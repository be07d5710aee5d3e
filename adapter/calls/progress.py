"""How far a function is, told to its visitor while it runs."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from adapter.calls.notices import ProgressLevel, ProgressNotice, say
from adapter.errors import ConfigurationError

SECONDS_BETWEEN = 0.05
"""What comes sooner after the last one and says nothing else is left out: nobody could see it."""


class Progress:
    """Tells the visitor how far a function is; the function gets it as the default of a parameter.

    Example:
        ``def work(n, progress=gr.Progress()): progress(0.5, desc="half way")``

    Args:
        track_tqdm: whether the bars of ``tqdm`` that the function makes are shown too.

    Raises:
        ConfigurationError: ``track_tqdm`` without the package ``tqdm``.
    """

    def __init__(self, track_tqdm: bool = False) -> None:
        if track_tqdm and importlib.util.find_spec("tqdm") is None:
            raise ConfigurationError("Progress(track_tqdm=True) needs the package tqdm; install it.")
        self.track_tqdm = track_tqdm

    def __call__(
        self,
        progress: float | tuple[int, int | None] | None,
        desc: str | None = None,
        total: float | None = None,
        unit: str = "steps",
    ) -> None:
        """Tell how far the function is.

        Args:
            progress: a share from 0 to 1; steps done and of how many; ``None`` for "at work", with what is being done.
            desc: what is being done.
            total: of how many steps, where ``progress`` is no pair.
            unit: what is counted.
        """
        if isinstance(progress, tuple):
            done, total = progress
            level = ProgressLevel(index=done, length=total, unit=unit, progress=None, desc=desc)
        else:
            level = ProgressLevel(index=None, length=total, unit=unit, progress=progress, desc=desc)
        _tell([*_levels(_open_bars()), level])

    def tqdm(
        self,
        iterable: Iterable[Any] | None,
        desc: str | None = None,
        total: float | None = None,
        unit: str = "steps",
    ) -> Bar:
        """Return ``iterable`` so that iterating over it is told; without one, call its ``update``."""
        length = getattr(iterable, "__len__", None)
        if total is None and length is not None:
            total = length()
        return Bar(_open_bars(), iterable, desc=desc, total=total, unit=unit)

    def __len__(self) -> int:
        """Return how many bars are open."""
        return len(_open_bars())

    def __bool__(self) -> bool:
        return True


class Bar:
    """One loop that is told; see `Progress.tqdm`."""

    def __init__(
        self,
        open_bars: list[Shown],
        iterable: Iterable[Any] | None,
        *,
        desc: str | None,
        total: float | None,
        unit: str,
    ) -> None:
        self._open_bars = open_bars
        self._iterable = iterable
        self.level = ProgressLevel(index=0, length=total, unit=unit, progress=None, desc=desc)
        if iterable is None:
            open_bars.append(self)

    def __iter__(self) -> Iterator[Any]:
        self._open_bars.append(self)
        try:
            _tell(_levels(self._open_bars))
            for one in self._iterable or ():
                yield one
                self.update()
        finally:
            self.close()

    def update(self, n: float = 1) -> None:
        """Count ``n`` more steps."""
        done = (self.level.index or 0) + n
        self.level = ProgressLevel(done, self.level.length, self.level.unit, None, self.level.desc)
        _tell(_levels(self._open_bars), last=done == self.level.length)

    def close(self) -> None:
        """End the bar; a loop that has ended did it already."""
        if self in self._open_bars:
            self._open_bars.remove(self)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Shown(Protocol):
    """A loop that stands among those that are told."""

    @property
    def level(self) -> ProgressLevel:
        """How far it is."""
        ...


class Loops:
    """The loops of one call, the outermost first, and what was told last."""

    def __init__(self) -> None:
        self.bars: list[Shown] = []
        self.at = 0.0
        self.words: tuple[Any, ...] = ()


_told: ContextVar[Loops | None] = ContextVar("adapter.calls.progress", default=None)
_tracking: ContextVar[bool] = ContextVar("adapter.calls.progress.tracking", default=False)


def _open_bars() -> list[Shown]:
    told = _told.get()
    return [] if told is None else told.bars


def _levels(bars: Sequence[Shown]) -> list[ProgressLevel]:
    return [bar.level for bar in bars]


def _tell(levels: Sequence[ProgressLevel], *, last: bool = False) -> None:
    told = _told.get()
    now = time.monotonic()
    words = tuple((level.desc, level.length) for level in levels)
    if told is not None:
        if not last and words == told.words and now - told.at < SECONDS_BETWEEN:
            return
        told.at, told.words = now, words
    say(ProgressNotice(tuple(levels)))


@contextmanager
def watch(progress: Progress | None, loops: Loops | None = None) -> Iterator[None]:
    """Space out what the call inside tells, and show its bars of ``tqdm`` if ``progress`` tracks them.

    Args:
        progress: what the function asks for; ``None`` if it does not.
        loops: of the call, for one that runs in several steps.
    """
    if progress is None:
        yield
        return
    track = progress.track_tqdm
    if track:
        _hook()
    tokens = _told.set(loops or _told.get() or Loops()), _tracking.set(track)
    try:
        yield
    finally:
        _told.reset(tokens[0])
        _tracking.reset(tokens[1])


class _TqdmBar:
    """A bar of ``tqdm`` among the loops that are told."""

    def __init__(self, bar: Any) -> None:
        self.bar = bar

    @property
    def level(self) -> ProgressLevel:
        """How far it is."""
        bar = self.bar
        return ProgressLevel(bar.n, bar.total, bar.unit or "steps", None, (bar.desc or "").rstrip(": ") or None)


def _hook() -> None:
    """Make every bar of ``tqdm`` tell of itself, whenever it draws itself, where a call tracks them."""
    bar_class = importlib.import_module("tqdm.std").tqdm
    if getattr(bar_class, "_adapter_hooked", False):
        return
    display: Callable[..., Any] = bar_class.display
    close: Callable[..., Any] = bar_class.close

    def told(bar: Any, *args: Any, **options: Any) -> Any:
        if _tracking.get():
            bars = _open_bars()
            if _place(bars, bar) is None:
                bars.append(_TqdmBar(bar))
            _tell(_levels(bars), last=bar.n == bar.total)
        return display(bar, *args, **options)

    def closed(bar: Any, *args: Any, **options: Any) -> Any:
        result = close(bar, *args, **options)
        bars = _open_bars()
        place = _place(bars, bar)
        if place is not None:
            del bars[place]
            if bars and _tracking.get():
                _tell(_levels(bars))
        return result

    bar_class.display, bar_class.close = told, closed
    bar_class._adapter_hooked = True


def _place(bars: Sequence[Shown], bar: Any) -> int | None:
    """Return where a bar of ``tqdm`` stands among the loops that are told."""
    return next((place for place, one in enumerate(bars) if isinstance(one, _TqdmBar) and one.bar is bar), None)
