"""A store that the command line looks into, in a folder of its own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adapter.state.codec import encode, seal, seal_states
from adapter.state.session import SessionId, global_key, session_key
from adapter.state.stores.base import StateStore, Write, new_nonce, next_version
from adapter.state.stores.sqlite import SQLiteStore
from tests.support.dev import ROOT

CAPTURE = pytest.CaptureFixture[str]
ANN = SessionId("token", "ann")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, without settings from outside."""
    for name in list(os.environ):
        if name.startswith("ADAPTER_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[StateStore]:
    """The store that the dev server makes in that folder."""
    with closing(SQLiteStore(folder / ".adapter" / "state.db")) as store:
        yield store


def put(store: StateStore, key: str, payload: bytes, *, seconds: int | None = 3_600) -> None:
    """Write a first record that expires in ``seconds``."""
    expires_at = None if seconds is None else int(time.time()) + seconds
    store.write([Write(key, payload, next_version(None), new_nonce(), None, expires_at)])


def put_session(store: StateStore, session: SessionId = ANN, app: str = "shop", **values: Any) -> str:
    """Write a session's States and return its key."""
    key = session_key(app, session)
    put(store, key, seal_states({name: encode(value, name=name) for name, value in values.items()}))
    return key


def put_global(store: StateStore, name: str, value: Any, app: str = "shop") -> None:
    """Write a GlobalState."""
    put(store, global_key(app, name), seal(encode(value, name=name)), seconds=None)


def keys(store: StateStore) -> set[str]:
    """Return the keys of all records and numbers."""
    return {key for key, _ in store.scan("")} | {key for key, _ in store.numbers("")}


def python(*arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "adapter", *arguments], env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, **options
    )


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let ``text`` be what is typed."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
