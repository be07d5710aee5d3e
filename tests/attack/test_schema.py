"""Requests generated from the OpenAPI document, right ones and wrong ones, are never answered by a fault."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from adapter.settings import Settings
from adapter.web.app import create_app
from tests.attack.apps.everything import demo

NAMES = st.sampled_from([listener.api_name for listener in demo.listeners])


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Any]:
    """The app's OpenAPI document, with the app behind it."""
    settings = Settings(session_keys=("a-key-for-tests-of-32-bytes-0123",), files=str(tmp_path / "files"))
    app = create_app(demo, settings)
    yield schemathesis.openapi.from_asgi("/openapi.json", app)
    app.state.service.warm_store.store.close()


def test_no_generated_request_is_answered_as_a_fault(document: Any, attack_cases: int) -> None:
    """Each operation of the document answers whatever fits it, and what does not, without a status of 500 or more."""
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 15
    sent = 0
    for operation in operations:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @given(case=operation.as_strategy(generation_mode=mode), name=NAMES, known=st.booleans())
            @settings(
                max_examples=attack_cases,
                database=None,
                derandomize=True,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def answers(case: Any, name: str, known: bool) -> None:
                nonlocal sent
                if known and "api_name" in (case.path_parameters or {}):
                    case.path_parameters["api_name"] = name
                answer = case.call()
                sent += 1
                assert answer.status_code < 500, (case, answer.text)

            with contextlib.suppress(Unsatisfiable):  # an operation without parameters cannot be called wrongly
                answers()
    assert sent >= 15 * attack_cases
