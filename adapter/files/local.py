"""Files in a folder, for the dev server and tests."""

from __future__ import annotations

from pathlib import Path

from adapter.files.base import PATH, StoredFile, new_path


class LocalFiles:
    """Keeps files below one folder.

    Args:
        folder: made when the first file arrives.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)

    def put(self, name: str, content: bytes) -> str:
        path = new_path(name)
        target = self._folder / path
        target.parent.mkdir(parents=True)
        target.write_bytes(content)
        return path

    def get(self, path: str) -> StoredFile | None:
        if not PATH.fullmatch(path):
            return None
        target = self._folder / path
        return StoredFile(target.name, target.read_bytes()) if target.is_file() else None
