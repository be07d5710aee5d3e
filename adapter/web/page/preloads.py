"""Which of the page's modules a page needs at once: it asks for all of them before it has read the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adapter.web.page.files import ROOT, PageFiles

RUNNER = "scripts.js"
"""What runs the app's own scripts."""
TEMPLATES = "components/template.js"
"""What draws components of the app's own templates."""
KINDS = ("script", "on_load")
"""Where an entry of the config names a script."""


def needed(entries: Iterable[Mapping[str, Any]], files: PageFiles, *, scripts: bool = False) -> list[str]:
    """Return the modules that a page with these ``entries`` of the config loads, as paths below its folder.

    Args:
        entries: the components that the visitor can see.
        files: the page's.
        scripts: whether the app has scripts of its own.
    """
    found = [ROOT]

    def add(module: str) -> None:
        if module in files.imports and module not in (*found, *files.core):
            found.append(module)
            for one in files.imports[module]:
                add(one)

    entries = list(entries)
    if any(kind in entry for entry in entries for kind in KINDS):
        add(TEMPLATES)
    modules = {entry.get("module") or files.homes.get(entry["type"]) for entry in entries}
    for module in sorted(one for one in modules if one is not None):
        add(module)
    if scripts:
        add(RUNNER)
    return found


def own(config: Mapping[str, Any]) -> list[str]:
    """Return the app's own scripts, but for modules, that a page loads at once, as paths below its folder."""
    told: Mapping[str, Any] = config.get("scripts") or {}
    classic = [part for part in told.get("head", []) if part["attributes"].get("type") != "module"]
    loaded = [told.get("load"), *(part.get("script") for part in classic)]
    entries = [*config["dependencies"], *seen(config)]
    loaded += [one.get(kind) for one in entries for kind in KINDS]
    return list(dict.fromkeys(name for name in loaded if name))


def seen(config: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the entries of what the visitor of a page can see, now or after some event, by the page's own rule."""
    used: set[int | None] = set()
    for listener in config["dependencies"]:
        if listener["targets"]:
            used.update([*(target for target, _ in listener["targets"]), *listener["inputs"], *listener["outputs"]])
    entries = config["components"]
    return [one for one in entries if one["props"].get("visible") is not False or one["id"] in used]
