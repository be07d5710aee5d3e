"""The lifespan of a host app: begun once in an execution environment, before its first request.

Mangum would begin and end it in each invocation. Lambda ends an environment without a word, so the end of a lifespan
is reached before a snapshot alone.
"""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette


class Lifespan:
    """The lifespan of an app in this environment.

    Args:
        app: an app of FastAPI's or Starlette's, or what stands around one; another has no lifespan here.
    """

    def __init__(self, app: Any) -> None:
        while app is not None and not isinstance(app, Starlette):
            app = getattr(app, "app", None)
        self._app: Starlette | None = app
        self._begun: AbstractAsyncContextManager[Any] | None = None
        self._state: dict[str, Any] = {}

    def start(self) -> None:
        """Run the app's startup on this thread's event loop, unless it has run.

        Raises:
            Exception: what the startup raises; it is tried again with the next request.
        """
        if self._begun is None and self._app is not None:
            context = self._app.router.lifespan_context(self._app)
            state = asyncio.get_event_loop().run_until_complete(context.__aenter__())
            self._begun, self._state = context, dict(state or {})

    def end(self) -> None:
        """Run the app's shutdown, if it has started."""
        begun, self._begun = self._begun, None
        if begun is not None:
            asyncio.get_event_loop().run_until_complete(begun.__aexit__(None, None, None))

    def state(self) -> dict[str, Any]:
        """Return a request's copy of what the app's startup has left."""
        return {**self._state}
