"""Which apps are mounted in an ASGI app."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from starlette.routing import Mount

from adapter.web.service import Service


def mounted(app: Any) -> Iterator[tuple[str, Service]]:
    """Yield the apps that are mounted in an ASGI app, with their paths; also in mounts, and in what is around it."""
    service = getattr(getattr(app, "state", None), "service", None)
    if isinstance(service, Service):
        yield "", service
        return
    for route in getattr(app, "routes", None) or ():
        if isinstance(route, Mount):
            for path, found in mounted(route.app):
                yield f"{route.path}{path}", found
    inner = getattr(app, "app", None)
    if inner is not None and inner is not app:
        yield from mounted(inner)
