"""The folder in which the dev server keeps what visitors told an app."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapter.commands.dev import loader
from adapter.commands.dev.server import Options, _start


@pytest.mark.parametrize("made_before", [False, True])
def test_the_folder_is_its_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_before: bool) -> None:
    """No other user of the machine may look into it, also when an earlier version has made it."""
    monkeypatch.chdir(tmp_path)
    if made_before:
        (tmp_path / ".adapter").mkdir(mode=0o755)
    (tmp_path / "app.py").write_text("demo = None\n")
    _start(Options("app.py"), loader.locate("app.py"))
    assert (tmp_path / ".adapter").stat().st_mode & 0o777 == 0o700
