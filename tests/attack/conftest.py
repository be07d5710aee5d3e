"""How hard the app is attacked: a short form with the other tests, the whole of it by ``make attack``."""

from __future__ import annotations

import os

import pytest

SEED = int(os.environ.get("ATTACK_SEED", "6310"))
"""Of the hostile requests; another one gives others."""


@pytest.fixture
def attack_size() -> int:
    """How many hostile requests are sent."""
    return int(os.environ.get("ATTACK_BODIES", "1500"))


@pytest.fixture
def attack_cases() -> int:
    """How many requests are generated from the OpenAPI document."""
    return int(os.environ.get("ATTACK_CASES", "300"))
