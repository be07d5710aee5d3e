"""What holds for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from adapter.state.codec import origin

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("adapter", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("adapter")


@pytest.fixture(autouse=True)
def own_folders() -> Iterator[None]:
    """Let no test count the folder of another, in which that one may have worked, among the app's."""
    before = dict(origin._folders)
    yield
    origin._folders.clear()
    origin._folders.update(before)
