"""Every app of the project under the page's own policy."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.browser.node import HERE, run
from tests.support.dev import ROOT, running_app

pytestmark = pytest.mark.end_to_end

AT_ONCE = 2
PARTS = 2


def apps() -> dict[str, Path]:
    """Return every app that needs nothing which the tests' environment has not, by its name."""
    functions = {path.parent.name: path for path in (ROOT / "functions").glob("*/app.py")}
    own = {path.stem: path for path in (HERE / "apps").glob("*.py")}
    alone = {name: path for name, path in functions.items() if not (path.parent / "requirements.txt").exists()}
    return {f"functions/{name}": path for name, path in sorted(alone.items())} | {
        f"apps/{name}": path for name, path in sorted(own.items())
    }


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_needs_more_than_its_policy_or_says_anything(part: int) -> None:
    """Whatever is pressed on it: no script, style, image or connection is refused, and nothing is warned of."""
    with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as threads:
        servers = {name: running_app(path) for name, path in list(apps().items())[part::PARTS]}
        addresses = dict(zip(servers, threads.map(stack.enter_context, servers.values()), strict=True))
        assert len(addresses) > 5
        run("policy", "", APPS=json.dumps({name: f"{url}/" for name, url in addresses.items()}))
