"""The page's side of components that are not the adapter's: one ES module for each, in the component's own package."""

from __future__ import annotations

import hashlib
from pathlib import Path

from adapter.errors import ConfigurationError
from adapter.files.own import OwnFiles, declare

FOLDER = "components/custom/"

_places: dict[str, Path] = {}
"""Of all classes of components in the process."""


def add(kind: str, place: Path) -> str:
    """Let pages load the module at ``place`` for components of type ``kind``; return its name among the page's files.

    The name holds a hash of the module, so that two apps may have different ones for the same type.

    Raises:
        ConfigurationError: the type is no name for a file, or there is no such module.
    """
    if not (kind.isascii() and kind.isidentifier() and kind == kind.lower()):
        raise ConfigurationError(f"TYPE of a component is {kind!r}; give a name of small letters, such as 'board'.")
    if not place.is_file():
        raise ConfigurationError(f"MODULE of the component {kind!r} is {str(place)!r}, which is not there.")
    name = f"{FOLDER}{kind}-{hashlib.sha256(place.read_bytes()).hexdigest()[:8]}.js"
    _places[name] = place
    declare(name)
    return name


def places(own: OwnFiles | None = None) -> dict[str, Path]:
    """Return where the modules are, by their names among the page's files.

    Args:
        own: what the app has; ``None`` for those of all classes.
    """
    return {name: place for name, place in _places.items() if own is None or own.has(name)}
