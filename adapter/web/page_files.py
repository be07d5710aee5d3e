"""The page's own files, as browsers get them: the modules that every page needs as one, and no comments in any."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path, PurePosixPath
from posixpath import normpath

from adapter.components import own_modules

FRONTEND = Path(__file__).parent.parent / "frontend"
ROOT = "main.js"
DOCUMENT = "index.html"

Files = Mapping[str, bytes]
"""Contents by path below the page's folder."""

_STATEMENT = re.compile(r'^import [^;]*? from "([^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//.*?)[ \t]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)


def files() -> Files:
    """Return the page's files; they are made again when a source has changed.

    ``main.js`` holds the modules that it imports, too: a browser asks for one file where there are six
    sources. Each of these has its own address besides, which leads to the one file, so that a module of
    somebody else's may import it.
    """
    return _made(_stamp())


def sources() -> Files:
    """Return the files as they are written."""
    return {name: place.read_bytes() for name, place in _places().items()}


def document() -> bytes:
    """Return the page's document, with nothing of an app in it."""
    return (FRONTEND / DOCUMENT).read_bytes()


def core() -> list[str]:
    """Return the modules that every page needs, each after what it imports; the last is ``main.js``."""
    return _core(_stamp())


def imports(module: str) -> list[str]:
    """Return the modules that ``module`` imports, by the names of their sources."""
    return _imports(module, _places()[module].read_text("utf-8"))


def version() -> str:
    """Return a name for the present content of the page's files; it is another one when any of them changes."""
    return _version(_stamp())


def _places() -> dict[str, Path]:
    """Return where the sources are, by name: the adapter's own, and the modules of components of others."""
    own = sorted(path for path in FRONTEND.rglob("*.*") if path.name != DOCUMENT)
    return {path.relative_to(FRONTEND).as_posix(): path for path in own} | own_modules.places()


def _stamp() -> tuple[tuple[str, int], ...]:
    return tuple((name, place.stat().st_mtime_ns) for name, place in _places().items())


@lru_cache(maxsize=1)
def _version(stamp: object) -> str:
    digest = hashlib.sha256(document())
    for name, content in sorted(_made(stamp).items()):
        digest.update(name.encode() + content)
    return f"v-{digest.hexdigest()[:12]}"


@lru_cache(maxsize=1)
def _core(stamp: object) -> list[str]:
    found: list[str] = []

    def add(module: str) -> None:
        if module not in found:
            for one in imports(module):
                add(one)
            found.append(module)

    add(ROOT)
    return found


@lru_cache(maxsize=1)
def _made(stamp: object) -> Files:
    written = sources()
    joined = _core(stamp)
    made = {name: _packed(name, content, joined) for name, content in written.items()}
    made[ROOT] = b"".join(_stripped(_STATEMENT.sub("", written[name].decode())).encode() for name in joined)
    return made


def _packed(name: str, content: bytes, joined: list[str]) -> bytes:
    if name in joined:
        return f'export * from "./{ROOT}";\n'.encode()
    if name.startswith(own_modules.FOLDER):  # somebody else's, who need not keep to our rules for texts
        return _redirected(name, content.decode(), joined).encode()
    if name.endswith(".js"):
        return _stripped(_redirected(name, content.decode(), joined)).encode()
    if name.endswith(".css"):
        return _stripped(content.decode()).encode()
    return content


def _redirected(module: str, source: str, joined: list[str]) -> str:
    """Let ``module`` import from the one file what stands in it."""
    up = "../" * module.count("/") or "./"
    named = dict(zip(_STATEMENT.findall(source), _imports(module, source), strict=True))
    for reference, target in named.items():
        if target in joined:
            source = source.replace(f' from "{reference}";\n', f' from "{up}{ROOT}";\n')
    return source


def _imports(module: str, source: str) -> list[str]:
    folder = PurePosixPath(module).parent
    return [normpath(f"{folder}/{reference}") for reference in _STATEMENT.findall(source)]


def _stripped(source: str) -> str:
    """Leave out comments that have lines of their own, and indentation: no text of ours goes over several lines."""
    return _INDENT.sub("", _COMMENT.sub("", source))
