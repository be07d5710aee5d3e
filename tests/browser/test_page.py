"""The page in a real browser: each file ``*.test.mjs`` is a case, run by Node against an app that is served for it."""

from __future__ import annotations

import pytest

from tests.browser.node import HERE, run
from tests.support.dev import ROOT, running_app

PAGES = {
    "accessibility": HERE / "apps" / "components.py",
    "board": ROOT / "functions" / "board" / "app.py",
    "chat": HERE / "apps" / "chat.py",
    "chat_interface": ROOT / "functions" / "chat" / "app.py",
    "commonmark": ROOT / "functions" / "greeting" / "app.py",
    "choices": HERE / "apps" / "choices.py",
    "components": HERE / "apps" / "components.py",
    "conversation": HERE / "apps" / "conversation.py",
    "counting": HERE / "apps" / "counting.py",
    "extras": HERE / "apps" / "extras.py",
    "files": HERE / "apps" / "files.py",
    "first_load": ROOT / "functions" / "score_tracker" / "app.py",
    "history": HERE / "apps" / "history.py",
    "listeners": HERE / "apps" / "listeners.py",
    "narrow": HERE / "apps" / "narrow.py",
    "overlay": HERE / "apps" / "overlay.py",
    "markdown": ROOT / "functions" / "greeting" / "app.py",
    "media": HERE / "apps" / "media.py",
    "multimodal": HERE / "apps" / "multimodal.py",
    "pair_events": HERE / "apps" / "pair_events.py",
    "pairs": ROOT / "tests" / "pairs" / "apps" / "chatbot.py",
    "persistence": HERE / "apps" / "persistence.py",
    "payloads": HERE / "apps" / "payloads.py",
    "templates": HERE / "apps" / "templates.py",
    "theme": HERE / "apps" / "theme.py",
    "sections": HERE / "apps" / "sections.py",
    "rendering": HERE / "apps" / "rendering.py",
    "scripts": HERE / "apps" / "scripts.py",
    "score_tracker": ROOT / "functions" / "score_tracker" / "app.py",
    "painting": ROOT / "functions" / "greeting" / "app.py",
    "pictures": HERE / "apps" / "pictures.py",
    "plots": HERE / "apps" / "plots.py",
    "regions": HERE / "apps" / "regions.py",
    "uploads": HERE / "apps" / "files.py",
    "tables": ROOT / "functions" / "greeting" / "app.py",
    "session": ROOT / "functions" / "interface_state" / "app.py",
}
"""The app that each file's tests open."""

SEVERAL = ("--environments", "3", "--recycle", "7")
ARGUMENTS = {
    "choices": SEVERAL,
    "pair_events": SEVERAL,
    "pairs": ("--as-gradio", *SEVERAL),
    "rendering": SEVERAL,
    "scripts": SEVERAL,
    "templates": SEVERAL,
}
"""Further arguments of the dev server."""

LAMBDA = {"ADAPTER_MAX_UPLOAD_BYTES": "4000000"}
"""The limit that an app has on Lambda; a dev server takes more."""
ENVIRONMENT = {"files": LAMBDA}
"""Variables of the dev server."""

ELSEWHERE = {
    "direct": "test_direct.py",
    "exported": "test_exported.py",
    "matrix": "test_matrix.py",
    "policy": "test_policy.py",
    "snippets": "test_snippets.py",
}
"""Files that another test than this runs."""

pytestmark = pytest.mark.end_to_end


def test_every_file_has_its_app() -> None:
    """No file of browser tests is left out of the run."""
    assert sorted([*PAGES, *ELSEWHERE]) == sorted(
        path.name.removesuffix(".test.mjs") for path in HERE.glob("*.test.mjs")
    )


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    """The page keeps the promises of this file's tests."""
    with running_app(PAGES[name], *ARGUMENTS.get(name, ()), environment=ENVIRONMENT.get(name)) as address:
        run(name, address)
