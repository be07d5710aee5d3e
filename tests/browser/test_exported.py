"""The exported page: files on a plain server, the API on another origin."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapter.commands.cli import main
from tests.browser.node import HERE, run
from tests.support.dev import ROOT, running_app
from tests.support.static import file_server

pytestmark = pytest.mark.end_to_end

FUNCTIONS = ROOT / "functions"
APPS = HERE / "apps"


def test_the_exported_page_works_against_a_server_elsewhere(tmp_path: Path) -> None:
    """Whatever serves its files, below whatever path, the page calls the API that it was told."""
    with (
        running_app(FUNCTIONS / "interface_state" / "app.py") as api,
        running_app(FUNCTIONS / "chat" / "app.py") as chat,
        file_server(tmp_path) as page,
    ):
        single = {"plain": ("interface_state", api), "some/where/deep": ("chat", chat)}
        for folder, (app, url) in single.items():
            assert main(["site", str(tmp_path / folder), "--app", str(FUNCTIONS / app), "--api-url", url]) == 0
        several = [f"--app={FUNCTIONS / app}" for app in ("counter", "greeting")]
        assert main(["site", str(tmp_path / "several"), *several]) == 0

        with running_app(APPS / "scripts.py") as scripts, running_app(APPS / "templates.py") as templates:
            for name, url in (("scripts", scripts), ("templates", templates)):
                arguments = ["--app", str(APPS / f"{name}.py"), "--api-url", url]
                assert main(["site", str(tmp_path / name), *arguments]) == 0

            run("exported", page, API=api, CHAT_API=chat)
