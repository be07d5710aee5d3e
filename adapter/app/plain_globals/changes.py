"""Which module-level names the functions of an app change: by assignment, in place, or by another name for it."""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from adapter.app.plain_globals.chains import Chains, locals_of
from adapter.app.plain_globals.parts import Key, Part, changed_through_calls
from adapter.app.plain_globals.scopes import FUNCTIONS, binds_unusually, is_global, mark
from adapter.state.codec import origin


@dataclass(frozen=True, slots=True)
class Source:
    """A module of the app's own and its source.

    Attributes:
        module: which.
        tree: its source, with the names marked that mean the module's.
        parents: of the tree's nodes.
        functions: those that stand in no other, with all nodes in them.
    """

    module: ModuleType
    tree: ast.Module
    parents: Mapping[ast.AST, ast.AST]
    functions: Mapping[ast.AST, Sequence[ast.AST]]

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
    for module in origin.own_modules().values():
        tree = _parsed(origin.namespace(module).get("__file__"))
        if tree is not None:
            found.append(Source(module, tree, *_indexed(tree)))
    return found


def _parsed(file: Any) -> ast.Module | None:
    """Return the marked tree of a source file; ``None`` where there is none that can be read."""
    try:
        with open(file, "rb") as opened:
            tree = ast.parse(opened.read(), file)
    except (OSError, SyntaxError, ValueError, TypeError):
        return None
    mark(tree)
    return tree


def _indexed(tree: ast.Module) -> tuple[dict[ast.AST, ast.AST], dict[ast.AST, list[ast.AST]]]:
    parents: dict[ast.AST, ast.AST] = {}
    parts: dict[ast.AST, list[ast.AST]] = {}
    todo: list[tuple[ast.AST, list[ast.AST] | None]] = [(tree, None)]
    while todo:
        node, part = todo.pop()
        for child in ast.iter_child_nodes(node):
            parents[child] = node
            inside = part
            if part is not None:
                part.append(child)
            elif isinstance(child, FUNCTIONS):
                inside = parts[child] = []
            todo.append((child, inside))
    return parents, parts


def changed_names(sources: Iterable[Source]) -> set[Key]:
    """Return what the functions of ``sources`` change of what stands in their modules; marks where, see `is_change`."""
    sources = list(sources)
    mutators, names = own_mutators(sources), frozenset(_callable_names(sources))
    parts: list[Part] = []
    unusual: set[Key] = set()
    for source in sources:
        places, chains = Places(source), Chains(source.parents, mutators, names)
        for function, nodes in source.functions.items():
            uses = [(node, key, chains.context(node)) for node, key in places.used_in(nodes)]
            parts.append(Part(_names_of(function, nodes, source.parents), nodes, chains, uses))
            unusual |= {(source.name, name) for name in binds_unusually(nodes)}
    through = changed_through_calls(parts)
    found: set[Key] = set()
    for part in parts:
        here = part.changed | (part.returned & through)
        found |= here
        for node, key, _ in part.uses:
            node.is_change = key in here  # type: ignore[attr-defined]
    return found - unusual


def is_change(node: ast.AST) -> bool:
    """Whether `changed_names` has found that the node's function changes what the node names."""
    return getattr(node, "is_change", False)


def bound_in_functions(source: Source) -> set[str]:
    """Return the names that functions declare ``global``; the module need not have them yet."""
    return {name for node in _nodes(source) if isinstance(node, ast.Global) for name in node.names}


def own_mutators(sources: Iterable[Source]) -> frozenset[str]:
    """Return the names of the methods by which the app's own classes change their objects."""
    methods = [
        (method.name, method.args.args[0].arg, nodes, source.parents)
        for source in sources
        for method, nodes in source.functions.items()
        if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(source.parents[method], ast.ClassDef)
        and method.args.args
        and method.name != "__init__"
    ]
    found: frozenset[str] = frozenset()
    while True:  # a method that calls one that changes the object changes it
        more = {
            name
            for name, me, nodes, parents in methods
            if name not in found and me in locals_of(nodes, Chains(parents, found, frozenset())).changed
        }
        if not more:
            return found
        found |= more


class Places:
    """Where the functions of a module name something of it, or of another module of the app's."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self._namespace = origin.namespace(source.module)
        self._imported = dict(_imported_in_functions(source))

    def used_in(self, nodes: Iterable[ast.AST]) -> Iterator[tuple[ast.expr, Key]]:
        """Yield the names and attributes among ``nodes`` that stand for module-level names."""
        for node in nodes:
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


def _imported_in_functions(source: Source) -> Iterator[tuple[str, Any]]:
    for node in _nodes(source):
        for alias in node.names if isinstance(node, ast.Import) else ():
            name = alias.name if alias.asname else alias.name.partition(".")[0]
            yield alias.asname or name, sys.modules.get(name)


def _callable_names(sources: Iterable[Source]) -> Iterator[str]:
    """Yield the names of the app's own functions and classes, which may keep or change what they are given."""
    for source in sources:
        for node in (*source.functions, *_nodes(source), *source.tree.body):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name


def _names_of(function: ast.AST, nodes: Iterable[ast.AST], parents: Mapping[ast.AST, ast.AST]) -> frozenset[str]:
    """Return the names that a function has, and those in it; a lambda has the name that it is bound to."""
    found = {one.name for one in (function, *nodes) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)}
    around = parents[function]
    if isinstance(around, ast.Assign):
        found |= {target.id for target in around.targets if isinstance(target, ast.Name)}
    return frozenset(found)


def _nodes(source: Source) -> Iterator[ast.AST]:
    """Yield the nodes in functions."""
    return itertools.chain.from_iterable(source.functions.values())
