"""The recorded facts of real Gradio, as parameters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import adapter.components as components

FACTS = json.loads(Path(__file__).with_name("gradio_6_31.json").read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc: Any) -> None:
    """Give each test that takes ``fact`` (components), ``block_fact`` (layouts too) or ``pair`` one of the facts."""
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
    return getattr(components, fact["component"])(**json.loads(json.dumps(fact["arguments"])))
