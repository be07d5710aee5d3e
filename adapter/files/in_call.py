"""The files of one call: what it may read of the wire's, and where what it makes is kept."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from adapter.errors import ConfigurationError, FunctionFailed, InvalidInput, NotAllowed, NotFound, TooLarge
from adapter.files.base import FileStore, StoredFile, owner_in, path_of
from adapter.files.own import OwnFiles
from adapter.files.published import REMOTE, MissingFile, fetched, is_missing, paths_at, publish, published

ROUTE = "/gradio_api/file="
"""Where files are served below the API's address; the clients know it.
Source: https://www.gradio.app/guides/file-access"""


@dataclass(frozen=True, slots=True)
class CallFiles:
    """What a call may do with files.

    Attributes:
        store: where they are; ``None`` where the deployment keeps none.
        owner: whose they are, as `owner_of` gives it; ``None`` for a call without a session.
        api: the API's public address, without a slash at its end.
        most_bytes: of one file.
        own: what the app shows of its own; ``None`` for all that any app of the process does.
    """

    store: FileStore | None = None
    owner: str | None = None
    api: str = ""
    most_bytes: int = 100_000_000
    own: OwnFiles | None = None
    _copies: dict[tuple[str, bytes], str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def take(self, data: Mapping[str, Any]) -> Path:
        """Return where on this machine the file is that the wire's ``data`` names by its ``path``.

        Raises:
            InvalidInput: there is no such file (any more).
            NotAllowed: it is another session's.
            TooLarge: it is fetched from elsewhere and too large.
            NotFound: the deployment keeps no files.
        """
        path = data.get("path")
        if not isinstance(path, str) or not path:
            raise InvalidInput(f"A file is given as {str(data)[:80]}; an object with its 'path' is wanted.")
        if path.startswith(f"{self.api}{ROUTE}"):
            path = unquote(path.removeprefix(f"{self.api}{ROUTE}"))
        own = self.shown(path)
        if isinstance(own, Path):
            return own
        store, path = self._store(), own or path
        if path.startswith(REMOTE):
            file = fetched(path, most_bytes=self.most_bytes)
            path = store.put(file.name, file.content or b"", owner=self.owner)
        others = NotAllowed(f"The file {path[:200]!r} is another session's; upload it in this one.")
        if owner_in(path) not in (None, self.owner):
            raise others  # before it is copied to this machine
        place = store.local(path)
        if place is None:
            raise InvalidInput(f"The file {path[:200]!r} is not here, or no longer; upload it again.")
        if not self._may_use(store, path):
            raise others
        return place

    def give(self, place: str | Path, *, name: str | None = None, sized: bool = False) -> dict[str, Any]:
        """Keep a file that the function made, and return the wire's data for it.

        Args:
            place: where it is on this machine; a file at an address (http, https) is fetched from there, and data
                in the address itself (``data:``) stays there.
            name: what it is called; its own name if left out.
            sized: whether its size is told.

        Raises:
            FunctionFailed: it is not there, or where functions may show no files from.
            TooLarge: it has too many bytes.
            NotFound: the deployment keeps no files.
        """
        text = str(place)
        if text.startswith("data:"):
            return file_data(text, url=text)
        store = self._store()
        if text.startswith(REMOTE):
            file = self._fetched(text)
            content = file.content or b""
            path = store.put(name or file.name, content, owner=self.owner)
            size = len(content) if sized else None
            return file_data(path, url=address(self.api, path), name=name or file.name, size=size)
        found = Path(place).absolute()
        path = path_of(store, found) or ""
        if not path or owner_in(path) != self.owner:
            path = self._copied(store, name or found.name, self._content(found, kept=bool(path)))
        size = found.stat().st_size if sized else None
        return file_data(path, url=address(self.api, path), name=name or found.name, size=size)

    def _copied(self, store: FileStore, name: str, content: bytes) -> str:
        """Keep ``content``; what a call shows again, such as a generator that tells a chat's messages, is kept once."""
        key = name, hashlib.sha256(content).digest()
        if key not in self._copies:
            self._copies[key] = store.put(name, content, owner=self.owner)
        return self._copies[key]

    def _fetched(self, url: str) -> StoredFile:
        try:
            return fetched(url, most_bytes=self.most_bytes)
        except InvalidInput as error:
            raise FunctionFailed(f"the function returned an address that shows nothing. {error}") from error

    def shown(self, path: str) -> Path | str | None:
        """Return where the app's own file with this path is; ``None`` where it has none."""
        return published(path) if self.own is None or self.own.has(path) else None

    def _may_show(self, real: Path) -> bool:
        """Return whether a function may show the file: of the app (no hidden one), of a temporary or an allowed folder.

        What the page shows already, such as an example from a folder beside the app's, may be shown again.
        """
        if any(self.shown(path) for path in paths_at(real)):
            return True
        allowed = () if self.own is None else self.own.folders
        for folder in (Path(tempfile.gettempdir()), *allowed):
            if real.is_relative_to(folder.resolve()):
                return True
        app = Path.cwd().resolve()
        return real.is_relative_to(app) and not any(part.startswith(".") for part in real.relative_to(app).parts)

    def _store(self) -> FileStore:
        if self.store is None:
            raise NotFound("this app keeps no files; set ADAPTER_FILES to a folder or s3://BUCKET/PREFIX.")
        return self.store

    def _may_use(self, store: FileStore, path: str) -> bool:
        if self.owner is not None:
            return store.claim(path, self.owner)
        return owner_in(path) is None and store.claim(path, "")

    def _content(self, place: Path, *, kept: bool) -> bytes:
        real = place.resolve()
        if not kept and not self._may_show(real):
            raise FunctionFailed(
                f"the function returned the file {str(place)!r}, which is neither in the app's folder ({Path.cwd()}) "
                f"nor in a temporary one; write it there, or name its folder in launch(allowed_paths=…)."
            )
        if not real.is_file():
            raise FunctionFailed(f"the function returned the file {str(place)!r}, which is not there.")
        size = real.stat().st_size
        if size > self.most_bytes:
            raise TooLarge(f"The file {place.name!r} has {size:,} bytes; the limit is {self.most_bytes:,}.")
        return real.read_bytes()


_current: ContextVar[CallFiles | None] = ContextVar("adapter.files", default=None)


@contextmanager
def using(files: CallFiles) -> Iterator[None]:
    """Make ``files`` those of the call that runs in the ``with``."""
    token = _current.set(files)
    try:
        yield
    finally:
        _current.reset(token)


def take(data: Mapping[str, Any]) -> Path:
    """Return where on this machine the file is that the wire's ``data`` names; see `CallFiles.take`."""
    call = _current.get()
    if call is None and is_missing(str(data["path"])):
        raise MissingFile(f"The file {data.get('orig_name') or data['path']!r} is not there.")
    return (call or CallFiles()).take(data)


def give(place: str | Path, *, name: str | None = None, sized: bool = False) -> dict[str, Any]:
    """Return the wire's data for a file: of the call that runs, else one that the app's page shows.

    Raises:
        ConfigurationError: the size is wanted of a file of the page that is not there; others are warned of.
    """
    call = _current.get()
    if call is not None:
        return call.give(place, name=name, sized=sized)
    if str(place).startswith("data:"):
        return file_data(str(place), url=str(place))
    if sized and not str(place).startswith(REMOTE) and not Path(place).is_file():
        raise ConfigurationError(f"The page shows the file {str(place)!r}, which is not there; correct its path.")
    path = publish(place)
    found = published(path)
    size = found.stat().st_size if sized and isinstance(found, Path) else None
    return file_data(path, url=None, name=name or path.rsplit("/", 1)[-1], size=size)


def own_file(path: str) -> Path | str | None:
    """Return where the file with this path is that the app shows of its own; ``None`` where it has none."""
    return (_current.get() or CallFiles()).shown(path)


def owns(name: str) -> bool:
    """Return whether ``name`` is a file, script or module of the app's whose call runs; outside of calls all are."""
    call = _current.get()
    return call is None or call.own is None or call.own.has(name)


def address(api: str, path: str) -> str:
    """Return the public address of the file at ``path`` for the API at ``api``."""
    return f"{api}{ROUTE}{quote(path)}"


def file_data(path: str, *, url: str | None, name: str | None = None, size: int | None = None) -> dict[str, Any]:
    """Return the wire's data for the file at ``path``, as Gradio names its parts."""
    return {
        "path": path,
        "url": url,
        "size": size,
        "orig_name": name,
        "mime_type": None,
        "is_stream": False,
        "meta": {"_type": "gradio.FileData"},
    }


def is_file_data(data: Any) -> bool:
    """Return whether ``data`` is the wire's data for a file."""
    return isinstance(data, dict) and isinstance(data.get("path"), str) and isinstance(data.get("meta"), dict)
