"""The log on Lambda: JSON lines, each with the id of its request, none with what a visitor typed or a State holds.

What the adapter and the libraries below it log of an exception is its type and where it happened. Its text may quote
anything (``invalid literal for int() with base 10: 'my secret'``), and is logged only where the settings say so.
What the app's own code logs or prints is the app's own choice, and stands as it is.
"""

from __future__ import annotations

import io
import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from functools import cache
from typing import Any, TextIO

from aws_lambda_powertools import Logger

from adapter.errors import StoreError
from adapter.settings import Settings
from adapter.telemetry import invocation

DISCREET = ("adapter", "asyncio", "mangum")
"""Loggers whose lines may be about a visitor's data, although no app asked for it."""

TALKATIVE = ("asyncio", "boto3", "botocore", "mangum", "multipart", "python_multipart", "s3transfer", "urllib3")
"""Loggers that below warnings say what they send and receive: states, tokens and inputs."""

OUTSIDE = "init"
"""Stands for the id where no invocation has begun."""

_KEY = re.compile(r"\b([SM]#[^\s']*#[\w-]{6})[\w-]{37}")
"""A key of a session or its mailbox, which ends with a hash."""

latest: invocation.Invocation | None = None
"""The invocation that began last: whose lines are those of threads that a function has started."""


def known_facts() -> dict[str, Any]:
    """Return what every line says of the invocation that is running."""
    running = invocation.current.get() or latest
    if running is None:
        return {"correlation_id": OUTSIDE}
    facts = {
        "correlation_id": running.correlation_id,
        "function_request_id": running.request_id,
        "cold_start": running.cold_start,
        "endpoint": ", ".join(running.endpoints),
        "session": running.session,
    }
    return {name: value for name, value in facts.items() if value not in (None, "")}


def log_to_lambda(settings: Settings) -> logging.Handler | None:
    """Make this process log for Lambda, if it is there; elsewhere leave the log to the terminal.

    Returns:
        The handler of all lines; ``None`` elsewhere than on Lambda.
    """
    logging.getLogger("adapter").setLevel(settings.log_level)
    if not settings.on_lambda:
        return None
    # An app's own Logger of the same service shares this handler, and with it what is added to the lines.
    # Lambda filters JSON lines by their level and time, which it reads in this form. Source:
    # https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
    own = Logger(service=settings.app, level=settings.log_level, utc=True, use_rfc3339=True)
    lines = own.registered_handler
    facts = _Facts(error_text=settings.log_error_text)
    for logger in _of_powertools():
        handler = logger.handlers[0]
        handler.filters = [*(one for one in handler.filters if not isinstance(one, _Facts)), facts]
        logger.propagate = False  # or the root would write its lines again
    root = logging.getLogger()
    root.handlers = [lines, *(one for one in root.handlers if one is not lines and not _prints(one))]
    root.setLevel(settings.log_level)
    for name in TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(max(logging.WARNING, root.level))
    sys.stdout = _printed(sys.stdout, lines, logging.INFO)
    sys.stderr = _printed(sys.stderr, lines, logging.WARNING)
    return lines


def _prints(handler: logging.Handler) -> bool:
    """Whether a handler of the root's writes to the log too: the runtime's own, or one of ``basicConfig``'s."""
    return isinstance(handler, logging.StreamHandler) or type(handler).__name__.startswith("LambdaLogger")


def _of_powertools() -> list[logging.Logger]:
    """Return what is below the Loggers made so far, ours and the app's; what is made later goes through `Printed`."""
    loggers = list(logging.Logger.manager.loggerDict.values())
    return [one for one in loggers if isinstance(one, logging.Logger) and hasattr(one, "powertools_handler")]


class _Facts(logging.Filter):
    """Adds to every line what is known of its invocation, and takes away what must not be in it."""

    def __init__(self, *, error_text: bool) -> None:
        super().__init__()
        self._error_text = error_text

    def filter(self, record: logging.LogRecord) -> bool:
        for name, value in known_facts().items():
            if not hasattr(record, name):
                setattr(record, name, value)
        record.taskName = None  # Python 3.12 puts it into every record, and it says nothing here
        if not self._error_text and record.name.partition(".")[0] in DISCREET:
            _without_text(record)
        return True


# -- exceptions ---------------------------------------------------------------------------------


def _without_text(record: logging.LogRecord) -> None:
    """Leave of the exceptions in a line their types and places."""
    if isinstance(record.args, tuple):
        record.args = tuple(_chain(one) if isinstance(one, BaseException) else one for one in record.args)
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.__dict__.update(exception=_places(error), exception_name=_name(_origin(error)))
        record.exc_info = record.exc_text = None


def _name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _told(error: BaseException) -> str:
    """Return what may be told of an exception; the store's name tables, actions and remedies, which are no secret."""
    if not isinstance(error, StoreError):
        return _name(error)
    text = _KEY.sub(r"\1…", str(error))
    return f"{_name(error)}: {text}"


def _chain(error: BaseException) -> str:
    origin = _origin(error)
    return _told(error) if origin is error else f"{_told(error)}, from {_name(origin)}"


def _origin(error: BaseException) -> BaseException:
    """Return what the exception was raised from, at first."""
    seen = {id(error)}
    while error.__cause__ is not None and id(error.__cause__) not in seen:
        error = error.__cause__
        seen.add(id(error))
    return error


def _places(error: BaseException, seen: frozenset[int] = frozenset()) -> str:
    """Return a traceback as Python writes it, without the texts of the exceptions."""
    seen |= {id(error)}
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    found = [] if before is None or id(before) in seen else [_places(before, seen), "\nand then:\n"]
    members = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    places = _frames(error)
    found += [*(["Traceback (most recent call last):", *places] if places else []), _told(error)]
    found += [f"one of its exceptions:\n{_places(one, seen)}" for one in members if id(one) not in seen]
    return "\n".join(found)


def _frames(error: BaseException) -> list[str]:
    """Return the lines of a traceback from where it left the adapter and what calls it; all of them if it did not."""
    frames = traceback.extract_tb(error.__traceback__)
    left = next((n for n, frame in enumerate(frames) if not frame.filename.startswith(_machinery())), None)
    if left is None and error.__cause__ is not None:  # it says again what the cause says
        return []
    return [line.rstrip() for line in traceback.StackSummary.from_list(frames[left or 0 :]).format()]


@cache
def _machinery() -> tuple[str, ...]:
    """Return where the code is that stands between Lambda and an app's function: folders, and a file."""
    names = ("adapter", "asyncio", "contextlib", "fastapi", "mangum", "starlette")
    files = [file for name in names if (file := getattr(sys.modules.get(name), "__file__", None))]
    return tuple(file.removesuffix("__init__.py") for file in files)


# -- what is printed ----------------------------------------------------------------------------


class Printed(io.TextIOBase):
    """Makes lines of the log of what is printed.

    Args:
        stream: the process's own.
        lines: where the lines go.
        level: of the lines.
    """

    def __init__(self, stream: TextIO, lines: logging.Handler, level: int) -> None:
        self.stream = stream
        self._lines = lines
        self._level = level
        self._begun = ""

    def write(self, text: str) -> int:
        self._begun += text
        while "\n" in self._begun:
            line, _, self._begun = self._begun.partition("\n")
            self._say(line)
        return len(text)

    def end(self) -> None:
        """Write what was printed without an end of line."""
        line, self._begun = self._begun, ""
        self._say(line)

    def _say(self, line: str) -> None:
        line = line.rstrip("\r")
        if line.startswith("\r"):  # a progress bar draws itself over
            line = line.rpartition("\r")[2]
        line = line.replace("\r", "\n")  # the runtime's word for a new line within an entry
        if not line.strip():
            return
        ready = _object(line)
        if ready is not None:  # such as metrics of the app's own, which CloudWatch reads at the line's top
            self.stream.write(json.dumps({**known_facts(), **ready}, separators=(",", ":")) + "\n")
            self.stream.flush()
            return
        self._lines.handle(logging.LogRecord("print", self._level, "", 0, line, None, None, func="print"))

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.stream.fileno()

    @property
    def buffer(self) -> Any:
        """Where bytes go: as they are, since only text has lines."""
        return self.stream.buffer


def _printed(stream: TextIO, lines: logging.Handler, level: int) -> TextIO:
    raw = stream.stream if isinstance(stream, Printed) else stream
    return Printed(raw, lines, level)  # type: ignore[return-value] # TextIO is the type of files alone


def _object(line: str) -> Mapping[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def end_lines() -> None:
    """Write what an invocation has printed without an end of line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Printed):
            stream.end()
