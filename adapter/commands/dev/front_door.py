"""HTTP on one side, Lambda events and answers on the other; an ASGI application without a framework."""

from __future__ import annotations

import html
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import UTC, datetime
from typing import Any, TypeAlias
from urllib.parse import quote

from adapter.aws_lambda.events import (
    ACCOUNT,
    REQUEST_LIMIT_BYTES,
    RESPONSE_LIMIT_BYTES,
    HttpRequest,
    HttpResponse,
    to_event,
    to_response,
)
from adapter.commands.dev.hosts import Hosts
from adapter.commands.dev.pool import Pool
from adapter.commands.dev.process import EnvironmentDied, InvocationTimedOut, LoadFailed

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MEMORY_MB = 1_024
"""What ``context.memory_limit_in_mb`` says; nothing is limited here."""

UPLOAD_BYTES = 50_000_000
"""The largest file that the dev server takes where it plays no Lambda: scripts of Gradio's clients are tried here."""

FORM_BYTES = 1_000_000
"""What a form may have around its files."""

_UPLOAD = "/gradio_api/upload"

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<title>The app does not load</title><h1>The app does not load</h1><pre>{error}</pre>
<p>The traceback is in the terminal. The next change of the source tries again.</p></html>"""


class FrontDoor:
    """Answers HTTP as API Gateway in front of a Lambda function does.

    Args:
        pool: the environments.
        name: the function's.
        timeout_seconds: of an invocation.
        hosts: under which names it answers.
        takes_large_uploads: whether uploads of up to `UPLOAD_BYTES` pass, which Lambda would refuse.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        name: str,
        timeout_seconds: float | None,
        hosts: Hosts,
        takes_large_uploads: bool = False,
    ) -> None:
        self._takes_large_uploads = takes_large_uploads
        self._pool = pool
        self._hosts = hosts
        self._name = name
        self._timeout_seconds = timeout_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            raise NotImplementedError(f"a Lambda function is not asked for {scope['type']}")
        uploads = self._takes_large_uploads and scope["method"] == "POST" and scope["path"].endswith(_UPLOAD)
        body = await _body(receive, most=UPLOAD_BYTES + FORM_BYTES if uploads else REQUEST_LIMIT_BYTES)
        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
        if not self._hosts.allows(host):
            response = _failure(403, f"This server does not answer as {host!r}; to let it, add --allow-host {host}")
        else:
            response = (
                _failure(413, "Request Entity Too Large") if body is None else await self._answer(scope, body, uploads)
            )
        await _respond(send, response, is_head=scope["method"] == "HEAD")

    async def _answer(self, scope: Scope, body: bytes, uploads: bool) -> HttpResponse:
        request = _request(scope, body)
        event = to_event(request, request_id=_gateway_id(), received=datetime.now(UTC))
        # JSON writes a byte as 6 characters at most
        if len(body) > REQUEST_LIMIT_BYTES // 8 and _size(event) > REQUEST_LIMIT_BYTES:
            _say(
                f"{request.method} {request.path}: the event is {_size(event):,} bytes; "
                f"Lambda takes {REQUEST_LIMIT_BYTES:,}."
            )
            if not uploads:
                return _failure(413, "Request Entity Too Large")
        started = time.monotonic()
        try:
            message = await self._pool.invoke(event, self._context())
            return self._from(message, request)
        except LoadFailed as failure:
            return _does_not_load(str(failure), event["headers"].get("accept", ""))
        except InvocationTimedOut:
            _say(f"{request.method} {request.path}: timed out after {time.monotonic() - started:.2f} seconds.")
            return _failure(504, "Endpoint request timed out")
        except EnvironmentDied as death:
            _say(f"{request.method} {request.path}: the environment ended before it answered ({death}).")
            return _failure(502, "Internal Server Error")

    def _from(self, message: Mapping[str, Any], request: HttpRequest) -> HttpResponse:
        where = f"{request.method} {request.path}"
        if message["type"] == "too large":
            _say(f"{where}: the answer is {message['size']:,} bytes; Lambda passes on {RESPONSE_LIMIT_BYTES:,}.")
        elif message["type"] == "error":
            _say(f"{where}: the handler raised {message['error']}")
        else:
            try:
                return to_response(message["response"])
            except ValueError as error:
                _say(f"{where}: API Gateway cannot read the answer: {error}")
        return _failure(502, "Internal Server Error")

    def _context(self) -> dict[str, Any]:
        seconds = self._timeout_seconds
        return {
            "aws_request_id": str(uuid.uuid4()),
            "deadline_ms": None if seconds is None else int((time.time() + seconds) * 1_000),
            "function_name": self._name,
            "memory_limit_in_mb": MEMORY_MB,
            "invoked_function_arn": f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:{self._name}",
            "log_group_name": f"/aws/lambda/{self._name}",
            "log_stream_name": "local",
        }


async def _body(receive: Receive, *, most: int) -> bytes | None:
    """Return the request's body, or ``None`` for one of over ``most`` bytes; it is read to its end even so."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        if not message.get("more_body", False):
            break
    if size > most:
        _say(f"The body is {size:,} bytes; Lambda takes {REQUEST_LIMIT_BYTES:,}.")
        return None
    return b"".join(chunks)


def _request(scope: Scope, body: bytes) -> HttpRequest:
    client = scope.get("client")
    source_ip = client[0] if client else "127.0.0.1"
    headers = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in scope["headers"]]
    given = {name for name, _ in headers}
    # what API Gateway adds; a proxy in front of this server knows better
    added = {"x-forwarded-for": source_ip, "x-forwarded-proto": scope["scheme"]}
    if scope.get("server"):
        added["x-forwarded-port"] = str(scope["server"][1])
    headers += [(name, value) for name, value in added.items() if name not in given]
    return HttpRequest(
        method=scope["method"],
        path=quote(scope["raw_path"].partition(b"?")[0], safe="/%:@!$&'()*+,;=~"),
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=body,
        source_ip=source_ip,
        protocol=f"HTTP/{scope['http_version']}",
    )


async def _respond(send: Send, response: HttpResponse, *, is_head: bool) -> None:
    bodiless = is_head or response.status in (204, 304)
    headers = [(name, value) for name, value in response.headers if is_head or name != "content-length"]
    if not bodiless:
        headers.append(("content-length", str(len(response.body))))
    headers += [("set-cookie", cookie) for cookie in response.cookies]
    encoded = [(name.encode("latin-1"), value.encode("latin-1", errors="replace")) for name, value in headers]
    await send({"type": "http.response.start", "status": response.status, "headers": encoded})
    await send({"type": "http.response.body", "body": b"" if bodiless else response.body})


def _failure(status: int, message: str) -> HttpResponse:
    return _json(status, {"message": message})


def _does_not_load(error: str, accept: str) -> HttpResponse:
    if "text/html" in accept:
        page = _PAGE.format(error=html.escape(error)).encode()
        return HttpResponse(
            500, [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-store")], [], page
        )
    text = f"The app does not load: {error}"
    return _json(500, {"message": text, "error": text})


def _json(status: int, content: Mapping[str, str]) -> HttpResponse:
    return HttpResponse(status, [("content-type", "application/json")], [], json.dumps(content).encode())


def _size(event: Mapping[str, Any]) -> int:
    return len(json.dumps(event, ensure_ascii=False).encode(errors="replace"))


def _gateway_id() -> str:
    return uuid.uuid4().hex[:15] + "="


def _say(line: str) -> None:
    print(f"adapter: {line}", file=sys.stderr, flush=True)
