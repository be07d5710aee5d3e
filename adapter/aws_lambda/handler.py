"""The Lambda handler of an app: settings, store, FastAPI, Mangum."""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from mangum import Mangum
from mangum.types import ASGI

from adapter.app.blocks import Blocks
from adapter.aws_lambda.kinds import is_ping, is_request, named, refusal
from adapter.aws_lambda.lifespan import Lifespan
from adapter.aws_lambda.mangum_fixes import mended, scope_of
from adapter.aws_lambda.snapstart import keep_out_of_snapshots
from adapter.aws_lambda.table_stream import expired_image, is_stream
from adapter.errors import MalformedRequest
from adapter.settings import Settings
from adapter.state.session import mount_mark, mount_of
from adapter.state.session_end import tell_dropped
from adapter.telemetry.invocation import current
from adapter.telemetry.metrics import Telemetry, patterns, route_of
from adapter.telemetry.tracing import traced
from adapter.web.app import create_app
from adapter.web.mounts import mounted
from adapter.web.service import Service

logger = logging.getLogger("adapter.lambda")

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


class LambdaHandler:
    """What Lambda calls: takes API Gateway (HTTP API v2, REST v1), Function URL and ALB events.

    It also takes the batches of the state table's stream (with old images), if one is connected:
    of sessions that expired, it calls the States' ``delete_callback``. Pings and schedules are answered
    at once; what else is no request is told what this function answers.

    The app is built once, in the environment's init; a call opens no connection that is open.

    Attributes:
        demo: the app that it serves; of a host app, the one that is mounted first, if any is.
        app: its ASGI app.
        services: the apps in it, by the paths at which they are mounted.
    """

    def __init__(self, demo: Blocks | ASGI, settings: Settings) -> None:
        self._telemetry = Telemetry(settings)
        self.app: Any = create_app(demo, settings) if isinstance(demo, Blocks) else demo
        self.services: dict[str, Service] = dict(mounted(self.app))
        self.demo: Blocks | None = next((service.blocks for service in self.services.values()), None)
        self._root_path = settings.root_path
        self._patterns = patterns(self.app)
        _ensure_loop()
        self._mangum = Mangum(self._asgi, lifespan="off")
        self._lifespan = None if isinstance(demo, Blocks) else Lifespan(self.app)
        self._answer = traced(self._invocation, settings)
        keep_out_of_snapshots(self._before_snapshot, self._after_restore, settings)

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer one event; one that is no request is answered, too, and never raises."""
        _ensure_loop()
        with self._telemetry.invocation(event if is_request(event) else {}, context) as invocation:
            answer = self._answer(event, context)
            invocation.status = answer.get("statusCode", 200)
            return answer

    def _invocation(self, event: Any, context: Any) -> dict[str, Any]:
        if is_request(event):
            try:
                event = mended(event)
            except MalformedRequest as error:
                logger.warning("a request cannot be read: %s", error)
                return {"statusCode": 400, "body": str(error)}
            if self._lifespan is not None:
                self._lifespan.start()
            return self._mangum(event, context)
        invocation = current.get()
        if invocation is not None:
            invocation.route = "a stream" if is_stream(event) else "a ping" if is_ping(event) else "another event"
        if is_stream(event):
            return self._tell_expired(event)
        if is_ping(event):
            return {}
        logger.warning("an event that this function does nothing with: %s", named(event))
        return refusal(event)

    def _tell_expired(self, event: dict[str, Any]) -> dict[str, Any]:
        """Call the ``delete_callback`` of the States of each session that the table's stream says has expired."""
        for record in event["Records"]:
            try:
                image = expired_image(record)
                if image is not None:
                    self._tell(image)
            except Exception:  # given back, it would come again with all that follow, until it is a day old
                logger.exception("a record of the table's stream cannot be used and is passed over")
        return {"batchItemFailures": []}

    def _tell(self, image: dict[str, Any]) -> None:
        for mount, service in self.services.items():
            key, payload = service.warm_store.store.deleted(image)
            ours = key.startswith(f"S#{service.warm_store.app}#") and mount_of(key) == mount_mark(mount)
            if payload is not None and ours:
                tell_dropped(payload, [state.variable for state in service.blocks.states], service.files)

    async def _asgi(self, scope: Any, receive: Any, send: Any) -> None:
        scope = scope_of(scope, self._root_path)
        if self._lifespan is not None:
            scope["state"] = self._lifespan.state()
        try:
            await self.app(scope, receive, send)
        finally:
            invocation = current.get()
            if invocation is not None:
                invocation.route = route_of(scope, self._patterns)

    def _before_snapshot(self) -> None:
        for service in self.services.values():
            service.let_go()
        if self._lifespan is not None:
            self._lifespan.end()
        _close_loop()

    def _after_restore(self) -> None:
        for service in self.services.values():
            service.let_go()
        self._telemetry.is_cold = True


def handler(
    demo: Blocks | ASGI, *, settings: Settings | None = None, share_globals: bool | Sequence[str] | None = None
) -> LambdaHandler:
    """Return the Lambda handler that serves ``demo``.

    Args:
        demo: the app: an Interface, a Blocks; or a FastAPI app in which apps are mounted, which is served whole, its
            lifespan begins before an environment's first request. The settings of what is mounted are those of
            the environment.
        settings: of the deployment; read from ``ADAPTER_…`` variables if left out.
        share_globals: whether the module-level data that functions change is shared by all environments, or the
            names of what is, such as ``["scores"]``; ``None``: as ``ADAPTER_SHARE_GLOBALS`` says, which is no.
            Functions that are defined after this call are not seen.

    Raises:
        ConfigurationError: a setting is wrong or missing, or what is to be shared cannot be.
    """
    settings = settings or Settings.from_environment()
    if share_globals is not None:
        names = (share_globals,) if isinstance(share_globals, str) else share_globals
        settings = replace(settings, share_globals=names if isinstance(names, bool) else tuple(names))
    return LambdaHandler(demo, settings)


# -- the event loop -----------------------------------------------------------------------------


class _Loop:
    """An event loop that is closed when its thread's memory of it goes."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def __del__(self) -> None:
        self.loop.close()


_threads = threading.local()


def _ensure_loop() -> None:
    """Give this thread an event loop: Mangum asks for the current one, and Python 3.14 makes none."""
    held: _Loop | None = getattr(_threads, "held", None)
    if held is None or held.loop.is_closed():
        held = _threads.held = _Loop(_current_loop() or asyncio.new_event_loop())
    asyncio.set_event_loop(held.loop)


def _close_loop() -> None:
    """Close the event loop that was made for this thread, and with it its sockets; the next call makes another."""
    _threads.held = None
    asyncio.set_event_loop(None)


def _current_loop() -> asyncio.AbstractEventLoop | None:
    """Return the loop that somebody else has given this thread: put aside, it would never be closed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 and 3.13 make one, and say so
        try:
            loop = asyncio.get_event_loop()
        except RuntimeError:
            return None
    return None if loop.is_closed() else loop
