"""What a file store is."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Protocol

KEY_BYTES = 16
"""128 random bits name a file: who has not been given its path cannot guess it."""

PATH = re.compile(r"uploads/[A-Za-z0-9_-]{22}/[^/\\\x00-\x1f]{1,200}")
"""The only paths that are ever looked up."""

LONGEST_NAME_BYTES = 200
"""File systems take 255 bytes for a name, and letters may have four."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file's bytes and name."""

    name: str
    content: bytes


class FileStore(Protocol):
    """Keeps files under paths that cannot be guessed."""

    def put(self, name: str, content: bytes) -> str:
        """Keep ``content`` and return its path."""
        ...

    def get(self, path: str) -> StoredFile | None:
        """Return the file at ``path``; ``None`` for anything that this store did not hand out."""
        ...


def safe_name(name: str | None) -> str:
    """Return the last part of ``name`` without what a file system or a header could trip over."""
    last = re.split(r"[/\\]", name or "")[-1]
    cleaned = re.sub(r"[^\w.\- ()]", "_", last)[-100:]
    short = cleaned.encode()[-LONGEST_NAME_BYTES:].decode(errors="ignore")
    return short.strip(". ") or "file"


def new_path(name: str | None) -> str:
    """Return a fresh path for a file called ``name``."""
    return f"uploads/{secrets.token_urlsafe(KEY_BYTES)}/{safe_name(name)}"
