"""The Lambda handler of an app: settings, store, FastAPI, Mangum."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools import Logger
from mangum import Mangum

from adapter.blocks import Blocks
from adapter.lambda_quirks import mended, scope_of
from adapter.settings import Settings
from adapter.web.app import create_app

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class LambdaHandler:
    """What Lambda calls: takes API Gateway (HTTP API v2, REST v1), Function URL and ALB events.

    The app is built once, in the environment's init; a call opens no connection that is open.

    Attributes:
        demo: the app that it serves.
        app: its ASGI app.
    """

    def __init__(self, demo: Blocks, settings: Settings) -> None:
        self.demo = demo
        self.app = create_app(demo, settings)
        self._logger = Logger(service=settings.app, level=settings.log_level)
        self._root_path = settings.root_path
        _ensure_loop()
        self._mangum = Mangum(self._asgi, lifespan="off")

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer one event."""
        _ensure_loop()
        with self._logger.append_context_keys(correlation_id=getattr(context, "aws_request_id", None)):
            return self._mangum(mended(event), context)

    async def _asgi(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app(scope_of(scope, self._root_path), receive, send)


def handler(demo: Blocks, *, settings: Settings | None = None) -> LambdaHandler:
    """Return the Lambda handler that serves ``demo``.

    Args:
        demo: the app: an Interface, a Blocks.
        settings: of the deployment; read from ``ADAPTER_…`` variables if left out.

    Raises:
        ConfigurationError: a setting is wrong or missing.
    """
    return LambdaHandler(demo, settings or Settings.from_environment())


class _Loop(threading.local):
    """One event loop a thread, closed with its thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.loop.close()


_loops = _Loop()


def _ensure_loop() -> None:
    """Give this thread an event loop: Mangum asks for the current one, and Python 3.14 makes none."""
    asyncio.set_event_loop(_loops.loop)
