"""``adapter state reset``, ``export``, ``import`` and ``gc``: what they ask, write and remove."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapter.commands.cli import main
from adapter.state.codec import seal_states
from adapter.state.session import SessionId, counter_key, session_key
from adapter.state.stores.base import StateStore
from adapter.state.stores.sqlite import SQLiteStore
from tests.state.stores.places import Clients, clients
from tests.state_command.conftest import CAPTURE, answer, keys, put, put_global, put_session, python
from tests.support.aws import REGION
from tests.support.ministack import running_ministack

# -- reset ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "\n", "n\n", "maybe\n"])
def test_reset_asks_and_takes_no_for_an_answer(
    typed: str, store: StateStore, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nobody is there to answer."""
    key = put_session(store, cart=[])
    answer(monkeypatch, typed)
    assert main(["state", "reset", "--all-sessions"]) == 1
    assert capsys.readouterr().err == (
        "Delete 1 session? [y/N] adapter: Nothing was deleted: it takes the answer y, or the option --yes.\n"
    )
    assert keys(store) == {key}


def test_reset_deletes_what_it_named(store: StateStore, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session by its id; the other stays."""
    gone, kept = put_session(store, cart=[]), put_session(store, SessionId("token", "bob"), cart=[])
    identity = gone.rpartition("#")[2].lstrip("-")[:8]
    answer(monkeypatch, "y\n")
    assert main(["state", "reset", identity]) == 0
    streams = capsys.readouterr()
    assert streams.err == f"Delete session {identity} of app shop? [y/N] "
    assert streams.out == f"Deleted session {identity} of app shop.\n"
    assert keys(store) == {kept}


def test_reset_deletes_all_sessions_of_an_app(store: StateStore, capsys: CAPTURE) -> None:
    """And no other's, nor globals; with --yes, without a question."""
    for number in range(30):
        put_session(store, SessionId("token", str(number)), cart=[])
    chat = put_session(store, SessionId("token", "0"), app="chat", cart=[])
    put_global(store, "scores", 1)
    assert main(["state", "reset", "--all-sessions", "--app", "shop", "--yes", "--progress"]) == 0
    streams = capsys.readouterr()
    assert (streams.out, streams.err) == ("Deleted 30 sessions.\n", "25 looked at\n30 looked at\n")
    assert keys(store) == {chat, "G#shop#scores"}


def test_reset_deletes_globals_and_counters_by_their_whole_name(store: StateStore, capsys: CAPTURE) -> None:
    """A counter with all its shards; the start of a name is not enough."""
    put_global(store, "scores", 1)
    for name in ("visits", "visits-old"):
        for shard in range(3):
            store.add(counter_key("shop", name, shard), 1)
    assert main(["state", "reset", "--global", "scor", "--yes"]) == 1
    assert "No GlobalState and no GlobalCounter is called 'scor'; is it 'scores'?" in capsys.readouterr().err
    assert main(["state", "reset", "--global", "scores", "--global", "visits", "--yes"]) == 0
    assert capsys.readouterr().out == "Deleted global scores of app shop, counter visits of app shop.\n"
    assert keys(store) == {f"C#shop#visits-old#{shard}" for shard in range(3)}


# -- gc ------------------------------------------------------------------------------------------


def test_gc_removes_what_expired(store: StateStore, capsys: CAPTURE) -> None:
    """What it would remove, it can be asked before."""
    put(store, session_key("shop", SessionId("token", "old")), seal_states({}), seconds=-1_000)
    kept = put_session(store, cart=[])
    for command, said in ((["gc", "--dry-run"], "Would remove"), (["gc"], "Removed")):
        assert main(["state", *command]) == 0
        assert capsys.readouterr().out.startswith(f"{said} 1 expired item, 0 finished queues and 0 objects")
    assert [key for key, _ in store.scan("", include_expired=True)] == [kept]


# -- export and import ----------------------------------------------------------------------------


def test_an_export_is_imported_as_it_was(store: StateStore, folder: Path, capsys: CAPTURE) -> None:
    """From a file that only its owner reads into a store that is made for it."""
    put_session(store, cart=["tea"])
    put_global(store, "scores", [1])
    store.add(counter_key("shop", "visits", 0), 2)
    assert main(["state", "export", "state.jsonl"]) == 0
    assert capsys.readouterr().err == "Exported 2 records and 1 number.\n"
    assert stat.S_IMODE((folder / "state.jsonl").stat().st_mode) == 0o600
    target = ["--store", f"sqlite://{folder}/new/state.db"]
    assert main(["state", "import", "state.jsonl", *target]) == 0
    assert capsys.readouterr().out == "Imported: 3 written, 0 replaced, 0 there already, 0 expired meanwhile.\n"
    with closing(SQLiteStore(folder / "new" / "state.db")) as copy:
        assert dict(copy.scan("")) == dict(store.scan(""))
        assert dict(copy.numbers("")) == dict(store.numbers(""))
        put_global(copy, "mine", 1)
    assert main(["state", "import", "state.jsonl", *target]) == 0
    assert "3 there already" in capsys.readouterr().out


def test_the_standard_streams_are_files_too(store: StateStore, folder: Path) -> None:
    """So that an export can be piped into an import."""
    put_global(store, "scores", [1])
    with (
        python("state", "export", "-", stderr=subprocess.DEVNULL) as source,
        python("state", "import", "-", "--store", f"sqlite://{folder}/new.db", stdin=source.stdout) as target,
    ):
        assert target.stdout is not None
        assert target.stdout.read().startswith(b"Imported: 1 written")
        assert (source.wait(60), target.wait(60)) == (0, 0)


def test_what_stands_in_the_way_of_an_import_is_told_of(store: StateStore, folder: Path, capsys: CAPTURE) -> None:
    """And replaced when that is asked for."""
    put_global(store, "scores", [1])
    main(["state", "export", "state.jsonl"])
    store.delete(["G#shop#scores"])
    put_global(store, "scores", [2])
    capsys.readouterr()
    assert main(["state", "import", "state.jsonl"]) == 1
    assert capsys.readouterr().err == (
        "adapter: Something else stands under 1 key, such as 'G#shop#scores', and was left alone. "
        "Give --replace to write over them.\n"
    )
    assert main(["state", "import", "state.jsonl", "--replace"]) == 0
    main(["state", "show", "scores"])
    assert "\n  [1]\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "there.jsonl"], "there.jsonl is there already; name a file that is not."),
        (["export", "none/x"], "none/x cannot be written: No such file or directory. Name another file."),
        (["import", "none"], "none cannot be read: No such file or directory. Name a file that export wrote."),
        (["import", "there.jsonl"], "Line 1 is not of an export: "),
    ],
)
def test_a_file_that_will_not_do_ends_with_code_1(
    arguments: list[str], said: str, store: StateStore, folder: Path, capsys: CAPTURE
) -> None:
    """With what is wrong with it; what was there stays."""
    (folder / "there.jsonl").write_text("mine")
    assert main(["state", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert (folder / "there.jsonl").read_text() == "mine"


# -- over AWS -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def emulator() -> Iterator[tuple[str, Clients]]:
    """An emulator of AWS: its address, and clients to it."""
    with running_ministack() as url, clients(url) as opened:
        yield url, opened


def test_dynamodb_is_looked_after_with_its_bucket(
    emulator: tuple[str, Clients], folder: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large state is exported from S3, imported into it, and what nothing points to is found."""
    url, opened = emulator
    here = opened.fresh()
    for name, value in {
        "AWS_ENDPOINT_URL": url,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "ADAPTER_STORE": f"dynamodb://{here.table}",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = ["--state-bucket", here.bucket]
    with closing(SQLiteStore(folder / "local.db")) as local:
        put_session(local, picture=os.urandom(100_000))
        put_global(local, "scores", [1])
        local.add(counter_key("shop", "visits", 0), 2)
        assert main(["state", "export", "local.jsonl", "--store", f"sqlite://{folder}/local.db"]) == 0
        assert main(["state", "import", "local.jsonl", *bucket]) == 0
        assert len(here.objects()) == 1
        assert main(["state", "export", "remote.jsonl", *bucket]) == 0
        lines = [(folder / f"{name}.jsonl").read_bytes().splitlines() for name in ("local", "remote")]
        assert sorted(lines[0]) == sorted(lines[1])
    capsys.readouterr()
    assert main(["state", "ls", *bucket]) == 0
    assert "picture" in capsys.readouterr().out
    assert main(["state", "gc", *bucket]) == 0
    assert capsys.readouterr().out == "Removed 0 expired items, 0 finished queues and 0 objects of 0 bytes.\n"
    assert main(["state", "gc", "--dry-run"]) == 0
    assert "\nNo object in S3 was looked at: name the bucket with --state-bucket.\n" in capsys.readouterr().out
    assert main(["state", "gc", "--app", "shop", *bucket]) == 0
    assert "since they belong to no app: leave out --app for them." in capsys.readouterr().out

    assert main(["state", "ls"]) == 0  # without the bucket
    assert "cannot be read: The state under 'S#shop#" in capsys.readouterr().out
    assert main(["state", "export", "half.jsonl"]) == 1
    assert "Exported 1 record and 1 number; 1 could not be read, such as 'S#shop#" in capsys.readouterr().err
    assert main(["state", "show", "S#shop#"]) == 1
    assert "\n  problem  The state under" in capsys.readouterr().out
    assert main(["state", "reset", "--all-sessions", "--yes", *bucket]) == 0
    assert here.objects() == []


def test_a_table_that_is_not_there_ends_with_code_1(
    emulator: tuple[str, Clients], capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line: the table, the action, the remedy."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", emulator[0])
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    assert main(["state", "ls", "--store", "dynamodb://none"]) == 1
    error = capsys.readouterr().err
    assert error.startswith("adapter: dynamodb:Scan on table 'none' in eu-central-1 was refused: ResourceNotFound")
    assert "Deploy the template that makes table 'none'" in error
    assert error.count("\n") == 1
