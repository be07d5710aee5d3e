"""What a file store is, and how its files are called."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

KEY_BYTES = 16
"""128 random bits name a file: who has not been given its path cannot guess it."""

NAME = r"(?!\.{1,2}$)[^/\\\x00-\x1f]{1,200}"
KEY = "[A-Za-z0-9_-]{22}"

PATH = re.compile(rf"(?:uploads|files/(?P<owner>{KEY}))/{KEY}/{NAME}")
"""The only paths that are ever looked up: an upload that has no owner yet, and a session's own file."""

LONGEST_NAME_BYTES = 200
"""File systems take 255 bytes for a name, and letters may have four."""

_HARMFUL = re.compile(r'[<>:"|?*`$!{}\x00-\x1f\x7f\ud800-\udfff]')
"""What a file system, a header or a form trips over; all other characters stay, as in Gradio."""

MARK_LETTERS = 8
"""32 bits of the whole name, so that two names that are cut to the same one stay two."""

LIFE_SECONDS = 24 * 60 * 60  # one day
"""How long a file is kept where nobody says; S3's lifecycle rules count in days."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is there.

    Attributes:
        name: what it was called, made harmless.
        content: its bytes; ``None`` where it is larger than was asked for.
        address: where a larger one can be fetched for some minutes.
    """

    name: str
    content: bytes | None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form by which whoever has it may send one file to the store itself, for some minutes.

    Attributes:
        path: of the file once it is there.
        url: where to post the form, as ``multipart/form-data``.
        fields: what it has to hold, before the file, which is called ``file``.
    """

    path: str
    url: str
    fields: dict[str, str]


class FileStore(Protocol):
    """Keeps files for a while, under paths that cannot be guessed.

    An upload of Gradio's clients comes without a session: it lies below ``uploads/`` and belongs to
    the session that first claims it. All other files lie below ``files/OWNER/``.

    Attributes:
        root: the folder of this machine below which `local` puts files: the same in every environment.
        direct: whether pages may send files to the store itself, by a `form`.
    """

    root: Path
    direct: bool

    def put(self, name: str, content: bytes, *, owner: str | None = None) -> str:
        """Keep ``content`` and return its path.

        Args:
            name: what the file is called.
            content: its bytes.
            owner: whose it is, as `owner_of` gives it; ``None`` for nobody's yet.
        """
        ...

    def form(self, name: str, size: int, *, owner: str) -> UploadForm | None:
        """Return a form for one file; ``None`` where the store is not `direct`.

        Args:
            name: what the file is called.
            size: its bytes: the store takes neither more nor fewer.
            owner: whose it is.
        """
        ...

    def get(self, path: str, *, most_bytes: int | None = None) -> StoredFile | None:
        """Return the file at ``path``; ``None`` for anything that this store did not hand out, or keeps no more.

        Args:
            path: as `put` returned it.
            most_bytes: of a larger one the store may give the address only.
        """
        ...

    def claim(self, path: str, owner: str) -> bool:
        """Return whether the file is ``owner``'s; an upload that is nobody's yet is from now on."""
        ...

    def local(self, path: str) -> Path | None:
        """Return where on this machine's disk the file's bytes are; ``None`` as `get` does."""
        ...

    def origins(self) -> list[str]:
        """Return the web origins of what `get` and `form` give the addresses of: a page's policy must allow them."""
        ...


def safe_name(name: str | None) -> str:
    """Return the last part of ``name`` as it is, if it is harmless; else what is harmless of it, with a mark."""
    last = re.split(r"[/\\]", name or "")[-1]
    kept = _HARMFUL.sub("", last).rstrip(" .")
    if kept == last and len(kept.encode()) <= LONGEST_NAME_BYTES:
        return kept or "file"
    mark = "-" + hashlib.sha256(last.encode(errors="surrogatepass")).hexdigest()[:MARK_LETTERS]
    stem, ending = (_HARMFUL.sub("", part).rstrip(" .") for part in os.path.splitext(last))
    ending = _cut(ending, LONGEST_NAME_BYTES // 2)
    return (_cut(stem, LONGEST_NAME_BYTES - len(mark) - len(ending.encode())) or "file") + mark + ending


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip(" .")


def new_path(name: str | None, owner: str | None = None) -> str:
    """Return a fresh path for a file called ``name``."""
    folder = "uploads" if owner is None else f"files/{owner}"
    return f"{folder}/{secrets.token_urlsafe(KEY_BYTES)}/{safe_name(name)}"


def owner_of(session: str) -> str:
    """Return what stands in paths for the session with this digest; nobody can tell the session by it."""
    digest = hashlib.sha256(f"files:{session}".encode()).digest()
    return base64.urlsafe_b64encode(digest[:KEY_BYTES]).rstrip(b"=").decode()


def owner_in(path: str) -> str | None:
    """Return the owner that ``path`` names; ``None`` for an upload and for what is no path."""
    found = PATH.fullmatch(path)
    return found and found["owner"]


def claim_of(path: str) -> str:
    """Return where it is noted whose the upload at ``path`` is."""
    return f"{path.rsplit('/', 1)[0]}.owner"


def path_of(store: FileStore, place: str | Path) -> str | None:
    """Return the path of the file that ``store`` has at ``place`` on this machine; ``None`` for other places."""
    try:
        path = Path(place).relative_to(store.root).as_posix()
    except ValueError:
        return None
    return path if PATH.fullmatch(path) else None
