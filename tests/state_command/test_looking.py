"""``adapter state ls`` and ``show``: what they print, of which store, and what never."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from adapter.commands.cli import main
from adapter.state.backoff import Backoff
from adapter.state.codec import seal_states
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import SessionId, counter_key, session_key
from adapter.state.stores.base import StateStore, Write, new_nonce
from adapter.state.stores.sqlite import SQLiteStore
from adapter.state.warm_store import WarmStore
from adapter.web.tokens import SessionSigner
from tests.state_command.conftest import CAPTURE, answer, put_global, put_session, python
from tests.support.dev import ROOT

# -- where ----------------------------------------------------------------------------------------


def test_the_store_is_the_one_named_then_the_settings_then_the_dev_servers(
    store: StateStore, folder: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this order."""
    put_global(store, "dev", 1)
    for name in ("settings", "named"):
        with closing(SQLiteStore(folder / f"{name}.db")) as other:
            put_global(other, name, 1)

    def listed(*options: str) -> str:
        assert main(["state", "ls", "--json", *options]) == 0
        return str(json.loads(capsys.readouterr().out)["id"])

    assert listed() == "dev"
    monkeypatch.setenv("ADAPTER_STORE", f"sqlite://{folder}/settings.db")
    assert listed() == "settings"
    assert listed("--store", f"sqlite://{folder}/named.db") == "named"
    monkeypatch.setenv("ADAPTER_STORE", "memory:")
    assert listed() == "dev"


@pytest.mark.parametrize("command", [["ls"], ["show", "x"], ["reset", "x"], ["export", "x"], ["gc"]])
def test_a_state_file_that_is_not_there_is_no_empty_one(command: list[str], folder: Path, capsys: CAPTURE) -> None:
    """It is not made either."""
    assert main(["state", *command]) == 1
    assert capsys.readouterr().err == (
        f"adapter: There is no state file {folder}/.adapter/state.db; run `adapter dev` in this folder first, "
        f"or name another with --store.\n"
    )
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["fly"], "invalid choice: 'fly'"),
        (["show"], "KEY-OR-PREFIX"),
        (["reset"], "name a session's ID, --all-sessions or --global NAME"),
        (["export"], "FILE"),
        (["import"], "FILE"),
        (["ls", "--store", "memory:"], "'memory:' names no store to look into; give sqlite:///PATH or"),
    ],
)
def test_a_command_line_that_cannot_be_read_ends_with_code_2(arguments: list[str], said: str, capsys: CAPTURE) -> None:
    """With what it lacks."""
    with pytest.raises(SystemExit) as ended:
        main(["state", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_reading_the_command_line_loads_nothing_that_it_runs(folder: Path) -> None:
    """`adapter dev` starts no slower for it."""
    code = (
        "import sys; from adapter.commands.cli import main\n"
        "try: main(['state', 'ls', '--help'])\n"
        "except SystemExit: print({'msgspec', 'sqlite3', 'botocore', 'adapter.state'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    assert ran.stdout.endswith("\nset()\n")


# -- ls -------------------------------------------------------------------------------------------


def test_ls_prints_a_table(store: StateStore, capsys: CAPTURE) -> None:
    """Kind, app, id, bytes, times and States; a counter's sum."""
    key = put_session(store, cart=["tea"], total=3)
    put_global(store, "scores", [1, 2])
    store.add(counter_key("shop", "visits", 0), 1_200)
    assert main(["state", "ls"]) == 0
    out = capsys.readouterr().out.splitlines()
    record = store.read([key])[key]
    assert record.payload is not None
    assert record.expires_at is not None
    changed, expires = (
        time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(at)) for at in (record.version / 1e6, record.expires_at)
    )
    identity = key.rpartition("#")[2].lstrip("-")[:8]
    rows = {line.split()[0]: line.split() for line in out}
    assert out[0].split() == ["KIND", "APP", "ID", "BYTES", "CHANGED", "(UTC)", "EXPIRES", "(UTC)", "STATES"]
    assert rows["session"] == [
        "session", "shop", identity, str(len(record.payload)), *changed.split(), *expires.split(), "cart,", "total",
    ]  # fmt: skip
    assert rows["global"][:3] == ["global", "shop", "scores"]
    assert rows["global"][-1] == "never"
    assert rows["counter"] == ["counter", "shop", "visits", "sum", "1,200"]


def test_ls_prints_json(store: StateStore, capsys: CAPTURE) -> None:
    """One object a line, with the whole key."""
    key = put_session(store, cart=["tea"])
    put_global(store, "scores", [1], app="chat")
    store.add(counter_key("shop", "visits", 0), 2)
    assert main(["state", "ls", "--json"]) == 0
    found = {line["kind"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    record = store.read([key])[key]
    assert found["session"].pop("changed").endswith("Z")
    assert found["session"] == {
        "kind": "session",
        "app": "shop",
        "id": key.rpartition("#")[2].lstrip("-")[:8],
        "key": key,
        "bytes": len(record.payload or b""),
        "version": record.version,
        "expires_at": record.expires_at,
        "leased_until": None,
        "states": ["cart"],
    }
    assert found["counter"] == {
        "kind": "counter", "app": "shop", "id": "visits", "key": "C#shop#visits", "sum": 2,
    }  # fmt: skip
    assert main(["state", "ls", "--json", "--app", "chat"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["scores"]


def test_ls_shows_progress_over_a_thousand_sessions(store: StateStore, capsys: CAPTURE) -> None:
    """On stderr, when it is asked to or that is a terminal; else it is silent."""
    for start in range(0, 1_000, 100):
        writes = [
            Write(session_key("app", SessionId("token", str(n))), seal_states({}), 1, new_nonce(), None)
            for n in range(start, start + 100)
        ]
        store.write(writes)
    assert main(["state", "ls", "--progress"]) == 0
    streams = capsys.readouterr()
    assert streams.err.splitlines() == [f"{count:,} looked at" for count in range(25, 1_001, 25)]
    assert len(streams.out.splitlines()) == 1_001
    assert main(["state", "ls"]) == 0
    assert capsys.readouterr().err == ""
    terminal, inside = pty.openpty()
    with python("state", "ls", stderr=inside) as process:
        os.close(inside)
        out, _ = process.communicate(timeout=60)
    assert len(out.splitlines()) == 1_001
    assert os.read(terminal, 1_000_000).startswith(b"\r25 looked at\x1b[K\r\x1b[K")
    os.close(terminal)


def test_ls_ends_when_nobody_reads_on(store: StateStore) -> None:
    """As when it is piped into ``head``."""
    for number in range(1_500):
        store.add(counter_key("app", f"counter-{number}", 0), 1)
    with python("state", "ls", stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", 0)


def test_what_a_terminal_would_obey_is_printed_harmless(store: StateStore, capsys: CAPTURE) -> None:
    """Names come from apps and values from visitors."""
    put_global(store, "\x1b[2Jscores", "\x1b[2Jvalue", app="\x1b]0;title\x07")
    assert main(["state", "ls"]) == main(["state", "show", "\x1b[2J"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "\\x1b[2Jscores" in out


# -- show -----------------------------------------------------------------------------------------


def test_show_prints_facts_and_values(store: StateStore, capsys: CAPTURE) -> None:
    """By the id that ``ls`` printed."""
    key = put_session(store, cart=["tea", ("milk", 2)], note="hello")
    store.lock(key, new_nonce(), 4_000_000_000_000)
    main(["state", "ls", "--json"])
    assert main(["state", "show", json.loads(capsys.readouterr().out)["id"]]) == 0
    out = capsys.readouterr().out
    record = store.read([key])[key]
    assert out.startswith(f"session {key.rpartition('#')[2].lstrip('-')[:8]} of app shop\n  key      {key}\n")
    assert f"  size     {len(record.payload or b'')} bytes as stored\n  version  {record.version}, of 20" in out
    assert "  lease    until 2096-10-02 07:06:40 UTC\n" in out
    assert "\ncart (15 bytes):\n  ['tea', ('milk', 2)]\n\nnote (6 bytes):\n  'hello'\n" in out


def test_show_prints_globals_and_counters(store: StateStore, capsys: CAPTURE) -> None:
    """Of one name, both."""
    put_global(store, "visits", {"ann": 3})
    for shard in range(3):
        store.add(counter_key("shop", "visits", shard), 500)
    assert main(["state", "show", "visits"]) == 0
    out = capsys.readouterr().out
    assert "  expires  never\n  lease    none\n\nvalue (6 bytes):\n  {'ann': 3}\n" in out
    assert out.endswith("\ncounter visits of app shop\n  key      C#shop#visits\n  sum      1,500\n")


def test_show_cuts_long_values_unless_told_not_to(store: StateStore, capsys: CAPTURE) -> None:
    """And says how long they are."""
    put_global(store, "long", list(range(10_000)))
    assert main(["state", "show", "long"]) == 0
    out = capsys.readouterr().out
    assert len(out) < 2_500
    assert "characters; --full prints them all)" in out
    assert main(["state", "show", "long", "--full"]) == 0
    assert "9999]" in capsys.readouterr().out


def test_show_ends_with_code_1_where_there_is_not_one(store: StateStore, capsys: CAPTURE) -> None:
    """None, or several, which are listed."""
    put_global(store, "scores", 1)
    put_global(store, "scores", 1, app="chat")
    assert main(["state", "show", "topics"]) == 1
    assert "adapter: Nothing here is called 'topics'; `adapter state ls` shows" in capsys.readouterr().err
    assert main(["state", "show", "sco"]) == 1
    assert "'sco' fits 2: global scores of app chat, global scores of app shop." in capsys.readouterr().err
    assert main(["state", "show", "sco", "--app", "chat"]) == 0


# -- secrets --------------------------------------------------------------------------------------


def test_nothing_prints_what_names_a_session(
    store: StateStore, folder: Path, capsys: CAPTURE, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a token, nor the id in it, nor a session hash, also while a call of its waits."""
    signer = SessionSigner(["a secret of the tests"])
    token = signer.issue()
    ids = [SessionId("token", signer.read(token).session_id), SessionId("hash", "a-clients-own")]
    for session in ids:
        put_session(store, session, cart=[])
        queued = {"data": [], "session": [session.kind, session.value]}
        Mailbox(WarmStore(store, app="shop"), session).join("event", queued, backoff=Backoff(1e12))
    answer(monkeypatch, "n\n")
    commands = [["ls"], ["ls", "--json"], ["export", "state.jsonl"], ["gc"], ["reset", "--all-sessions"]]
    commands += [["show", "--full", session.digest().lstrip("-")] for session in ids]
    for command in commands:
        main(["state", *command])
    streams = capsys.readouterr()
    said = streams.out + streams.err + (folder / "state.jsonl").read_text()
    assert said.count("1 pending") == 6
    assert not [secret for secret in (token, *(session.value for session in ids)) if secret in said]
    assert b"a-clients-own" in b"".join(record.payload or b"" for _, record in store.scan("M#"))
