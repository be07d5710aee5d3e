"""What runs the browser tests: Node, playwright-core and this machine's Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = HERE.parent / "node_modules"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST_SECONDS = 280


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


def run(name: str, page: str, *, folder: Path = HERE, **environment: str) -> None:
    """Run the tests of ``NAME.test.mjs`` against the page at ``page``; fails with what Node says.

    Args:
        name: of the file.
        page: an address, without a slash at its end.
        folder: where the file is.
        environment: variables that the file reads besides.
    """
    executable = browser()
    done = subprocess.run(
        ["node", "--test-reporter=spec", f"{name}.test.mjs"],
        cwd=folder,
        env={**os.environ, "PAGE": page, "BROWSER": executable, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST_SECONDS,
    )
    assert done.returncode == 0, f"node {name}.test.mjs:\n{done.stdout}"
