"""Modules that are imported from a folder, as an app's are, and calls of their functions in environments."""

from __future__ import annotations

import asyncio
import gc
import importlib
import itertools
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from adapter.app.plain_globals.sharing import share
from adapter.state.backoff import Backoff
from adapter.state.codec import origin, trust_folder
from adapter.state.open_apps import use_warm_store
from adapter.state.stores.memory import MemoryStore
from adapter.state.transaction import Superseded, Transaction, running
from adapter.state.warm_store import WarmStore

_numbers = itertools.count()


class App:
    """An app's modules, and an environment that calls their functions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warm_store = WarmStore(MemoryStore(), app="app")
        self.module: Any = None
        self.imported: list[str] = []

    def load(self, source: str, *, wanted: Any = True, functions: str = "", **others: str) -> Any:
        """Import a module and share its globals; ``others`` are modules that it imports, by their names."""
        for name, text in others.items():
            (self.folder / f"{name}.py").write_text(textwrap.dedent(text))
        name = f"app{next(_numbers)}"
        (self.folder / f"{name}.py").write_text("IS_APP = object()\n" + textwrap.dedent(source))
        importlib.invalidate_caches()
        self.module = importlib.import_module(name)
        self.imported += [name, *others]
        use_warm_store(self.warm_store)
        called = getattr(self.module, functions) if functions else ()
        self.shared = share(wanted, self.module.IS_APP, called)
        return self.module

    def unload(self) -> None:
        """Forget the modules."""
        for name in self.imported:
            module = sys.modules.pop(name, None)
            assert isinstance(module, ModuleType)
        self.imported.clear()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Call a function as the body of one call, again as long as others win."""
        while True:
            transaction = Transaction(self.warm_store)
            with running(transaction):
                result = function(*arguments)
            try:
                transaction.commit(backoff=Backoff(time.monotonic() + 20))
            except Superseded:
                continue
            return result

    async def acall(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Await a function as the body of one call, again as long as others win."""
        while True:
            transaction = Transaction(self.warm_store)
            with running(transaction):
                result = await function(*arguments)
            try:
                transaction.commit(backoff=Backoff(time.monotonic() + 20))
            except Superseded:
                await asyncio.sleep(0)
                continue
            return result

    def stored(self, name: str) -> Any:
        """Return what all environments have under a name."""
        return self.shared[name].get()


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Return an app whose modules stand in a folder of their own."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(origin, "_folders", {})  # no other test's modules are the app's, and this one's no other's
    trust_folder(tmp_path)
    app = App(tmp_path)
    yield app
    app.unload()
    use_warm_store(None)
    gc.collect()
