"""The app's own files: pictures and examples that its page shows, the same in every environment.

They are no visitor's, so nothing is copied: the path holds a hash, and every environment, which has
the same package and builds the same page, serves the file from where it is.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from adapter.compat.warnings import warn
from adapter.errors import ConfigurationError
from adapter.files.base import KEY_BYTES, StoredFile, safe_name
from adapter.files.own import declare
from adapter.files.whole import whole

REMOTE = ("http://", "https://")

_FOLDER = "app/"
_places: dict[str, Path | str] = {}
"""Of all apps of the process: each path holds a hash of what is there. Which of them an app serves, `own` says."""


class MissingFile(FileNotFoundError):
    """The content is wanted of a file of the page that is not there, and that `publish` has warned of."""


def publish(place: str | Path) -> str:
    """Serve the file at ``place`` to everybody; return its path.

    Args:
        place: a path on this machine, or an address, from which it is fetched whenever it is asked
            for: the page itself shows nothing from elsewhere.

    A file that is not there is warned of, as the page can do without it; nothing is served by its path.
    """
    if isinstance(place, str) and place.startswith(REMOTE):
        return _published(place.encode(), unquote(urlsplit(place).path), place)
    found = Path(place).absolute()
    if not found.is_file():
        warn(
            f"The page shows the file {str(place)!r}, which is not there, and leaves its place empty; correct its path."
        )
        return _path(str(place).encode(), found.name)
    content = found.read_bytes()
    if found.resolve().is_relative_to(Path(tempfile.gettempdir()).resolve()):
        found = _kept(content, found.name)
    return _published(content, found.name, found)


def published(path: str) -> Path | str | None:
    """Return where the app's file with this path is, on this machine or elsewhere; ``None`` where there is none."""
    return _places.get(path)


def is_missing(path: str) -> bool:
    """Return whether ``path`` is that of an app's file that is not there."""
    return path.startswith(_FOLDER) and path not in _places


def paths_at(place: Path) -> Iterator[str]:
    """Yield the paths under which the file at ``place`` (resolved) is served."""
    for path, one in list(_places.items()):
        if isinstance(one, Path) and one.resolve() == place:
            yield path


def read(path: str, *, most_bytes: int) -> StoredFile | None:
    """Return the app's file with this path; ``None`` where there is none.

    Raises:
        InvalidInput: it is elsewhere, and cannot be fetched.
        TooLarge: it is elsewhere, and has more than ``most_bytes``.
    """
    place = published(path)
    if isinstance(place, str):
        return fetched(place, most_bytes=most_bytes)
    return None if place is None else StoredFile(place.name, place.read_bytes())


def fetched(url: str, *, most_bytes: int) -> StoredFile:
    """Return the file at ``url``; see `remote.fetch`, which is imported only where it is used."""
    from adapter.files.remote import fetch

    return fetch(url, most_bytes=most_bytes)


def _kept(content: bytes, name: str) -> Path:
    """Return where ``content`` stays as long as this machine: whoever made it as a temporary file may remove that."""
    user = os.getuid() if hasattr(os, "getuid") else 0  # on Windows each user has a temporary folder
    folder = Path(tempfile.gettempdir()) / f"adapter-app-{user}"
    place = folder / hashlib.sha256(content).hexdigest()[: 2 * KEY_BYTES] / name
    if folder.is_symlink() or (folder.is_dir() and folder.stat().st_uid != user):
        raise ConfigurationError(f"The folder {folder} belongs to another user; remove it, or set TMPDIR to another.")
    if not place.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        with whole(place) as file:  # other processes may build the same app
            file.write(content)
    return place


def _published(hashed: bytes, name: str, place: Path | str) -> str:
    path = _path(hashed, name)
    _places[path] = place
    declare(path)
    return path


def _path(hashed: bytes, name: str) -> str:
    return f"{_FOLDER}{hashlib.sha256(hashed).hexdigest()[: 2 * KEY_BYTES]}/{safe_name(name)}"
