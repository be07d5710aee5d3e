"""The page's own files, as browsers get them: the modules that every page needs as one, and no comments in any."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from adapter.components.page_assets import own_modules, own_scripts
from adapter.files.own import OwnFiles

FRONTEND = Path(__file__).parent.parent / "frontend"
ROOT = "main.js"
DOCUMENT = "index.html"
COMMON = ("components/addresses.js",)
"""What `ROOT` does not import and most pages need: in its file it costs less than a request of its own."""

_STATEMENT = re.compile(r'^(?:import|export) ([^;]*?) from "([^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//.*?)[ \t]*\n", re.MULTILINE | re.DOTALL)
_REMARK = re.compile(r"(?<=[;,{}()\[\]])[ \t]+// [^\n]*$", re.MULTILINE)
_AROUND = re.compile(r" (?=\{)|(?<=[:;,{]) | (?=\})")
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)
_COMPONENTS = re.compile(r"^export const components = \{(.*?)\};$", re.MULTILINE | re.DOTALL)
_STYLED = re.compile(r'^await styled\(new URL\("([^"]+)", import\.meta\.url\)\);$', re.MULTILINE)
_TYPE = re.compile(r"(\w+):")


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The page's files as they are at one moment.

    ``main.js`` holds the modules that it imports, too, and ``components/NAME.js`` what stands in
    ``components/NAME/``: a browser asks for one file where there are several sources. Each of these has its own
    address besides, which leads to the one file, so that a module of somebody else's may import it.

    Attributes:
        contents: by path below the page's folder.
        document: the page's document, with nothing of an app in it.
        version: a name for all of it; it is another one when any of it changes.
        core: the modules that every page needs, each after what it imports; the last is ``main.js``.
        imports: what each module imports, by the names of their sources; what one file holds imports nothing of it.
        homes: the module of each type of component, as the modules themselves say it.
        styles: the style sheets that a module waits for.
    """

    contents: Mapping[str, bytes]
    document: str
    version: str
    core: Sequence[str]
    imports: Mapping[str, Sequence[str]]
    homes: Mapping[str, str]
    styles: Mapping[str, Sequence[str]]


def page_files(own: OwnFiles | None = None) -> PageFiles:
    """Return the files of an app's page; they are made again when a source has changed.

    Args:
        own: which scripts and modules the app has; ``None`` for all of the process.
    """
    return files_of(own_modules.places(own), own_scripts.contents(own))


def files_of(modules: Mapping[str, Path], scripts: Mapping[str, bytes]) -> PageFiles:
    """Return the files of a page with the modules of these components of others, and these scripts of its own."""
    places = [(name, place, place.stat().st_mtime_ns) for name, place in (*_frontend(), *modules.items())]
    return _made(tuple(places), tuple(scripts.items()))


def sources() -> dict[str, str]:
    """Return the files as they are written."""
    return {name: place.read_text("utf-8") for name, place in (*_frontend(), *own_modules.places().items())}


def _frontend() -> Iterator[tuple[str, Path]]:
    """Yield the names of the adapter's own sources, and where they are."""
    for path in sorted(path for path in FRONTEND.rglob("*.*") if path.name != DOCUMENT):
        yield path.relative_to(FRONTEND).as_posix(), path


@lru_cache(maxsize=8)  # apps of one process whose pages differ
def _made(places: tuple[tuple[str, Path, int], ...], scripts: tuple[tuple[str, bytes], ...]) -> PageFiles:
    written = {name: place.read_text("utf-8") for name, place, _ in places}
    imports = {name: _imports(name, source) for name, source in written.items() if name.endswith(".js")}
    joined = _joined(imports)
    homes = {part: root for root, parts in joined.items() for part in parts} | _doors(written, imports, joined[ROOT])
    contents = {name: _packed(name, source, homes).encode() for name, source in written.items()}
    for root, parts in joined.items():
        contents[root] = _file(root, {part: written[part] for part in parts}, homes).encode()
        if root != ROOT:
            needed = dict.fromkeys(one for part in parts for one in imports[part])
            imports[root] = [one for one in needed if one not in parts]
    contents |= dict(scripts)  # as they are: somebody else's, and named by what is in them
    document = (FRONTEND / DOCUMENT).read_text("utf-8")
    for name in {*imports} - {*joined[ROOT]}:
        imports[name] = list(dict.fromkeys(homes.get(one, one) for one in imports[name]))
    return PageFiles(
        contents, document, _version(document, contents), joined[ROOT], imports, _homes(written), _styles(contents)
    )


def _joined(imports: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return what one file holds, by the file's name: modules, each after what it imports."""
    own = [name for name in imports if not name.startswith(own_modules.FOLDER)]
    folders = {f"{PurePosixPath(name).parent}.js" for name in own}
    rooms = {root: f"{root.removesuffix('.js')}/" for root in sorted(folders & {*own})}
    found = {root: _within(root, imports, room) for root, room in rooms.items()}
    core = _within(ROOT, imports, "")
    return {**found, ROOT: [*core[:-1], *(one for one in COMMON if one in imports), ROOT]}


def _doors(written: Mapping[str, str], imports: Mapping[str, Sequence[str]], core: Sequence[str]) -> dict[str, str]:
    """Return the modules that do nothing but hand on what the one file has, each with that file."""
    own = {name for name, needed in imports.items() if needed and {*needed} <= {*core} and name not in core}
    return {name: ROOT for name in own if not _stripped(_STATEMENT.sub("", written[name]))}


def _within(root: str, imports: Mapping[str, Sequence[str]], room: str) -> list[str]:
    """Return ``root`` after the modules that it imports, directly or not, and whose paths start with ``room``."""
    found: list[str] = []

    def add(module: str) -> None:
        if module not in found:
            for one in imports[module]:
                if one.startswith(room):
                    add(one)
            found.append(module)

    add(root)
    return found


def _file(root: str, parts: Mapping[str, str], homes: Mapping[str, str]) -> str:
    """Return the one file of ``parts``, which holds what they import from elsewhere once."""
    outside: dict[str, set[str]] = {}
    for part, source in parts.items():
        for (names, _), target in zip(_STATEMENT.findall(source), _imports(part, source), strict=True):
            if target not in parts:
                named = outside.setdefault(_address(root, homes.get(target, target)), set())
                named.update(name.strip() for name in names.strip("{} \n").split(",") if name.strip())
    statements = (f'import {{ {", ".join(sorted(names))} }} from "{address}";\n' for address, names in outside.items())
    return "".join([*statements, *(_stripped(_STATEMENT.sub("", source)) for source in parts.values())])


def _address(module: str, target: str) -> str:
    """Return how ``module`` names ``target``."""
    found = relpath(target, PurePosixPath(module).parent)
    return found if found.startswith(".") else f"./{found}"


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


def _styles(contents: Mapping[str, bytes]) -> dict[str, list[str]]:
    modules = [name for name in contents if name.endswith(".js")]
    found = {name: _STYLED.findall(contents[name].decode(errors="replace")) for name in modules}
    return {
        name: [normpath(PurePosixPath(name).parent / one) for one in sheets] for name, sheets in found.items() if sheets
    }


def _packed(name: str, source: str, homes: Mapping[str, str]) -> str:
    if name in homes:
        return f'export * from "{_address(name, homes[name])}";\n'
    if name.startswith(own_modules.FOLDER):  # somebody else's, who need not keep to our rules for texts
        return _redirected(name, source, homes)
    if name.endswith(".js"):
        return _stripped(_redirected(name, source, homes))
    return _AROUND.sub("", _stripped(source)) if name.endswith(".css") else source


def _redirected(module: str, source: str, homes: Mapping[str, str]) -> str:
    """Let ``module`` import from the one file what stands in it."""
    references = [reference for _, reference in _STATEMENT.findall(source)]
    for reference, target in zip(references, _imports(module, source), strict=True):
        if target in homes:
            source = source.replace(f' from "{reference}";\n', f' from "{_address(module, homes[target])}";\n')
    return source


def _imports(module: str, source: str) -> list[str]:
    folder = PurePosixPath(module).parent
    return [normpath(f"{folder}/{reference}") for _, reference in _STATEMENT.findall(source)]


def _stripped(source: str) -> str:
    """Leave out comments and indentation: no text of ours goes over several lines, or has ``; // `` in it."""
    return _INDENT.sub("", _REMARK.sub("", _COMMENT.sub("", source)))
