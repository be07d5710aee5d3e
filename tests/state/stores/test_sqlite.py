"""What the SQLite store promises beyond the contract: several processes, and what is killed."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapter.errors import StoreError
from adapter.state.stores import sqlite as module
from adapter.state.stores.local import SWEEP_AFTER_SECONDS, SWEEP_EVERY_SECONDS
from adapter.state.stores.sqlite import SQLiteStore
from tests.state.stores.places import Clock, write
from tests.state.stores.sqlite_child import BOTH

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A state file that is not there yet."""
    return tmp_path / "new" / "state.db"


@contextlib.contextmanager
def _child(what: str, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "error", "-m", "tests.state.stores.sqlite_child", what, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _counts(path: Path) -> list[int]:
    with contextlib.closing(SQLiteStore(path)) as store:
        found = store.read(BOTH)
        return [int(found[key].payload or b"") for key in BOTH if key in found]


def test_what_was_committed_is_there_after_a_restart(path: Path) -> None:
    """The file and its folder are made, and keep what was written."""
    with contextlib.closing(SQLiteStore(path)) as store:
        store.write([write("G#app#g", b"kept")])
        store.add("N#app#n", 3)
    with contextlib.closing(SQLiteStore(path)) as store:
        assert store.read(["G#app#g"])["G#app#g"].payload == b"kept"
        assert store.sums(["N#app#n"]) == {"N#app#n": 3}


def test_processes_that_make_the_file_at_once_lose_nothing(path: Path) -> None:
    """3 processes open a file that is not there at the same moment, and add 30 each to two numbers."""
    with contextlib.ExitStack() as stack:
        children = [stack.enter_context(_child("count", path, "30")) for _ in range(3)]
        assert [_line(child) for child in children] == ["ready"] * 3
        for child in children:
            child.communicate("go\n", timeout=PATIENCE_SECONDS)
        assert [child.returncode for child in children] == [0] * 3
    assert _counts(path) == [90, 90]


def test_stores_that_make_the_file_at_once_all_open_it(tmp_path: Path) -> None:
    """The change to a write-ahead log refuses all but one; none of them fails for it."""
    threads = 4
    start = threading.Barrier(threads)

    def open_all() -> None:
        for number in range(40):
            start.wait(PATIENCE_SECONDS)
            SQLiteStore(tmp_path / f"{number}.db").close()

    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(open_all) for _ in range(threads)]:
            done.result(PATIENCE_SECONDS)


def test_a_process_killed_at_any_moment_leaves_both_or_neither(path: Path) -> None:
    """What it said was committed is there; two items of one commit never differ; the file stays usable."""
    for said_before_the_end in (1, 7, 23):
        with _child("forever", path) as child:
            said = [int(_line(child)) for _ in range(said_before_the_end)]
            child.kill()
            child.wait()
        counts = _counts(path)
        assert counts[0] == counts[1]
        assert counts[0] >= said[-1]


def test_a_process_killed_inside_a_commit_leaves_nothing_of_it(path: Path) -> None:
    """While it is half done others read the last commit; when it is killed, they can write."""
    with contextlib.closing(SQLiteStore(path)) as store:
        first = write(BOTH[0], b"5")
        store.write([first, write(BOTH[1], b"5")])
        with _child("half", path) as child:
            assert _line(child) == "half done"
            assert _counts_of(store) == [5, 5]
            child.kill()
            child.wait()
        assert _counts_of(store) == [5, 5]
        store.write([write(BOTH[0], b"6", first.version)])
    assert _counts(path) == [6, 5]


def _counts_of(store: SQLiteStore) -> list[int]:
    found = store.read(BOTH)
    return [int(found[key].payload or b"") for key in BOTH]


def test_a_file_that_is_held_too_long_is_told_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waits in vain for another process says for what and how long."""
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with contextlib.closing(SQLiteStore(path)) as store, contextlib.closing(sqlite3.connect(path)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"write on the state file .* failed: database is locked\. Another"):
            store.write([write("G#app#g", b"1")])
        assert store.read(["G#app#g"]) == {}
        holder.rollback()
        store.write([write("G#app#g", b"1")])


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    """What is no database is neither used nor overwritten."""
    path = tmp_path / "notes.txt"
    path.write_text("something else\n" * 100)
    with pytest.raises(StoreError, match=r"notes\.txt failed: file is not a database. It is no intact"):
        SQLiteStore(path)
    assert path.read_text().startswith("something else")


def test_a_place_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    """A file in the way of a folder, and a folder in the way of the file, name the file and what to do."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"open on the state file .* failed: .*Name a file"):
        SQLiteStore(tmp_path / "file" / "state.db")
    with pytest.raises(StoreError, match=r"open on the state file .* failed: .*Name a file"):
        SQLiteStore(tmp_path)


def test_a_closed_store_says_so(path: Path) -> None:
    """Nothing can be read after the end."""
    store = SQLiteStore(path)
    store.close()
    with pytest.raises(StoreError, match="The store was closed"):
        store.read(["G#app#g"])


def test_a_store_survives_an_error_inside_a_commit(path: Path) -> None:
    """A write that fails in the middle is undone, and the next one works."""
    with contextlib.closing(SQLiteStore(path)) as store:
        with pytest.raises(OverflowError):
            store.write([write("G#app#a", b"1"), write("G#app#b", b"1", version=2**70)])
        assert store.read(["G#app#a", "G#app#b"]) == {}
        store.write([write("G#app#a", b"1")])


def test_what_expired_long_ago_is_deleted(path: Path) -> None:
    """Writes sweep out, now and then, what nobody can read any more."""
    clock = Clock()
    with contextlib.closing(SQLiteStore(path, clock=clock)) as store:
        store.write([write("S#app#old", b"1", expires_at=int(clock.now) + 60), write("G#app#g", b"1")])
        clock.now += 60 + SWEEP_AFTER_SECONDS + SWEEP_EVERY_SECONDS
        assert [key for key, _ in store.scan("S#", include_expired=True)] == ["S#app#old"]
        store.write([write("S#app#new", b"1", expires_at=int(clock.now) + 60)])
        assert {key for key, _ in store.scan("", include_expired=True)} == {"S#app#new", "G#app#g"}


def test_a_store_that_is_dropped_leaves_no_file_open(tmp_path: Path) -> None:
    """Whoever lets an app go without closing it keeps no connection by it."""
    store = SQLiteStore(tmp_path / "state.db")
    connection = store._connection
    del store
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")
