"""Gradio's clients for the tests of several folders, whose conftest.py takes these fixtures over."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clients.drivers import Node, running_node


@pytest.fixture(scope="session", autouse=True)
def quiet_clients() -> Iterator[None]:
    """Keep Gradio's Python client from reporting its use, and from sending tokens that lie around."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        patch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
        patch.setenv("HF_HUB_OFFLINE", "1")
        yield


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """The JavaScript client."""
    with running_node() as running:
        yield running
