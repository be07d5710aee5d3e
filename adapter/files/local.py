"""Files in a folder, for the dev server and tests."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import time
from pathlib import Path

from adapter.errors import StoreError
from adapter.files.base import LIFE_SECONDS, PATH, StoredFile, UploadForm, claim_of, new_path, owner_in
from adapter.files.whole import whole

SWEEP_SECONDS = 60
"""Least time between two looks for files whose time is up."""


class LocalFiles:
    """Keeps files below one folder.

    Args:
        folder: made when the first file arrives.
        life_seconds: how long a file is kept.
    """

    direct = False

    def __init__(self, folder: str | Path, *, life_seconds: float = LIFE_SECONDS) -> None:
        self.root = Path(folder).absolute()
        self._life_seconds = life_seconds
        self._swept = 0.0

    def put(self, name: str, content: bytes, *, owner: str | None = None) -> str:
        self._sweep()
        path = new_path(name, owner)
        target = self.root / path
        try:
            with whole(target) as file:
                file.write(content)
        except StoreError:
            with contextlib.suppress(OSError):  # it may be none of its own: what is not empty stays
                target.parent.rmdir()
            raise
        return path

    def form(self, name: str, size: int, *, owner: str) -> UploadForm | None:
        return None

    def get(self, path: str, *, most_bytes: int | None = None) -> StoredFile | None:
        place = self.local(path)
        return None if place is None else StoredFile(place.name, place.read_bytes())

    def claim(self, path: str, owner: str) -> bool:
        if not path.startswith("uploads/"):
            return owner_in(path) == owner
        if not PATH.fullmatch(path):
            return False
        note = self.root / claim_of(path)
        if not (self.root / path).is_file():
            return False
        mine = note.with_name(f"{note.name}.{secrets.token_hex(4)}")
        with whole(mine) as file:
            file.write(owner.encode())
        try:
            os.link(mine, note)  # fails where the note is there: the first one wins, and nobody sees half of it
        except FileExistsError:
            return note.read_text() == owner
        finally:
            mine.unlink()
        return True

    def local(self, path: str) -> Path | None:
        if not PATH.fullmatch(path):
            return None
        place = self.root / path
        return place if place.is_file() and not self._is_old(place) else None

    def origins(self) -> list[str]:
        return []

    def _is_old(self, place: Path) -> bool:
        return place.stat().st_mtime + self._life_seconds < time.time()

    def _sweep(self) -> None:
        now = time.monotonic()
        if self._swept and now < self._swept + SWEEP_SECONDS:
            return
        self._swept = now
        for folder in (*self.root.glob("uploads/*"), *self.root.glob("files/*/*")):
            # By the folder's own time: it was made for its one file.
            if folder.exists() and self._is_old(folder):
                if folder.is_dir():
                    shutil.rmtree(folder, ignore_errors=True)  # another process may sweep too
                else:
                    folder.unlink(missing_ok=True)
