"""How hard the app is attacked: a short form with the other tests, the whole of it by ``make attack``."""

from __future__ import annotations

import os

import pytest

SEED = int(os.environ.get("ATTACK_SEED", "6310"))
"""Of the hostile requests; another one gives others."""


@pytest.fixture
def attack_size() -> int:
    """How many hostile requests are sent."""
    return int(os.environ.get("ATTACK_BODIES", "1000"))


@pytest.fixture
def attack_cases() -> int:
    """How many right and how many wrong requests are generated of each operation of the OpenAPI document."""
    return int(os.environ.get("ATTACK_CASES", "10"))
