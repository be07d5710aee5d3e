"""The page in a real browser: each file ``*.test.mjs`` is a case, run by Node against an app that is served for it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.dev import ROOT, running_app

HERE = Path(__file__).parent
MODULES = HERE.parent / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST_SECONDS = 280

PAGES = {
    "accessibility": HERE / "apps" / "components.py",
    "chat": HERE / "apps" / "chat.py",
    "chat_interface": ROOT / "functions" / "chat" / "app.py",
    "components": HERE / "apps" / "components.py",
    "conversation": HERE / "apps" / "conversation.py",
    "extras": HERE / "apps" / "extras.py",
    "first_load": ROOT / "functions" / "score_tracker" / "app.py",
    "listeners": HERE / "apps" / "listeners.py",
    "markdown": ROOT / "functions" / "greeting" / "app.py",
    "persistence": HERE / "apps" / "persistence.py",
    "payloads": HERE / "apps" / "payloads.py",
    "score_tracker": ROOT / "functions" / "score_tracker" / "app.py",
    "session": ROOT / "functions" / "interface_state" / "app.py",
}
"""The app that each file's tests open."""

pytestmark = pytest.mark.end_to_end


def browser() -> str:
    """Return a Chromium's path; skip the test where something it needs is missing, and fail in CI."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    missing = [
        name
        for name, there in (
            ("Node", shutil.which("node")),
            ("Chromium", found),
            ("playwright-core", (MODULES / "playwright-core").is_dir()),
            ("axe-core", (MODULES / "axe-core").is_dir()),
        )
        if not there
    ]
    if missing:
        reason = f"the page needs a browser to be tested, and this machine has no {', '.join(missing)}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    assert found is not None
    return found


def test_every_file_has_its_app() -> None:
    """No file of browser tests is left out of the run."""
    assert sorted(PAGES) == sorted(path.name.removesuffix(".test.mjs") for path in HERE.glob("*.test.mjs"))


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    """The page keeps the promises of this file's tests."""
    executable = browser()
    with running_app(PAGES[name]) as address:
        done = subprocess.run(
            ["node", "--test-reporter=spec", f"{name}.test.mjs"],
            cwd=HERE,
            env={**os.environ, "PAGE": address, "BROWSER": executable},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    assert done.returncode == 0, f"node {name}.test.mjs:\n{done.stdout}"
