"""Which of the page's modules a page needs at once: it asks for all of them before it has read the first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from adapter.web.page_files import FRONTEND, ROOT, core, imports

_COMPONENTS = re.compile(r"^export const components = \{(.*?)\};$", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"(\w+):")


def needed(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the modules that a page with these ``entries`` of the config loads, as paths below its folder."""
    found = [ROOT]
    homes = _homes()
    modules = {entry.get("module") or homes.get(entry["type"]) for entry in entries}
    for module in sorted(one for one in modules if one is not None):
        _add(module, found)
    return found


def seen(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the entries of what the visitor of a page can see, now or after some event, by the page's own rule."""
    used: set[int | None] = set()
    for listener in config["dependencies"]:
        if listener["targets"]:
            used.update([*(target for target, _ in listener["targets"]), *listener["inputs"], *listener["outputs"]])
    entries = config["components"]
    return [one for one in entries if one["props"].get("visible") is not False or one["id"] in used]


@cache
def _homes() -> dict[str, str]:
    """Return the module of each type of component, as the modules themselves say it."""
    return {kind: f"components/{path.name}" for path in FRONTEND.glob("components/*.js") for kind in _types(path)}


def _types(path: Path) -> Iterator[str]:
    for listed in _COMPONENTS.findall(path.read_text("utf-8")):
        yield from _TYPE.findall(listed)


def _add(module: str, found: list[str]) -> None:
    if module in found or module in core():
        return
    found.append(module)
    for one in imports(module):
        _add(one, found)
