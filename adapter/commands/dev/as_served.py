"""``uvicorn`` in a script that an environment runs: the app that it is given is served, and no server is started."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import threading
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

NAME = "uvicorn"


class _Finder(MetaPathFinder):
    """Finds the package as everybody does, and takes its loader's place: few scripts import it."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != NAME:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(NAME)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader)
        return spec


class _Loader(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        _take_over(module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)


def install() -> None:
    """Let ``uvicorn.run(app)`` and its server's methods say what is to be served, and end the script."""
    if NAME in sys.modules:
        _take_over(sys.modules[NAME])
    else:
        sys.meta_path.insert(0, _Finder())


def _take_over(uvicorn: Any) -> None:
    def run(app: Any, *_: Any, factory: bool = False, **__: Any) -> None:
        _serve(app, factory)

    def run_server(self: Any, sockets: Any = None) -> None:
        _serve(self.config.app, self.config.factory)

    async def serve(self: Any, sockets: Any = None) -> None:
        _serve(self.config.app, self.config.factory)

    uvicorn.run = uvicorn.main.run = run
    uvicorn.Server.run = run_server
    uvicorn.Server.serve = serve


def _serve(app: Any, factory: bool) -> None:
    from adapter.app import launching

    found = _found(app) if isinstance(app, str) else app
    found = found() if factory else found
    launching.leave_script(found, stop=threading.current_thread() is threading.main_thread())


def _found(name: str) -> Any:
    """Return what ``module:attribute`` names; the script itself is not run a second time."""
    module, _, attribute = name.partition(":")
    main = sys.modules["__main__"]
    own = Path(getattr(main, "__file__", None) or "").stem == module
    found: Any = main if own else importlib.import_module(module)
    for part in attribute.split("."):
        found = getattr(found, part)
    return found
