"""Where Mangum 0.22 reads a Lambda event wrongly, mended; the one place for it.

* ``headers: null`` (a REST API's test button, an ALB's health check) crashes it.
* A ``Host`` that is more than a name and a port (``[::1]:7860``) crashes it, and so does a port that is no number.
* Repeated ``Cookie`` headers of a REST API are joined by commas, which cookies may hold.
* An HTTP API decodes the path; Mangum decodes it once more (``%25`` in a file's name is lost).
* A stage or base path is not told: it would have to be known when the app is built, and cutting
  ``/prod`` off also cuts ``/production``.
* Behind an ALB the caller's address is all of ``X-Forwarded-For``, which the caller may have begun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

Event = dict[str, Any]

HOST = "adapter.host"
"""The key of an event under which `mended` keeps a Host that Mangum cannot read; `scope_of` puts it back."""

_PLAIN_HOST = re.compile(r"[^:]*(:\d{1,5})?")
_STAND_IN_HOST = "localhost"


def mended(event: Event) -> Event:
    """Return ``event`` in a form that Mangum reads rightly; the one given is not changed."""
    event = {**event}
    for part in ("headers", "multiValueHeaders"):
        if event.get(part):
            event[part] = _readable(event[part], event)
        else:
            event.pop(part, None)
    if "multiValueHeaders" not in event:
        event.setdefault("headers", {})
    if event.get("version") == "2.0":
        event["requestContext"] = _with_encoded_path(event["requestContext"])
    return event


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
        found["client"] = (address.rpartition(",")[2].strip(), port)
    return found


def _readable(headers: Mapping[str, Any], event: Event) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in headers.items():
        values = value if isinstance(value, list) else [value]
        kind = name.lower()
        if kind == "host" and not _PLAIN_HOST.fullmatch(values[-1]):
            event[HOST] = values[-1]
            values = [_STAND_IN_HOST]
        if kind == "x-forwarded-port" and not values[-1].isdecimal():
            continue
        if kind in ("host", "x-forwarded-port"):
            values = values[-1:]
        if kind == "cookie":
            values = ["; ".join(values)]
        found[name] = values if isinstance(value, list) else values[0]
    return found


def _with_encoded_path(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context with a path that is percent-encoded as a Function URL's; an HTTP API's is decoded."""
    http = {**context["http"]}
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
