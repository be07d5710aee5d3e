"""Record which names real Gradio has and what they take, into ``gradio_6_31.json`` beside this file.

Run it by hand in an environment of its own that has Gradio 6.31 (the project never imports it):

    python tests/record_gradio.py

The tests read the recorded facts only: names of modules, names in them, names of arguments.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import types
from pathlib import Path
from typing import Any

gr: Any = importlib.import_module("gradio")

CALLED = (
    "Blocks", "Blocks.launch", "Blocks.load", "Blocks.queue", "Blocks.render", "Blocks.unload", "Cache",
    "ChatInterface", "Examples", "Interface", "Progress", "TabbedInterface", "Textbox.change", "api", "cache",
    "close_all", "mount_gradio_app", "on", "render", "set_static_paths", "themes.Base", "themes.Base.set", "update",
    "validate",
)  # fmt: skip


def public(module: Any) -> list[str]:
    """Return the names of ``module`` that are meant for others."""
    return sorted(name for name in dir(module) if not name.startswith("_"))


def arguments(called: Any) -> list[str]:
    """Return the names of what ``called`` takes."""
    known = inspect.signature(called).parameters.values()
    kinds = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [one.name for one in known if one.kind not in kinds and one.name not in ("self", "block")]


def found(path: str) -> Any:
    """Return what stands at a dotted path below ``gradio``."""
    value = gr
    for name in path.split("."):
        value = getattr(value, name)
    return value


def main() -> None:
    """Write the facts."""
    base = importlib.import_module("gradio.blocks").Block
    blocks = {
        name: {"arguments": arguments(kind), "events": sorted(str(event) for event in getattr(kind, "EVENTS", []))}
        for name, kind in vars(gr).items()
        if isinstance(kind, type) and issubclass(kind, base) and not issubclass(kind, gr.Blocks) and kind is not base
    }
    facts = {
        "gradio": gr.__version__,
        "names": [name for name in public(gr) if not isinstance(getattr(gr, name), types.ModuleType)] + ["mcp"],
        "modules": sorted(one.name for one in pkgutil.iter_modules(gr.__path__) if not one.name.startswith("_")),
        "components": [name for name in public(gr.components) if isinstance(getattr(gr.components, name), type)],
        "themes": [name for name in public(gr.themes) if isinstance(getattr(gr.themes, name), type)],
        "arguments": {path: arguments(found(path)) for path in CALLED},
        "blocks": dict(sorted(blocks.items())),
    }
    target = Path(__file__).with_name("gradio_6_31.json")
    target.write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(facts['names'])} names, {len(blocks)} blocks")


if __name__ == "__main__":
    main()
