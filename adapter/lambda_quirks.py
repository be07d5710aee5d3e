"""Where Mangum 0.22 reads a Lambda event wrongly, mended; the one place for it.

* ``headers: null`` (a REST API's test button, an ALB's health check) crashes it.
* An IPv6 ``Host`` (``[::1]:7860``) crashes it: it splits at the colon.
* A stage or base path is not told: it would have to be known when the app is built, and cutting
  ``/prod`` off also cuts ``/production``.
* A path is decoded a second time where the event has it decoded already.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

Event = dict[str, Any]

HOST = "x-adapter-host"
"""Where `mended` puts a Host that Mangum cannot read; `scope_of` puts it back."""


def mended(event: Event) -> Event:
    """Return ``event`` in a form that Mangum reads rightly; the one given is not changed."""
    event = dict(event)
    for part in ("headers", "multiValueHeaders"):
        if part in event and event[part] is None:
            event[part] = {}
    if "multiValueHeaders" in event and not event["multiValueHeaders"]:
        del event["multiValueHeaders"]
    if "headers" not in event and "multiValueHeaders" not in event:
        event["headers"] = {}
    for part in ("headers", "multiValueHeaders"):
        if part in event:
            event[part] = {_name(name, value): value for name, value in event[part].items()}
    if "path" in event and event.get("version") != "2.0" and not _is_load_balancer(event):
        event["path"] = quote(event["path"] or "/", safe="/%:@!$&'()*+,;=~")
    return event


def scope_of(scope: dict[str, Any], root_path: str | None) -> dict[str, Any]:
    """Return Mangum's ASGI scope with the Host and the path prefix it left out.

    Args:
        scope: as Mangum made it.
        root_path: the public prefix, if the settings know it better than the event.
    """
    prefix = root_path.rstrip("/") if root_path is not None else _prefix(scope["aws.event"])
    path = scope["path"]
    if prefix and path != prefix and not path.startswith(prefix + "/"):
        path = prefix + path
    headers = [[b"host" if name == HOST.encode() else name, value] for name, value in scope["headers"]]
    return {**scope, "headers": headers, "root_path": prefix, "path": path, "raw_path": quote(path).encode()}


def _name(name: str, value: Any) -> str:
    host = value[0] if isinstance(value, list) and value else value
    return HOST if name.lower() == "host" and isinstance(host, str) and host.count(":") > 1 else name


def _is_load_balancer(event: Event) -> bool:
    return "elb" in event.get("requestContext", {})


def _prefix(event: Event) -> str:
    """Return the public path in front of the app's own: a stage, or a custom domain's base path."""
    context = event.get("requestContext", {})
    if event.get("version") == "2.0":
        stage, path = context.get("stage"), event.get("rawPath", "")
        prefix = f"/{stage}"
        return prefix if stage != "$default" and (path == prefix or path.startswith(prefix + "/")) else ""
    whole, path = context.get("path") or "", event.get("path") or "/"
    return whole[: -len(path)].rstrip("/") if whole.endswith(path) and path != "/" else _of_root(whole, path)


def _of_root(whole: str, path: str) -> str:
    return whole.rstrip("/") if path == "/" else ""
