"""Requests generated from the OpenAPI document, right ones and wrong ones, are never answered by a fault."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from adapter.settings import Settings
from adapter.web.app import create_app
from tests.attack.apps.everything import demo
from tests.attack.conftest import SEED

CASES = int(os.environ.get("ATTACK_CASES", "20"))
"""Generated for each operation of the document."""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The app's OpenAPI document, with the app behind it."""
    files = tmp_path_factory.mktemp("files")
    keys = ("a-key-for-tests-of-32-bytes-0123",)
    app = create_app(demo, Settings(session_keys=keys, files=str(files), api_docs=True))
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_no_generated_request_is_answered_as_a_fault(document: Any) -> None:
    """Each operation of the document answers whatever fits it, and what does not, without a status of 500 or more."""
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 15
    for operation in operations:

        @given(case=operation.as_strategy() | operation.as_strategy(schemathesis.GenerationMode.NEGATIVE))
        @settings(
            max_examples=CASES,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def answers(case: Any) -> None:
            assert case.call().status_code < 500

        answers()
