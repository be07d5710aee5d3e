"""State in one SQLite file, shared by all threads and processes of a machine.

    records   key · version · nonce · payload · expires_at (s) · holder · leased_until (ms) · recent
    numbers   key · number · recent

Readers see the last commit (write-ahead log); a writer holds the file's only write lock from
its first look to its commit (BEGIN IMMEDIATE), so what it saw is still so when it writes.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from adapter.errors import StoreError
from adapter.state.stores.base import Clock
from adapter.state.stores.items import Item, Number, milliseconds
from adapter.state.stores.local import LocalStore

BUSY_SECONDS = 10
"""How long a writer waits for another process's transaction; each takes a few milliseconds."""

PAGE_ROWS = 100

LARGEST_KEY_CHARACTER = "\U0010ffff"

SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    key TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    nonce BLOB NOT NULL,
    payload BLOB,
    expires_at INTEGER,
    holder BLOB,
    leased_until INTEGER,
    recent BLOB NOT NULL DEFAULT x''
) STRICT;
CREATE INDEX IF NOT EXISTS records_expiry ON records (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS numbers (
    key TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    recent BLOB NOT NULL DEFAULT x''
) STRICT;
"""

ADDED = ("recent", "BLOB NOT NULL DEFAULT x''")
"""A column of both tables that a file of an earlier version lacks."""

COLUMNS = "version, nonce, payload, expires_at, holder, leased_until, recent"


class SQLiteStore(LocalStore):
    """Keeps state in the file at ``path``; several stores, in several processes, may share it.

    What was committed outlives a killed process and, since every commit is flushed to the
    disk, a power cut.

    Args:
        path: the file; it and its folder are made if they are missing.
        clock: Unix time in seconds.

    Raises:
        StoreError: the file cannot be opened, or is something else.
    """

    def __init__(self, path: str | os.PathLike[str], *, clock: Clock = time.time) -> None:
        super().__init__(clock=clock)
        self._path = Path(path)
        self._guard = threading.Lock()  # one connection, one transaction at a time
        with self._explained("open"):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = _connect(self._path)
        # An app that is dropped, not closed, leaves no file open; at the process's end the system closes it.
        weakref.finalize(self, self._connection.close).atexit = False

    @contextmanager
    def _open(self, action: str, *, writing: bool) -> Iterator[_Tables]:
        with self._guard, self._explained(action):
            self._connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            try:
                yield _Tables(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _explained(self, action: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"{action} on the state file {self._path} failed: {error}. {_remedy(error)}") from error

    def close(self) -> None:
        """Close the file; the last one to close it folds the log back into it."""
        with self._guard:
            self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    give_up_at = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            return _try_to_connect(path)
        except sqlite3.OperationalError as error:
            # The change to a write-ahead log does not wait: of processes that make the file at once, one is refused.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)


def _try_to_connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # a reply is sent only after its state is durable
        connection.execute("PRAGMA cache_size = -8192")  # KiB
        connection.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        for table in ("records", "numbers"):
            _add_column(connection, table, *ADDED)
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _add_column(connection: sqlite3.Connection, table: str, name: str, kind: str) -> None:
    if name not in [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]:
        connection.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")


def _remedy(error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        code &= 0xFF  # the extended codes carry the primary one in their low byte
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"Another process held it for more than {BUSY_SECONDS} s: end that process, or try again."
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return "It is no intact SQLite database: move it away, or name another file in ADAPTER_STORE."
    if code == sqlite3.SQLITE_FULL:
        return "The disk is full: free some space."
    if isinstance(error, sqlite3.ProgrammingError):
        return "The store was closed: open a new one."
    return "Name a file that this user may write in ADAPTER_STORE, on a local disk."


class _Tables:
    """The shelf within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    def get(self, key: str) -> Item | None:
        row = self._execute(f"SELECT {COLUMNS} FROM records WHERE key = ?", (key,)).fetchone()  # noqa: S608 - constant
        return None if row is None else _item(row)

    def put(self, key: str, item: Item) -> None:
        nonce = item.nonces[0] if item.nonces else b""
        self._execute(
            f"INSERT OR REPLACE INTO records (key, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constant
            (key, item.version, nonce, item.payload, item.expires_at, item.holder, item.leased_until, item.recent),
        )

    def remove(self, key: str) -> None:
        self._execute("DELETE FROM records WHERE key = ?", (key,))
        self._execute("DELETE FROM numbers WHERE key = ?", (key,))

    def number(self, key: str) -> Number | None:
        row = self._execute("SELECT number, recent FROM numbers WHERE key = ?", (key,)).fetchone()
        return None if row is None else Number(int(row[0]), row[1])

    def put_number(self, key: str, number: Number) -> None:
        self._execute(
            "INSERT OR REPLACE INTO numbers (key, number, recent) VALUES (?, ?, ?)", (key, number.value, number.recent)
        )

    def sweep(self, before: float) -> None:
        self._execute(
            "DELETE FROM records WHERE expires_at <= ? AND (leased_until IS NULL OR leased_until <= ?)",
            (int(before), milliseconds(before)),
        )

    def page(self, prefix: str, after: str) -> list[tuple[str, Item]]:
        return [(row[0], _item(row[1:])) for row in self._page(f"SELECT key, {COLUMNS} FROM records", prefix, after)]  # noqa: S608 - constant

    def page_of_numbers(self, prefix: str, after: str) -> list[tuple[str, int]]:
        return [(key, int(number)) for key, number in self._page("SELECT key, number FROM numbers", prefix, after)]

    def _page(self, selection: str, prefix: str, after: str) -> list[tuple[Any, ...]]:
        return self._execute(
            f"{selection} WHERE key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?",
            (prefix, prefix + LARGEST_KEY_CHARACTER, after, PAGE_ROWS),
        ).fetchall()


def _item(row: tuple[Any, ...]) -> Item:
    version, nonce, payload, expires_at, holder, leased_until, recent = row
    nonces = (nonce,) if nonce else ()
    return Item(version, nonces, payload, expires_at, holder, leased_until, recent=recent)
