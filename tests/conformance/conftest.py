"""Real Gradio for the whole run; each app is served when its turn comes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.servers import GRADIO, RealGradio, real_gradio
from tests.support.client_fixtures import node, quiet_clients

__all__ = ["node", "quiet_clients"]


def pytest_collection(session: pytest.Session) -> None:
    """Say at once what is missing, instead of once for each app."""
    if not GRADIO.exists():
        raise pytest.UsageError(f"{GRADIO} is missing; run scripts/setup conformance, or all of it: make conformance")


@pytest.fixture(scope="session")
def gradio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealGradio]:
    """Real Gradio."""
    with real_gradio(tmp_path_factory.mktemp("gradio")) as running:
        yield running
