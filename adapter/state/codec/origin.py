"""Which of the imported modules are the app's own, and what their files are called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any

from adapter.settings import app_folder

_MAIN = ("__main__", "__mp_main__")  # the second is what multiprocessing calls the first in a spawned process
_INSTALLED = frozenset({"site-packages", "dist-packages"})
_STANDARD_LIBRARY = os.path.dirname(os.path.realpath(os.__file__))
_ADAPTER = __name__.partition(".")[0]
_NAMESPACE: Callable[[ModuleType], dict[str, Any]] = vars(ModuleType)["__dict__"].__get__

_folders: dict[Path, str | None] = {}


def trust(folder: Path, app_module: str | None) -> None:
    """Count the modules under ``folder`` among the app's."""
    folder = folder.resolve()
    _folders.pop(folder, None)
    _folders[folder] = app_module


def tag(module: ModuleType) -> str | None:
    """Return the name of the module's file: relative to the app's folder, with ``/``, without a suffix.

    Returns:
        ``None`` for what is not the app's own; ``"__main__"`` for a main module that has no file.
    """
    name = names(module)[0]
    if name.partition(".")[0] == _ADAPTER:
        return None
    file = namespace(module).get("__file__")
    is_main = name in _MAIN
    if not isinstance(file, str):
        return "__main__" if is_main else None
    path = _real(file)
    if _INSTALLED.intersection(path.parts) or path.is_relative_to(_STANDARD_LIBRARY):
        return None
    # The deepest folder, so that the order in which they were trusted does not matter.
    if not _folders:
        trust(Path(app_folder()), None)
    for folder in sorted(_folders, key=lambda folder: len(folder.parts), reverse=True):
        if path.is_relative_to(folder):
            relative = path.relative_to(folder)
            return None if _stem(relative.parts[0]) in _vendored(folder) else _tag(relative)
    return _tag(Path(path.name)) if is_main else None


def modules(wanted: str) -> Iterator[ModuleType]:
    """Yield the imported modules whose `tag` is ``wanted``: the app's main one first, ``__main__`` last."""
    last = wanted.rpartition("/")[2]
    found = []
    for name, module in list(sys.modules.items()):
        if not issubclass(type(module), ModuleType):
            continue
        file = namespace(module).get("__file__")
        # Most modules are told by their file's name, which spares asking the disk.
        parts = file.replace("\\", "/").rsplit("/", 2) if isinstance(file, str) else []
        if (not parts or last in map(_stem, parts[-2:])) and tag(module) == wanted:
            found.append((name, module))
    preferred = list(filter(None, _folders.values()))
    found.sort(key=lambda entry: (-_last_index(preferred, entry[0]), entry[0] in _MAIN))
    for _, module in found:
        yield module


def own_modules() -> dict[str, ModuleType]:
    """Return the imported modules that are the app's own, by their `tag`."""
    found: dict[str, ModuleType] = {}
    for module in list(sys.modules.values()):
        if not issubclass(type(module), ModuleType):
            continue
        file = namespace(module).get("__file__")
        if isinstance(file, str) and not file.startswith(_STANDARD_LIBRARY) and "-packages" not in file:
            own = tag(module)
            if own is not None:
                found.setdefault(own, module)
    return found


def names(module: ModuleType) -> tuple[str, ...]:
    """Return what the classes that ``module`` defines may have for their ``__module__``."""
    name = str(namespace(module).get("__name__"))
    return _MAIN if name in _MAIN else (name,)


def namespace(module: ModuleType) -> dict[str, Any]:
    """Return the module's dict; unlike ``vars()``, without loading a module that waits for its first use."""
    return _NAMESPACE(module)


def module_name(name: str) -> str:
    """Return ``name``, or for a main module the name that it would be imported by."""
    if name not in _MAIN or name not in sys.modules:
        return name
    main = namespace(sys.modules[name])
    spec = main.get("__spec__")
    if spec is not None and spec.name not in _MAIN:
        return str(spec.name)
    file = main.get("__file__")
    return _stem(Path(file).name) if isinstance(file, str) else "__main__"


def _last_index(names: list[str], name: str) -> int:
    return max((index for index, other in enumerate(names) if other == name), default=-1)


def _tag(relative: Path) -> str:
    folders, stem = relative.parts[:-1], _stem(relative.name)
    return str(PurePosixPath(*folders) if folders and stem == "__init__" else PurePosixPath(*folders, stem))


def _stem(file_name: str) -> str:
    return file_name.partition(".")[0]


@cache
def _real(file: str) -> Path:
    return Path(os.path.realpath(file))


@cache
def _vendored(folder: Path) -> frozenset[str]:
    """Return the top-level names that distributions installed into ``folder`` itself, as Lambda packages have them."""
    found: set[str] = set()
    for info in folder.glob("*.dist-info"):
        for name in ("RECORD", "top_level.txt"):
            try:
                lines = (info / name).read_text("utf-8", "replace").splitlines()
            except OSError:
                continue
            found.update(_stem(line.partition(",")[0].strip('"').partition("/")[0]) for line in lines)
            break
    return frozenset(found - {"", ".."})
