"""HTTP in the shape API Gateway hands it to a Lambda function, and the function's answer as HTTP; pure.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
(payload format 2.0). An HTTP API decodes the path's percent-encoding and leaves the query string as it came.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

REQUEST_LIMIT_BYTES = 6_291_456
"""The largest event Lambda takes. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
RESPONSE_LIMIT_BYTES = 6_291_556
"""The largest answer Lambda passes on, as its own error message names it (Function.ResponseSizeTooLarge)."""

ACCOUNT = "123456789012"
API = "local"
STAGE = "$default"

_TEXT_TYPES = ("application/json", "application/javascript", "application/xml")
_HOP_BY_HOP = frozenset(
    ("connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "http2-settings")
)


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request as it stands on the wire.

    Attributes:
        method: upper case.
        path: percent-encoded, without the query.
        query: percent-encoded, without the question mark.
        headers: names and values in their order; a name may come more than once.
        body: the bytes; empty when there is none.
        source_ip: the caller's address.
        protocol: with its version.
    """

    method: str
    path: str
    query: str = ""
    headers: Sequence[tuple[str, str]] = ()
    body: bytes = b""
    source_ip: str = "127.0.0.1"
    protocol: str = "HTTP/1.1"


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response as it goes on the wire.

    Attributes:
        status: 100 to 599.
        headers: names in lower case; no cookies and no length.
        cookies: one ``Set-Cookie`` value each.
        body: the bytes.
    """

    status: int
    headers: Sequence[tuple[str, str]]
    cookies: Sequence[str]
    body: bytes


def to_event(request: HttpRequest, *, request_id: str, received: datetime) -> dict[str, Any]:
    """Return the API Gateway HTTP API event (payload format 2.0) for a request.

    Args:
        request: what came in.
        request_id: names the request in API Gateway's log.
        received: when, with a time zone.

    Returns:
        A dict that JSON can carry. Keys that AWS leaves out (``cookies``, ``body``,
        ``queryStringParameters``) are left out.
    """
    headers, cookies = _headers(request.headers)
    path = unquote(request.path, errors="replace") or "/"
    domain = _domain(headers.get("host", "localhost"))
    received = received.astimezone(UTC)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": STAGE,
        "rawPath": path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": API,
            "domainName": domain,
            "domainPrefix": domain.split(".")[0],
            "http": {
                "method": request.method,
                "path": path,
                "protocol": request.protocol,
                "sourceIp": request.source_ip,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": request_id,
            "routeKey": STAGE,
            "stage": STAGE,
            "time": received.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": int(received.timestamp() * 1_000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    if request.query:
        event["queryStringParameters"] = _joined(parse_qsl(request.query, keep_blank_values=True))
    if request.body:
        text = _text(request.body, headers.get("content-type", ""))
        event["isBase64Encoded"] = text is None
        event["body"] = base64.b64encode(request.body).decode() if text is None else text
    return event


def to_response(answer: Any) -> HttpResponse:
    """Return what API Gateway sends for a function's answer.

    Args:
        answer: a dict with ``statusCode`` and optionally ``headers``, ``cookies``, ``body`` and
            ``isBase64Encoded``; anything else is the body of a 200.

    Raises:
        ValueError: the answer is one that API Gateway cannot read.
    """
    if not isinstance(answer, Mapping) or "statusCode" not in answer:
        text = answer if isinstance(answer, str) else json.dumps(answer)
        return HttpResponse(200, [("content-type", "application/json")], [], text.encode())
    try:
        status = int(answer["statusCode"])
    except (TypeError, ValueError):
        status = 0
    if not 100 <= status <= 599:
        raise ValueError(f"statusCode is {answer['statusCode']!r}; a function answers 100 to 599.")
    body = _body(answer)
    headers = _answered_headers(answer.get("headers") or {})
    if body and "content-type" not in dict(headers):
        headers.append(("content-type", "text/plain; charset=utf-8"))
    cookies = answer.get("cookies") or []
    if not isinstance(cookies, list) or not all(isinstance(cookie, str) for cookie in cookies):
        raise ValueError(f"cookies is {cookies!r}; a function answers a list of strings.")
    return HttpResponse(status, headers, cookies, body)


def _headers(pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    kept: list[tuple[str, str]] = []
    cookies: list[str] = []
    for name, value in pairs:
        name = name.lower()
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";") if cookie.strip()]
        elif name not in _HOP_BY_HOP:
            kept.append((name, value))
    return _joined(kept), cookies


def _joined(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return {name: ",".join(values) for name, values in found.items()}


def _domain(host: str) -> str:
    if host.startswith("["):
        return host[: host.find("]") + 1] or host
    return host.rsplit(":", 1)[0]


def _text(body: bytes, content_type: str) -> str | None:
    """Return the body as text, or ``None`` where it travels as base64."""
    kind, _, parameters = content_type.lower().partition(";")
    kind = kind.strip()
    if not (kind.startswith("text/") or kind in _TEXT_TYPES):
        return None
    charset = parameters.partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        return None
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _body(answer: Mapping[str, Any]) -> bytes:
    body = answer.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise ValueError(f"body is of type {type(body).__name__}; a function answers text, or base64 of bytes.")
    if not answer.get("isBase64Encoded"):
        return body.encode(errors="replace")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise ValueError(f"body is not base64 ({error}), and isBase64Encoded says so.") from None


def _answered_headers(headers: Any) -> list[tuple[str, str]]:
    if not isinstance(headers, Mapping):
        raise ValueError(f"headers is {headers!r}; a function answers a map of names to values.")
    found = []
    for name, value in headers.items():
        if isinstance(value, bool):
            value = str(value).lower()
        if not isinstance(value, str | int | float):
            raise ValueError(f"header {name!r} is {value!r}; a header's value is text.")
        if name.lower() not in _HOP_BY_HOP:
            found.append((name.lower(), str(value)))
    return found
