"""Folders of an app's files that everybody may read: ``set_static_paths``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from adapter import context
from adapter.compat.warnings import warn
from adapter.errors import TooLarge
from adapter.files.base import StoredFile

folders: list[Path] = []
"""Folders and files, by their full paths, that a script has named outside of any app: for all that it opens then."""


def set_static_paths(paths: str | Path | Sequence[str | Path]) -> None:
    """Serve the files in folders of the app to everybody who knows their paths, at ``/gradio_api/file=PATH``.

    They are served from where they are, in every environment, which has the same package. Inside ``with
    Blocks():`` they are that app's alone, else they are those of all apps that are opened afterwards.

    Args:
        paths: of folders and files, one or several; a relative one is below the working folder.

    One that is not there is warned of, and nothing is served from it.
    """
    for path in [paths] if isinstance(paths, str | Path) else paths:
        place = Path(path).resolve()
        if not place.exists():
            warn(f"set_static_paths() was given {str(path)!r}, which is not there; correct the path.")
        root = context.root.get()
        (folders if root is None else root.static_folders).append(place)


def static(path: str, folders: Sequence[Path], *, most_bytes: int) -> StoredFile | None:
    """Return the file of a static folder that ``path`` names; ``None`` for one that is not served.

    Args:
        path: full, or below the working folder.
        folders: which are static, and files.
        most_bytes: that an answer may have.

    Raises:
        TooLarge: it has more.
    """
    if not folders or "\0" in path:
        return None
    place = Path(path).resolve()  # links and ".." are followed first
    if not place.is_file() or not any(place.is_relative_to(folder) for folder in folders):
        return None
    size = place.stat().st_size
    if size > most_bytes:
        raise TooLarge(f"the file {place.name!r} has {size:,} bytes; an answer takes {most_bytes:,}.")
    return StoredFile(place.name, place.read_bytes())
