"""The page's own files, as browsers get them: the modules that every page needs as one, and no comments in any."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from posixpath import normpath

from adapter.components import own_modules, own_scripts

FRONTEND = Path(__file__).parent.parent / "frontend"
ROOT = "main.js"
DOCUMENT = "index.html"

_STATEMENT = re.compile(r'^import [^;]*? from "([^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//.*?)[ \t]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_COMPONENTS = re.compile(r"^export const components = \{(.*?)\};$", re.MULTILINE | re.DOTALL)
_TYPE = re.compile(r"(\w+):")


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The page's files as they are at one moment.

    ``main.js`` holds the modules that it imports, too: a browser asks for one file where there are six
    sources. Each of these has its own address besides, which leads to the one file, so that a module of
    somebody else's may import it.

    Attributes:
        contents: by path below the page's folder.
        document: the page's document, with nothing of an app in it.
        version: a name for all of it; it is another one when any of it changes.
        core: the modules that every page needs, each after what it imports; the last is ``main.js``.
        imports: what each module imports, by the names of their sources.
        homes: the module of each type of component, as the modules themselves say it.
    """

    contents: Mapping[str, bytes]
    document: str
    version: str
    core: Sequence[str]
    imports: Mapping[str, Sequence[str]]
    homes: Mapping[str, str]


def page_files() -> PageFiles:
    """Return the page's files; they are made again when a source has changed."""
    written = tuple((name, place.stat().st_mtime_ns) for name, place in _places().items())
    return _made((written, tuple(own_scripts.contents())))


def sources() -> dict[str, str]:
    """Return the files as they are written."""
    return {name: place.read_text("utf-8") for name, place in _places().items()}


def _places() -> dict[str, Path]:
    """Return where the sources are, by name: the adapter's own, and the modules of components of others."""
    own = sorted(path for path in FRONTEND.rglob("*.*") if path.name != DOCUMENT)
    return {path.relative_to(FRONTEND).as_posix(): path for path in own} | own_modules.places()


@lru_cache(maxsize=1)
def _made(stamp: object) -> PageFiles:
    written = sources()
    imports = {name: _imports(name, source) for name, source in written.items() if name.endswith(".js")}
    core = _core(imports)
    contents = {name: _packed(name, source, core).encode() for name, source in written.items()}
    contents[ROOT] = "".join(_stripped(_STATEMENT.sub("", written[name])) for name in core).encode()
    contents |= own_scripts.contents()  # as they are: somebody else's, and named by what is in them
    document = (FRONTEND / DOCUMENT).read_text("utf-8")
    return PageFiles(contents, document, _version(document, contents), core, imports, _homes(written))


def _core(imports: Mapping[str, Sequence[str]]) -> list[str]:
    found: list[str] = []

    def add(module: str) -> None:
        if module not in found:
            for one in imports[module]:
                add(one)
            found.append(module)

    add(ROOT)
    return found


def _version(document: str, contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(document.encode())
    for name, content in sorted(contents.items()):
        digest.update(name.encode() + content)
    return f"v-{digest.hexdigest()[:12]}"


def _homes(written: Mapping[str, str]) -> dict[str, str]:
    own = [name for name in written if name.endswith(".js") and not name.startswith(own_modules.FOLDER)]
    return {
        kind: name for name in own for listed in _COMPONENTS.findall(written[name]) for kind in _TYPE.findall(listed)
    }


def _packed(name: str, source: str, core: Sequence[str]) -> str:
    if name in core:
        return f'export * from "./{ROOT}";\n'
    if name.startswith(own_modules.FOLDER):  # somebody else's, who need not keep to our rules for texts
        return _redirected(name, source, core)
    if name.endswith(".js"):
        return _stripped(_redirected(name, source, core))
    return _stripped(source) if name.endswith(".css") else source


def _redirected(module: str, source: str, core: Sequence[str]) -> str:
    """Let ``module`` import from the one file what stands in it."""
    up = "../" * module.count("/") or "./"
    named = dict(zip(_STATEMENT.findall(source), _imports(module, source), strict=True))
    for reference, target in named.items():
        if target in core:
            source = source.replace(f' from "{reference}";\n', f' from "{up}{ROOT}";\n')
    return source


def _imports(module: str, source: str) -> list[str]:
    folder = PurePosixPath(module).parent
    return [normpath(f"{folder}/{reference}") for reference in _STATEMENT.findall(source)]


def _stripped(source: str) -> str:
    """Leave out comments that have lines of their own, and indentation: no text of ours goes over several lines."""
    return _INDENT.sub("", _COMMENT.sub("", source))
