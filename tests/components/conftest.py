"""The recorded facts of real Gradio, as parameters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import adapter.components
from adapter.components.base import Block
from adapter.files import LocalFiles
from adapter.files.base import owner_of
from adapter.files.in_call import CallFiles, using

FACTS = json.loads(Path(__file__).with_name("gradio_6_31.json").read_text(encoding="utf-8"))
MODULES = [import_module(f"adapter.components.{module.name}") for module in iter_modules(adapter.components.__path__)]
KINDS: dict[str, Any] = {
    name: kind
    for module in MODULES
    for name, kind in vars(module).items()
    if isinstance(kind, type) and issubclass(kind, Block) and kind.TYPE
}
"""Every component and layout there is, by name."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalFiles:
    """Where files are kept; the app's own lie beside it, in the working folder."""
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path / "app")
    return LocalFiles(tmp_path / "files")


@pytest.fixture
def files(store: LocalFiles) -> Iterator[LocalFiles]:
    """The store of the files of a call that runs."""
    with using(call_of(store)):
        yield store


def call_of(store: LocalFiles) -> CallFiles:
    """Return the files of a call of Ann's."""
    return CallFiles(store, owner=owner_of("ann"), api="https://host/prod")


def pytest_generate_tests(metafunc: Any) -> None:
    """Give each test that takes ``fact`` (components) or ``block_fact`` (layouts too) one of the facts."""
    if "fact" in metafunc.fixturenames:
        found = FACTS["components"]
        metafunc.parametrize("fact", found, ids=map(named, found))
    if "block_fact" in metafunc.fixturenames:
        found = [*FACTS["components"], *FACTS["layouts"]]
        metafunc.parametrize("block_fact", found, ids=map(named, found))


def named(fact: dict[str, Any]) -> str:
    """Return a test's name for ``fact``."""
    return "-".join([fact["component"], *fact["arguments"]])


def built(fact: dict[str, Any]) -> Any:
    """Return our component or layout of the recorded kind and arguments."""
    return KINDS[fact["component"]](**json.loads(json.dumps(fact["arguments"])))
