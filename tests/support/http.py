"""HTTP to a Lambda handler, as it comes through API Gateway's HTTP API."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from adapter.aws_lambda.events import HttpRequest, to_event, to_response
from adapter.aws_lambda.handler import LambdaHandler

NOTHING: Any = object()

SESSION, VERSION = "x-adapter-session", "x-adapter-version"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body's value."""
        assert self.headers["content-type"] == "application/json", self.body
        return jsonlib.loads(self.body)

    @property
    def data(self) -> Any:
        """The values that a call gave."""
        assert self.status == 200, self.body
        return self.json["data"]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The messages of ``/queue/data``, read as strictly as Gradio's Python client does."""
        assert self.headers["content-type"].startswith("text/event-stream")
        assert self.body.endswith(b"\n\n")
        assert b"\r" not in self.body
        blocks = self.body.decode().removesuffix("\n\n").split("\n\n")
        assert all(block.startswith("data: ") and "\n" not in block for block in blocks), self.body
        return [jsonlib.loads(block.removeprefix("data: ")) for block in blocks]

    @property
    def events(self) -> list[tuple[str, Any]]:
        """The events of ``/call``, each with its data."""
        assert self.headers["content-type"].startswith("text/event-stream")
        found = []
        for block in self.body.decode().removesuffix("\n\n").split("\n\n"):
            event, data = block.split("\n")
            found.append((event.removeprefix("event: "), jsonlib.loads(data.removeprefix("data: "))))
        return found


@dataclass
class Door:
    """Sends requests to one handler: one execution environment."""

    handler: LambdaHandler
    context: Any = None

    def __call__(
        self,
        method: str,
        path: str,
        *,
        json: Any = NOTHING,
        body: bytes = b"",
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; ``path`` is percent-encoded where it needs to be."""
        found = {"host": "app.example.org", **(headers or {})}
        if json is not NOTHING:
            body = jsonlib.dumps(json).encode()
            found.setdefault("content-type", "application/json")
        request = HttpRequest(
            method, quote(path, safe="/%="), query=urlencode(query or {}), headers=list(found.items()), body=body
        )
        event = to_event(request, request_id="JKJaXmPLvHcESHA=", received=datetime.now(UTC))
        response = to_response(self.handler(event, self.context))
        return Answer(response.status, dict(response.headers), response.body)

    def get(self, path: str, **options: Any) -> Answer:
        """Send a GET."""
        return self("GET", path, **options)

    def run(self, *data: Any, api: str = "predict", session: str | None = None, **options: Any) -> Answer:
        """Call an endpoint by ``/run``; ``session`` is a Gradio client's ``session_hash``."""
        body = {"data": list(data), **({"session_hash": session} if session else {})}
        return self("POST", f"/gradio_api/run/{api}", json=body, **options)

    def queue(self, *data: Any, fn_index: int = 0, session: str = "ann", **options: Any) -> list[dict[str, Any]]:
        """Call an endpoint by ``/queue/join`` and return the messages of ``/queue/data``."""
        body = {"data": list(data), "fn_index": fn_index, "session_hash": session}
        joined = self("POST", "/gradio_api/queue/join", json=body, **options)
        assert joined.status == 200, joined.body
        return self.get("/gradio_api/queue/data", query={"session_hash": session}, **options).messages

    def call(self, *data: Any, api: str = "predict", **body: Any) -> list[tuple[str, Any]]:
        """Call an endpoint by ``/call`` and return its events."""
        joined = self("POST", f"/gradio_api/call/{api}", json={"data": list(data), **body})
        assert joined.status == 200, joined.body
        return self.get(f"/gradio_api/call/{api}/{joined.json['event_id']}").events

    def close(self) -> None:
        """End the environment."""
        self.handler.app.state.service.warm_store.store.close()
