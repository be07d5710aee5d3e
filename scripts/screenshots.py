"""Takes the README's pictures of the page, from the apps as they are now.

.venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.node import BROWSERS  # noqa: E402 - found by the line above
from tests.support.dev import running_app  # noqa: E402

TO = ROOT / "docs" / "images"
COLOURS = 96
"""Of a page's few; the pictures are in every clone."""

Step = tuple[Any, ...]
WIDE, LOW, PHONE = (960, 680), (960, 400), (390, 680)

PICTURES: dict[str, tuple[str, tuple[int, int], str, list[Step]]] = {
    "interface": (
        "greeting",
        WIDE,
        "light",
        [
            ("textbox", "Name", "fill", "Ada"),
            ("radio", "loud", "check"),
            ("slider", "Times", "fill", "3"),
            ("button", "Submit", "click"),
        ],
    ),
    "chat": (
        "chat",
        WIDE,
        "dark",
        [
            ("textbox", "Type a message...", "fill", "Is this kept on Lambda?"),
            ("button", "Send", "click"),
            ("textbox", "Type a message...", "fill", "And the second one?"),
            ("button", "Send", "click"),
        ],
    ),
    "board": (
        "board",
        LOW,
        "light",
        [
            ("textbox", "New task", "fill", "Show it to somebody"),
            ("button", "Add", "click"),
            ("textbox", "New task", "fill", "Deploy"),
            ("button", "Add", "click"),
        ],
    ),
    "phone": ("greeting", PHONE, "dark", [("textbox", "Name", "fill", "Grace"), ("button", "Submit", "click")]),
}
"""By the picture's name: the app, the window, the system's theme, and what the visitor does."""


def take(name: str, browser: str) -> Path:
    """Take one picture and return where it is."""
    app, (width, height), scheme, steps = PICTURES[name]
    to = TO / f"{name}.png"
    with running_app(ROOT / "functions" / app / "app.py") as url:
        wanted = {"browser": browser, "url": url, "to": str(to), "width": width, "height": height}
        told = json.dumps({**wanted, "scheme": scheme, "steps": steps})
        subprocess.run(["node", str(ROOT / "scripts" / "screenshots.mjs"), told], check=True)
    with Image.open(to) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(to, optimize=True)
    return to


def main() -> None:
    """Take all of them."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    TO.mkdir(parents=True, exist_ok=True)
    for name in PICTURES:
        path = take(name, browser)
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
