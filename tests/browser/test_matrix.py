"""Every component does on the page what any component does."""

from __future__ import annotations

import pytest

from tests.browser.node import HERE, run
from tests.support.dev import running_app

pytestmark = pytest.mark.end_to_end


PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
def test_every_component_is_shown_edited_sent_updated_fails_and_needs_no_mouse(part: int) -> None:
    """Each component has a row in the table of its file; this runs all of them."""
    with running_app(HERE / "apps" / "matrix.py") as address:
        run("matrix", address, PART=f"{part}/{PARTS}")
