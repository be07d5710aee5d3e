"""The app's own files that were made while its page was built."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from adapter.errors import ConfigurationError
from adapter.files.published import publish, read


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a temporary folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    place = tmp_path / "made.txt"
    place.write_text("made")
    return place


def test_a_temporary_file_is_served_when_it_is_gone(made: Path) -> None:
    """Whoever made it removes it; it is kept in a folder that only its user can read."""
    path = publish(made)
    made.unlink()
    found = read(path, most_bytes=100)
    assert found is not None
    assert (found.name, found.content) == ("made.txt", b"made")
    [folder] = made.parent.iterdir()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_of_another_users_making_is_not_used(made: Path) -> None:
    """They could put other files there."""
    elsewhere = made.with_name("elsewhere")
    elsewhere.mkdir()
    made.with_name(f"adapter-app-{os.getuid()}").symlink_to(elsewhere)
    with pytest.raises(ConfigurationError, match="belongs to another user; remove it, or set TMPDIR"):
        publish(made)
    assert list(elsewhere.iterdir()) == []
