"""`import gradio` means `adapter`, in this process."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from adapter.compat.modules import names_of
from adapter.compat.refused import GRADIO_VERSION

NAME = "gradio"


class _Gradio(ModuleType):
    """Has every name of ``adapter``, and the version of Gradio whose names they are: scripts ask for it."""

    __version__ = GRADIO_VERSION

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module("adapter"), name)

    def __dir__(self) -> list[str]:
        return dir(importlib.import_module("adapter"))


class _Alias(MetaPathFinder, Loader):
    """Finds ``gradio.x`` as the very module ``adapter.x``: a second copy of it would have classes of its own."""

    def __init__(self) -> None:
        self._specs: dict[str, ModuleSpec | None] = {}

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if not name.startswith(f"{NAME}."):
            return None
        own = "adapter" + name.removeprefix(NAME)
        return ModuleSpec(name, self) if importlib.util.find_spec(own) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        module = importlib.import_module("adapter" + spec.name.removeprefix(NAME))
        self._specs[spec.name] = module.__spec__
        # where the adapter has a module of this name, it has not all that Gradio's has
        vars(module).setdefault("__getattr__", names_of(spec.name.removeprefix(f"{NAME}.")))
        return module

    def exec_module(self, module: ModuleType) -> None:
        # the import system has just written the alias's spec into the module
        alias = module.__spec__
        if alias is not None:
            module.__spec__ = self._specs.pop(alias.name)


def install() -> None:
    """Make ``gradio`` a name of ``adapter`` for every import after this one."""
    sys.meta_path.insert(0, _Alias())
    gradio = _Gradio(NAME, importlib.import_module("adapter").__doc__)
    gradio.__path__ = []
    gradio.__spec__ = ModuleSpec(NAME, None, is_package=True)
    sys.modules[NAME] = gradio
