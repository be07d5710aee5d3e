"""What the page offers to be pasted."""

from __future__ import annotations

import sys

import pytest

from tests.browser.node import HERE, run
from tests.support.dev import running_app

pytestmark = pytest.mark.end_to_end


def test_what_the_page_offers_to_be_pasted_runs() -> None:
    """In Python, JavaScript and a shell, against the server that the page came from."""
    with running_app(HERE / "apps" / "snippets.py") as address:
        run("snippets", address, PYTHON=sys.executable)
