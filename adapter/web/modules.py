"""Which of the page's modules a page needs at once: it asks for all of them before it has read the first."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

FRONTEND = Path(__file__).parent.parent / "frontend"
ROOT = "main.js"

_IMPORT = re.compile(r'^import .* from "([^"]+)";$', re.MULTILINE)
_COMPONENTS = re.compile(r"^export const components = \{(.*?)\};$", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"(\w+):")


def needed(types: Iterable[str]) -> list[str]:
    """Return the modules that a page with components of ``types`` loads, as paths below its folder."""
    found: list[str] = []
    homes = _homes()
    for module in (ROOT, *sorted({homes[one] for one in types if one in homes})):
        _add(module, found)
    return found


def seen(config: Mapping[str, Any]) -> list[str]:
    """Return the types of what the visitor of a page can see, now or after some event, by the page's own rule."""
    used: set[int | None] = set()
    for listener in config["dependencies"]:
        if listener["targets"]:
            used.update([*(target for target, _ in listener["targets"]), *listener["inputs"], *listener["outputs"]])
    entries = config["components"]
    return [one["type"] for one in entries if one["props"].get("visible") is not False or one["id"] in used]


def version() -> str:
    """Return a name for the present content of the page's files; it is another one when any of them changes."""
    digest = hashlib.sha256()
    for path in sorted(FRONTEND.rglob("*.*")):
        digest.update(path.name.encode() + path.read_bytes())
    return f"v-{digest.hexdigest()[:12]}"


@cache
def _homes() -> dict[str, str]:
    """Return the module of each type of component, as the modules themselves say it."""
    return {kind: f"components/{path.name}" for path in FRONTEND.glob("components/*.js") for kind in _types(path)}


def _types(path: Path) -> Iterator[str]:
    for listed in _COMPONENTS.findall(path.read_text("utf-8")):
        yield from _TYPE.findall(listed)


@cache
def _imports(module: str) -> tuple[str, ...]:
    path = FRONTEND / module
    each = _IMPORT.findall(path.read_text("utf-8"))
    return tuple((path.parent / one).resolve().relative_to(FRONTEND.resolve()).as_posix() for one in each)


def _add(module: str, found: list[str]) -> None:
    if module in found:
        return
    found.append(module)
    for one in _imports(module):
        _add(one, found)
