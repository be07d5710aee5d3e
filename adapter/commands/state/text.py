"""What the commands print: rows, times, values, progress."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pprint import pformat
from typing import Any, TextIO

from adapter.state.admin.inspect import Entry
from adapter.state.session import Kind

WIDTH = 100
LONG_CHARACTERS = 2_000
"""Longer values are cut, unless they are asked for in full."""

ROW = "{:<8} {:<16} {:<16} {:>11}  {:<19}  {:<19}  {}"
HEADER = ROW.format("KIND", "APP", "ID", "BYTES", "CHANGED (UTC)", "EXPIRES (UTC)", "STATES")


def moment(seconds: float) -> str:
    """Return a Unix time as UTC, to the second; a number that is no time as it is."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f}"


def changed(version: int) -> str:
    """Return when a version was written: versions are at least the microseconds of their time."""
    return moment(version / 1_000_000)


def row(entry: Entry) -> str:
    """Return an entry as a line of the list."""
    where, record = entry.address, entry.record
    size = when = expires = ""
    if record is not None:
        size = f"{len(record.payload or b''):,}"
        when = changed(record.version)
        expires = "never" if record.expires_at is None else moment(record.expires_at)
    what = f"cannot be read: {entry.problem}" if entry.problem else ", ".join(entry.names)
    if where.kind is Kind.COUNTER:
        what = f"sum {entry.total:,}"
    cells = (where.kind, printable(where.app), printable(entry.id), size, when, expires, printable(what))
    return ROW.format(*cells).rstrip()


def as_json(entry: Entry) -> str:
    """Return an entry as one JSON object."""
    record = entry.record
    found: dict[str, Any] = {
        "kind": entry.address.kind,
        "app": entry.address.app,
        "id": entry.id,
        "key": entry.key,
    }
    if record is not None:
        found |= {
            "bytes": len(record.payload or b""),
            "version": record.version,
            "changed": f"{changed(record.version).replace(' ', 'T')}Z",
            "expires_at": record.expires_at,
            "leased_until": record.leased_until,
        }
    if entry.address.kind is Kind.SESSION:
        found["states"] = entry.names
    elif entry.address.kind is Kind.QUEUE:
        found["calls"] = entry.names
    elif entry.address.kind is Kind.COUNTER:
        found["sum"] = entry.total
    if entry.problem:
        found["problem"] = entry.problem
    return json.dumps(found, ensure_ascii=False)


def facts(entry: Entry) -> list[str]:
    """Return the lines that stand above an entry's values."""
    lines = [printable(str(entry)), f"  key      {printable(entry.key)}"]
    if entry.address.kind is Kind.COUNTER:
        return [*lines, f"  sum      {entry.total:,}"]
    if entry.problem:
        lines.append(f"  problem  {printable(entry.problem)}")
    record = entry.record
    if record is None:
        return lines
    lease = "none" if record.leased_until is None else f"until {moment(record.leased_until / 1_000)} UTC"
    lines += [
        f"  size     {len(record.payload or b''):,} bytes as stored",
        f"  version  {record.version}, of {changed(record.version)} UTC",
        f"  expires  {'never' if record.expires_at is None else f'{moment(record.expires_at)} UTC'}",
        f"  lease    {lease}",
    ]
    if entry.address.kind is Kind.QUEUE:
        lines.append(f"  calls    {', '.join(entry.names) or 'none'}")
    return lines


def value(name: str, size: int, content: Any, *, full: bool) -> str:
    """Return a value under its name, with its bytes; a long one is cut."""
    text = pformat(content, width=WIDTH, compact=True, sort_dicts=False)
    if len(text) > LONG_CHARACTERS and not full:
        text = f"{text[:LONG_CHARACTERS]}… ({len(text):,} characters; --full prints them all)"
    indented = "\n".join(f"  {printable(line)}" for line in text.splitlines())
    return f"{printable(name)} ({size:,} bytes):\n{indented}"


def printable(text: str) -> str:
    """Return ``text`` without what a terminal would take for a command."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with the word for what it counts."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


class Progress:
    """Tells how many items have been looked at: on one line of a terminal, else line by line.

    Args:
        stream: where.
        wanted: whether also if it is no terminal.
    """

    def __init__(self, stream: TextIO, *, wanted: bool) -> None:
        self._stream = stream
        self._on_terminal = stream.isatty()
        self._wanted = wanted or self._on_terminal
        self._shown = False

    def __call__(self, count: int) -> None:
        if not self._wanted:
            return
        told = f"{count:,} looked at"
        self._stream.write(f"\r{told}\x1b[K" if self._on_terminal else f"{told}\n")
        self._stream.flush()
        self._shown = self._on_terminal

    def clear(self) -> None:
        """Make room for something else on the terminal."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False
