"""Which module-level names the functions of an app change: by assignment, in place, or by another name for it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from adapter.plain_globals.chains import Chains, changed_locals
from adapter.plain_globals.scopes import functions, is_global, mark, unusual_bindings
from adapter.state.codec import origin

Key = tuple[str, str]
"""The names of a module and of what stands in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A module of the app's own and its source.

    Attributes:
        module: which.
        tree: its source, with the names marked that mean the module's.
    """

    module: ModuleType
    tree: ast.Module

    @property
    def name(self) -> str:
        """Under which the module was imported."""
        return str(origin.namespace(self.module)["__name__"])

    @property
    def tag(self) -> str:
        """The name of its file, which is the same whether it is run or imported."""
        return (origin.tag(self.module) or self.name).replace("/", ".")


def own_sources() -> list[Source]:
    """Return the app's own modules that are imported, with their sources."""
    found = []
    for module in dict.fromkeys(sys.modules.values()):
        if issubclass(type(module), ModuleType) and origin.tag(module) is not None:
            tree = parsed(origin.namespace(module).get("__file__"))
            if tree is not None:
                found.append(Source(module, tree))
    return found


def parsed(file: Any) -> ast.Module | None:
    """Return the marked tree of a source file; ``None`` where there is none that can be read."""
    try:
        with open(file, "rb") as opened:
            tree = ast.parse(opened.read(), file)
    except (OSError, SyntaxError, ValueError, TypeError):
        return None
    mark(tree)
    return tree


def changed_names(sources: Iterable[Source]) -> set[Key]:
    """Return what the functions of ``sources`` change of what stands in their modules; marks where, see `is_change`."""
    sources = list(sources)
    mutators, names = own_mutators(sources), frozenset(_function_names(sources))
    found: set[Key] = set()
    for source in sources:
        places = Places(source)
        chains = Chains(source.tree, mutators, names)
        seen: set[ast.AST] = set()
        for function in functions(source.tree):
            if function in seen:
                continue
            seen.update(functions(function))  # the outermost, whose names those inside may share
            changed = changed_locals(function, chains)
            uses = [(node, key, chains.context(node)) for node, key in places.used_in(function)]
            here = {key for _, key, use in uses if use.bound or use.changed or use.aliases & changed}
            found |= here
            for node, key, _ in uses:
                node.is_change = key in here  # type: ignore[attr-defined]
    for source in sources:
        found -= {(source.name, name) for name in unusual_bindings(source.tree)}
    return found


def is_change(node: ast.AST) -> bool:
    """Whether `changed_names` has found that the node's function changes what the node names."""
    return getattr(node, "is_change", False)


def bound_in_functions(source: Source) -> set[str]:
    """Return the names that functions declare ``global``; the module need not have them yet."""
    return {name for node in ast.walk(source.tree) if isinstance(node, ast.Global) for name in node.names}


def own_mutators(sources: Iterable[Source]) -> frozenset[str]:
    """Return the names of the methods by which the app's own classes change their objects."""
    methods = [
        (method, method.args.args[0].arg)
        for source in sources
        for one in ast.walk(source.tree)
        if isinstance(one, ast.ClassDef)
        for method in one.body
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and method.args.args and method.name != "__init__"
    ]
    found: frozenset[str] = frozenset()
    while True:  # a method that calls one that changes the object changes it
        more = {
            method.name for method, me in methods if me in changed_locals(method, Chains(method, found, frozenset()))
        }
        if more <= found:
            return found
        found |= more


class Places:
    """Where the functions of a module name something of it, or of another module of the app's."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._namespace = origin.namespace(source.module)
        self._imported = dict(_imported_in_functions(source.tree))

    def used_in(self, function: ast.AST) -> Iterator[tuple[ast.expr, Key]]:
        """Yield the names and attributes in a function that stand for module-level names."""
        for node in ast.walk(function):
            if isinstance(node, ast.Name | ast.Attribute):
                key = self.key(node)
                if key is not None:
                    yield node, key

    def key(self, node: ast.expr) -> Key | None:
        """Return what a name, or an attribute of a module, stands for; ``None`` if it is something else."""
        if isinstance(node, ast.Name):
            return (self._name, node.id) if is_global(node) else None
        if isinstance(node, ast.Attribute):
            module = self._module(node.value)
            return None if module is None else (str(origin.namespace(module)["__name__"]), node.attr)
        return None

    def _module(self, node: ast.expr) -> ModuleType | None:
        """Return the module of the app's that an expression stands for."""
        found: Any = None
        if isinstance(node, ast.Name):
            found = self._namespace.get(node.id) if is_global(node) else self._imported.get(node.id)
        elif isinstance(node, ast.Attribute):
            inside = self._module(node.value)
            found = None if inside is None else origin.namespace(inside).get(node.attr)
        return found if issubclass(type(found), ModuleType) and origin.tag(found) is not None else None


def _imported_in_functions(tree: ast.Module) -> Iterator[tuple[str, Any]]:
    for function in functions(tree):
        for node in ast.walk(function):
            for alias in node.names if isinstance(node, ast.Import) else ():
                name = alias.name if alias.asname else alias.name.partition(".")[0]
                yield alias.asname or name, sys.modules.get(name)


def _function_names(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for function in functions(source.tree):
            yield getattr(function, "name", "")
