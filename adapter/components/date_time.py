"""A moment, or a day, to choose."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Unpack
from zoneinfo import ZoneInfo

from adapter.components.base import FormComponent, toolbar
from adapter.components.events import Event
from adapter.components.options import SizeOptions
from adapter.components.values import number

_NOW = re.compile(r"\s*now\s*(?:-\s*(\d+)\s*([dmhs]))?\s*")
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class DateTimeOptions(SizeOptions, total=False):
    """What `DateTime` shares with other components."""

    label: str | None
    show_label: bool | None
    info: str | None
    every: Any
    interactive: bool | None


class DateTime(FormComponent):
    """A moment; the visitor may also write ``now``, or ``now - 5m`` (d, h, m or s).

    Args:
        value: the moment at first (text, Unix seconds or ``datetime``), or a function that gives it.
        include_time: whether it has a time, or is a day.
        type: what the function gets: "timestamp" (Unix seconds), "datetime" or "string".
        timezone: its zone, such as "Europe/Zurich"; ``None`` for the server's.
        buttons: Button instances in its corner.
        options: see `DateTimeOptions`.

    Raises:
        ValueError: ``type`` is none of the three, or there is no such zone.
    """

    TYPE: ClassVar[str] = "datetime"
    OPTIONS: ClassVar[type] = DateTimeOptions
    PROPS: ClassVar[tuple[str, ...]] = ("include_time", "type", "timezone", "buttons")
    change = Event()
    submit = Event()

    def __init__(
        self,
        value: float | str | datetime | Callable[..., Any] | None = None,
        *,
        include_time: bool = True,
        type: Literal["timestamp", "datetime", "string"] = "timestamp",
        timezone: str | None = None,
        buttons: list[Any] | None = None,
        **options: Unpack[DateTimeOptions],
    ) -> None:
        if type not in ("timestamp", "datetime", "string"):
            raise ValueError(f"type is {type!r}; it must be 'timestamp', 'datetime' or 'string'.")
        self.include_time = include_time
        self.format = "%Y-%m-%d %H:%M:%S" if include_time else "%Y-%m-%d"
        self.type = type
        self.timezone = timezone
        self.zone = None if timezone is None else ZoneInfo(timezone)
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> float | datetime | str | None:
        """Return the moment as ``type`` says; ``None`` for an empty text.

        Raises:
            InvalidInput: it is no text of that form.
        """
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, self._wanted())
        if data is None or not data.strip():
            return None
        if self.type == "string" and "now" not in data:
            return data
        try:
            moment = self._moment(data)
            if self.type == "string":
                return moment.strftime(self.format)
            return moment if self.type == "datetime" else moment.timestamp()
        except (ValueError, OverflowError):  # no such day, or one before the first year or after the last
            raise self.invalid(data, self._wanted()) from None

    def postprocess(self, value: Any) -> str | None:
        """Return the moment as text; a ``str`` as it is.

        Raises:
            TypeError: it is no text, number or ``datetime``.
        """
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return value.strftime(self.format)
        seconds = number(value)
        return None if seconds is None else datetime.fromtimestamp(seconds, tz=self.zone).strftime(self.format)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string", "description": f"Formatted as {self._wanted()}"}

    def example_payload(self) -> Any:
        return "2020-10-01 05:20:15"

    def _wanted(self) -> str:
        return "YYYY-MM-DD HH:MM:SS" if self.include_time else "YYYY-MM-DD"

    def _moment(self, text: str) -> datetime:
        if found := _NOW.fullmatch(text):
            back = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found[1] else timedelta()
            return datetime.now(self.zone) - back
        return datetime.strptime(text, self.format).replace(tzinfo=self.zone)
