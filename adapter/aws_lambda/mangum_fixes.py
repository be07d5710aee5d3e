"""Where Mangum 0.22 reads a Lambda event wrongly, mended; the one place for it.

* ``headers: null`` (a REST API's test button, an ALB's health check) crashes it.
* A ``Host`` that is more than a name and a port (``[::1]:7860``) crashes it, and so does a port that is no number.
* Repeated ``Cookie`` headers of a REST API are joined by commas, which cookies may hold.
* An HTTP API decodes the path; Mangum decodes it once more (``%25`` in a file's name is lost).
* A stage or base path is not told: it would have to be known when the app is built, and cutting
  ``/prod`` off also cuts ``/production``.
* Behind an ALB the caller's address is all of ``X-Forwarded-For``, which the caller may have begun.
* What is forwarded is taken as it stands: a scheme that is none, an address that is none. A header that is no text,
  or no Unicode, crashes it, and so does a body that is said to be base64 and is not.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from adapter.errors import MalformedRequest

Event = dict[str, Any]

HOST = "adapter.host"
"""The key of an event under which `mended` keeps a Host that Mangum cannot read; `scope_of` puts it back."""

_PLAIN_HOST = re.compile(r"[^:]*(:\d{1,5})?")
_STAND_IN_HOST = "localhost"
_ADDRESSES = ("x-forwarded-for", "x-real-ip")
_SCHEMES = ("http", "https")
_KINDS: dict[str, type] = {
    "rawQueryString": str,
    "cookies": list,
    "queryStringParameters": Mapping,
    "multiValueQueryStringParameters": Mapping,
}
"""Parts of an event that may be missing, and what they are where they are not."""
_CONTEXT_KINDS: dict[str, Any] = {
    **dict.fromkeys(("path", "stage", "domainName", "requestId"), str),
    **dict.fromkeys(("timeEpoch", "requestTimeEpoch"), int | float),
    **dict.fromkeys(("authorizer", "identity", "elb"), Mapping),
}
"""The same of its ``requestContext``."""
_FORWARDED = ("x-forwarded-proto", "x-forwarded-port", *_ADDRESSES)
"""What front doors add, and callers may have begun."""


def mended(event: Event) -> Event:
    """Return ``event`` in a form that Mangum reads rightly; the one given is not changed.

    Raises:
        MalformedRequest: the body is not what the event says that it is.
    """
    event = {**event}
    for part in ("headers", "multiValueHeaders"):
        if isinstance(event.get(part), Mapping) and event[part]:
            event[part] = _readable(event[part], event, several=part != "headers")
        else:
            event.pop(part, None)
    event = _of_kinds(event, _KINDS)
    event["requestContext"] = _of_kinds(event.get("requestContext") or {}, _CONTEXT_KINDS)
    if "multiValueHeaders" not in event:
        event.setdefault("headers", {})
    for part in ("queryStringParameters", "multiValueQueryStringParameters"):
        if part in event:
            query = {name: list(_texts(value)) for name, value in event[part].items() if _is_text(str(name))}
            event[part] = query if part != "queryStringParameters" else {name: "".join(query[name]) for name in query}
    _check(event)
    if event.get("version") == "2.0":
        event["cookies"] = list(_texts(event.get("cookies", [])))
        event["requestContext"] = _with_encoded_path(event["requestContext"])
        return event
    event["requestContext"].setdefault("identity", {})
    if "version" not in event:
        event.setdefault("resource", event["path"])  # which a test event written by hand leaves out
    return event


def _of_kinds(parts: Mapping[str, Any], kinds: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of an object of an event without those parts that are not what they should be."""
    return {name: value for name, value in parts.items() if name not in kinds or isinstance(value, kinds[name])}


def _check(event: Event) -> None:
    body = event.get("body") or ""
    path = event["requestContext"]["http"]["path"] if event.get("version") == "2.0" else event["path"]
    try:
        (path + event.get("rawQueryString", "")).encode()
        if event.get("isBase64Encoded"):
            base64.b64decode(body)
        else:
            body.encode()
    except (AttributeError, TypeError, ValueError) as error:  # the last is what base64 and Unicode raise, too
        raise MalformedRequest(f"the request cannot be read: {type(error).__name__}.") from error


def scope_of(scope: dict[str, Any], root_path: str | None) -> dict[str, Any]:
    """Return Mangum's ASGI scope with what it left out: the Host, the path's prefix, the caller's address.

    Args:
        scope: as Mangum made it of a `mended` event.
        root_path: the public prefix, if the settings know it better than the event.
    """
    event = scope["aws.event"]
    prefix, path = _split(event, scope["path"])
    if root_path is not None:
        prefix = root_path.rstrip("/")
        path = _without(path, prefix)
    path = prefix + path or "/"
    found = {**scope, "root_path": prefix, "path": path, "raw_path": quote(path).encode()}
    if HOST in event:
        found["headers"] = [
            [name, event[HOST].encode() if name == b"host" else value] for name, value in scope["headers"]
        ]
    if _is_load_balancer(event):
        address, port = scope["client"]
        found["client"] = (_address(address.rpartition(",")[2]) or "", port)
    return found


def _readable(headers: Mapping[str, Any], event: Event, *, several: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in headers.items():
        kind = str(name).lower()
        values = list(_texts(value))
        if kind in _FORWARDED:
            values = [text for one in values if (text := _forwarded(kind, one))]
        if not values or not _is_text(kind):
            continue
        if kind == "host" and not _PLAIN_HOST.fullmatch(values[-1]):
            event[HOST] = values[-1]
            values = [_STAND_IN_HOST]
        if kind in ("host", "x-forwarded-port", "x-forwarded-proto"):
            values = values[-1:]
        if kind == "cookie":
            values = ["; ".join(values)]
        found[kind] = values if several else ", ".join(values)
    return found


def _texts(value: Any) -> Iterator[str]:
    """Yield what of a header's value, or of its list of them, is text that can be sent."""
    for one in value if isinstance(value, list) else [value]:
        text = str(one) if isinstance(one, int | float) else one
        if isinstance(text, str) and _is_text(text):
            yield text


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character
        return False
    return not {"\r", "\n", "\0"} & set(text)


def _forwarded(kind: str, value: str) -> str:
    """Return what a header says of where a request came from, without what is malformed; empty if it says nothing."""
    if kind == "x-forwarded-port":
        return value if value.isascii() and value.isdecimal() and int(value[:6]) <= 65_535 else ""
    if kind == "x-forwarded-proto":
        return value.lower() if value.lower() in _SCHEMES else ""
    return ", ".join(one.strip() for one in value.split(",") if _address(one) is not None)


def _address(text: str) -> str | None:
    """Return the address in an entry of ``X-Forwarded-For``, which may have a port; ``None`` if it is none."""
    text = text.strip()
    for candidate in (text, text.rpartition(":")[0], text.rpartition(":")[0].strip("[]"), text.strip("[]")):
        try:
            return str(ipaddress.ip_address(candidate))
        except ValueError:
            continue
    return None


def _with_encoded_path(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context with a path that is percent-encoded as a Function URL's; an HTTP API's is decoded."""
    http = {**context["http"]}
    if not isinstance(http.get("sourceIp"), str):
        http["sourceIp"] = ""
    if ".lambda-url." not in context.get("domainName", ""):
        http["path"] = http["path"].replace("%", "%25")
    return {**context, "http": http}


def _split(event: Event, path: str) -> tuple[str, str]:
    """Return the public path in front of the app's own (a stage), and the app's own."""
    context = event.get("requestContext", {})
    if event.get("version") == "2.0":
        stage = context.get("stage", "$default")
        rest = path if stage == "$default" else _without(path, f"/{stage}")
        return path.removesuffix(rest), rest
    whole = unquote(context.get("path") or "")
    if path == "/":
        return whole.rstrip("/"), path
    return (whole.removesuffix(path) if whole.endswith(path) else ""), path


def _without(path: str, prefix: str) -> str:
    return path[len(prefix) :] if path == prefix or path.startswith(prefix + "/") else path


def _is_load_balancer(event: Event) -> bool:
    return "elb" in event.get("requestContext", {})
