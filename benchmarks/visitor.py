"""A page's visitor, who calls a handler directly with Lambda's events."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from typing import Any

from tests.support.events import event

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]

APPS = "benchmarks.apps"
KEYS = "a-key-for-benchmarks-of-32-bytes"


class Context:
    """What Lambda tells about an invocation; it always has 20 seconds left."""

    aws_request_id = "6f1d5f0e-3a2b-4c8d-9e7f-0a1b2c3d4e5f"

    def get_remaining_time_in_millis(self) -> int:
        """Return milliseconds."""
        return 20_000


CONTEXT = Context()


class Visitor:
    """Keeps a session the way the page does.

    Args:
        session_hash: keep it as Gradio's clients do instead: without a token and without an echo.

    Attributes:
        cpu_seconds: what the handlers have used in all calls so far.
    """

    def __init__(self, *, session_hash: str | None = None) -> None:
        self.cpu_seconds = 0.0
        self._hash = session_hash
        self._headers = {} if session_hash else {"x-adapter-session": "new"}

    def call(self, handler: Handler, api_name: str, *data: Any) -> list[Any]:
        """Call a function and return the answer's data.

        Raises:
            RuntimeError: the answer is not a success.
        """
        body = {"data": list(data), "session_hash": self._hash or "page"}
        answer = self.send(handler, f"/gradio_api/run/{api_name}", body)
        found: list[Any] = json.loads(answer["body"])["data"]
        return found

    def config(self, handler: Handler) -> dict[str, Any]:
        """Return the app's ``/config``."""
        found: dict[str, Any] = json.loads(self.send(handler, "/config")["body"])
        return found

    def copy(self) -> Visitor:
        """Return a visitor with the same session, who has seen what this one has: another tab."""
        return copy.deepcopy(self)

    def send(self, handler: Handler, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send a request, POST with a body and GET without, and return Lambda's answer.

        Raises:
            RuntimeError: the answer is not a success.
        """
        name = "http_api.get_config" if body is None else "http_api.post_run"
        request = event(name, path=path.partition("?")[0], json=body, headers=self._headers)
        request["rawQueryString"] = path.partition("?")[2]
        started = time.process_time()
        answer = handler(request, CONTEXT)
        self.cpu_seconds += time.process_time() - started
        if answer["statusCode"] != 200:
            raise RuntimeError(f"{path} was answered with {answer['statusCode']}: {answer.get('body')}")
        if self._hash is None:
            kept = ("x-adapter-session", "x-adapter-version")
            self._headers |= {name: value for name, value in answer["headers"].items() if name in kept}
        return answer
