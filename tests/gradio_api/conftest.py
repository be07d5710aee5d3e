"""The recorded facts of real Gradio, and our app for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import adapter as gr
from tests.gradio_api.apps import APPS

FACTS: dict[str, Any] = json.loads(Path(__file__).with_name("gradio_6_31.json").read_text(encoding="utf-8"))["apps"]


def pytest_generate_tests(metafunc: Any) -> None:
    """Give each test that takes ``app`` the name of every app that was recorded."""
    if "app" in metafunc.fixturenames:
        metafunc.parametrize("app", list(FACTS))


def built(app: str) -> gr.Interface:
    """Return our app of that name."""
    demo: gr.Interface = APPS[app](gr)
    return demo


def as_json(value: Any) -> Any:
    """Return ``value`` as it comes out of JSON."""
    return json.loads(json.dumps(value))
