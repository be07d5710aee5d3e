"""Another time for a script that runs in this process: what it makes of the clock differs from a run without it."""

from __future__ import annotations

import datetime
import time
from datetime import date as _DATE  # noqa: N812 - the class as it is, wherever the name leads later
from datetime import datetime as _DATETIME  # noqa: N812
from typing import Any

SHIFT_SECONDS = 400 * 86_400 + 5 * 3_600 + 7 * 60 + 13
"""Another year, month, day, weekday, hour, minute and second."""

_SHIFT = datetime.timedelta(seconds=SHIFT_SECONDS)


class _Kind(type):
    """A class that every date and time is an instance of, although none is made of it."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, cls.__mro__[1])

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, cls.__mro__[1])


class _Datetime(_DATETIME, metaclass=_Kind):
    def __new__(cls, *parts: Any, **named: Any) -> Any:
        return _DATETIME(*parts, **named)

    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> Any:
        return _DATETIME.now(tz) + _SHIFT

    @classmethod
    def today(cls) -> Any:
        return _DATETIME.now() + _SHIFT

    @classmethod
    def utcnow(cls) -> Any:
        return _DATETIME.now(datetime.UTC).replace(tzinfo=None) + _SHIFT


class _Date(_DATE, metaclass=_Kind):
    def __new__(cls, *parts: Any, **named: Any) -> Any:
        return _DATE(*parts, **named)

    @classmethod
    def today(cls) -> Any:
        return _DATE.today() + _SHIFT


def install() -> None:
    """Set the clocks of the modules ``time`` and ``datetime``."""
    datetime.datetime, datetime.date = _Datetime, _Date  # type: ignore[misc]
    now, now_ns = time.time, time.time_ns
    time.time = lambda: now() + SHIFT_SECONDS
    time.time_ns = lambda: now_ns() + SHIFT_SECONDS * 1_000_000_000
    for name in ("ctime", "gmtime", "localtime"):
        _with_default(name)
    strftime, asctime = time.strftime, time.asctime
    time.strftime = lambda form, *moment: strftime(form, *moment or (time.localtime(),))
    time.asctime = lambda *moment: asctime(*moment or (time.localtime(),))


def _with_default(name: str) -> None:
    original = getattr(time, name)
    setattr(time, name, lambda seconds=None: original(time.time() if seconds is None else seconds))
