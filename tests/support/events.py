"""The events of ``tests/events``, as Lambda hands them to the function."""

from __future__ import annotations

import json as jsonlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "events"

NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
SOURCES = sorted({name.split(".")[0] for name in NAMES})


def event(
    name: str, *, path: str | None = None, json: Any = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return an event, with what is given put in its place.

    Args:
        name: of the file, without ``.json``.
        path: the app's path, percent-encoded; the stage stays in front where the source has it.
        json: the body's value.
        headers: names in lower case; added to those of the event, or put in their place.
    """
    found: dict[str, Any] = jsonlib.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    if path is not None:
        _put_path(found, path)
    if json is not None:
        found["body"] = jsonlib.dumps(json)
        found["isBase64Encoded"] = False
        headers = {"content-type": "application/json", "content-length": str(len(found["body"])), **(headers or {})}
    for header, value in (headers or {}).items():
        _put_header(found, header, value)
    return found


def _put_path(event: dict[str, Any], path: str) -> None:
    context = event["requestContext"]
    if event.get("version") == "2.0":
        stage = "" if context["stage"] == "$default" else f"/{context['stage']}"
        event["rawPath"] = context["http"]["path"] = stage + path
    else:
        event["path"] = path
        if "stage" in context:
            context["path"] = f"/{context['stage']}{path}"
    if "pathParameters" in event:
        event["pathParameters"] = {"proxy": path.lstrip("/")}


def _put_header(event: dict[str, Any], header: str, value: str) -> None:
    for field, wrapped in (("headers", value), ("multiValueHeaders", [value])):
        if event.get(field) is not None:
            same = next((name for name in event[field] if name.lower() == header), header)
            event[field][same] = wrapped
