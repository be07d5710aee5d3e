"""One dev server with everything left as it is, shared by the tests that do it no harm; and clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from tests.support.dev import DevServer, dev_server

PROBE = Path(__file__).with_name("apps") / "probe.py"

Serve = Callable[..., tuple[DevServer, httpx.Client]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return a function that serves an app, the probe unless told, and gives the server and a client of it."""
    with ExitStack() as stack:

        def start(
            *arguments: str, app: str | Path = PROBE, environment: dict[str, str] | None = None
        ) -> tuple[DevServer, httpx.Client]:
            server = stack.enter_context(dev_server(app, *arguments, cwd=tmp_path, environment=environment))
            return server, stack.enter_context(httpx.Client(base_url=server.url, timeout=60, trust_env=False))

        yield start
