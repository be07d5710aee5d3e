"""Gradio's modules by name: ``from adapter.events import SelectData``, where no module of ours is called so."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, cast

from adapter.compat.refused import HOMES, MODULES, OWN_MODULES, REFUSED, unknown


def names_of(module: str) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of the module that has Gradio's ``gradio.module`` to stand for.

    It has all of the adapter's public names: where exactly Gradio defines one says nothing to an app.
    """

    def find(name: str) -> Any:
        root = import_module("adapter")
        if name in HOMES:
            home, _, called = HOMES[name].partition(":")
            return getattr(import_module(f"adapter.{home}"), called or name)
        if name in root.__all__ or name in REFUSED:
            return getattr(root, name)
        own = import_module(f"adapter.{OWN_MODULES[module]}") if module in OWN_MODULES else None
        if own is not None and name in vars(own):
            return vars(own)[name]
        # `from package import module` asks for an attribute first
        if name.startswith("__") or find_module(f"adapter.{module}.{name}"):
            raise AttributeError(f"module 'adapter.{module}' has not imported {name!r}")
        unknown(module, name)

    return find


def find_module(name: str) -> bool:
    """Return whether there is a module of this full name, without importing it."""
    from importlib.util import find_spec  # only for names that are nowhere

    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # its parent is no package
        return False


class Finder:
    """Finds the modules of `MODULES` below ``adapter``.

    It is a finder and a loader by what it can do: their classes in ``importlib.abc`` load a third of the library.
    """

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        package, _, module = name.partition(".")
        if package != "adapter" or module not in MODULES:
            return None
        return ModuleSpec(name, cast(Any, self), is_package=any(one.startswith(f"{module}.") for one in MODULES))

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__getattr__"] = names_of(module.__name__.partition(".")[2])


def install() -> None:
    """Let the modules be imported, behind all that is found on the disk."""
    if not any(isinstance(one, Finder) for one in sys.meta_path):
        sys.meta_path.append(Finder())
