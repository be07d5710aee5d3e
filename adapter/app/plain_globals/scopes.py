"""Marks the names in functions that mean the module's: by Python's own rules of scopes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OPENS = (*FUNCTIONS, *_COMPREHENSIONS, ast.ClassDef)


@dataclass
class _Scope:
    """What names mean in one function, class or comprehension."""

    is_class: bool = False
    bound: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    nonlocal_names: set[str] = field(default_factory=set)


def mark(tree: ast.Module) -> None:
    """Set ``is_global`` on each `ast.Name` inside a function that means a name of the module."""
    _Marker().visit(tree)


def is_global(node: ast.AST) -> bool:
    """Whether `mark` has marked the node."""
    return getattr(node, "is_global", False)


def binds_unusually(nodes: Iterable[ast.AST]) -> set[str]:
    """Return names that are declared ``global`` among ``nodes`` and bound by another statement than an assignment."""
    nodes = list(nodes)
    declared = {name for node in nodes if isinstance(node, ast.Global) for name in node.names}
    return {name for node in nodes if declared and not isinstance(node, ast.Name) for name in _binds(node)} & declared


class _Marker(ast.NodeVisitor):
    def __init__(self) -> None:
        self.scopes: list[_Scope] = []
        self.depth = 0

    def visit_Name(self, node: ast.Name) -> None:
        if self.depth and self._is_global(node.id):
            node.is_global = True  # type: ignore[attr-defined]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for part in (*node.decorator_list, *node.bases, *node.keywords):
            self.visit(part)
        self._inside(_scope(node), node.body)

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, _COMPREHENSIONS):
            self._comprehension(node)
        else:
            super().generic_visit(node)

    def _function(self, node: Function) -> None:
        outside: list[ast.expr | None] = [*node.args.defaults, *node.args.kw_defaults]
        if not isinstance(node, ast.Lambda):
            outside += node.decorator_list
        for part in outside:
            if part is not None:
                self.visit(part)
        self.depth += 1
        self._inside(_scope(node), [node.body] if isinstance(node, ast.Lambda) else node.body)
        self.depth -= 1

    def _comprehension(self, node: Any) -> None:
        first = node.generators[0].iter
        self.visit(first)  # the only part that belongs to the scope around
        parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for generator in node.generators:
            parts += [generator.target, *generator.ifs, *([] if generator.iter is first else [generator.iter])]
        bound = {one.id for part in node.generators for one in ast.walk(part.target) if isinstance(one, ast.Name)}
        self._inside(_Scope(bound=bound), parts)

    def _inside(self, scope: _Scope, parts: list[Any]) -> None:
        self.scopes.append(scope)
        for part in parts:
            self.visit(part)
        self.scopes.pop()

    def _is_global(self, name: str) -> bool:
        for place, scope in enumerate(reversed(self.scopes)):
            if name in scope.global_names:
                return True
            # a class's names are not seen from the functions in it
            if name in scope.bound and name not in scope.nonlocal_names and (place == 0 or not scope.is_class):
                return False
        return True


def _scope(node: Function | ast.ClassDef) -> _Scope:
    scope = _Scope(is_class=isinstance(node, ast.ClassDef))
    if not isinstance(node, ast.ClassDef):
        arguments = node.args
        every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
        scope.bound |= {one.arg for one in every if one is not None}
    for one in _own(node):
        if isinstance(one, ast.Global):
            scope.global_names |= set(one.names)
        elif isinstance(one, ast.Nonlocal):
            scope.nonlocal_names |= set(one.names)
        else:
            scope.bound |= set(_binds(one))
    scope.bound -= scope.global_names
    return scope


def _own(node: Function | ast.ClassDef) -> Iterator[ast.AST]:
    """Yield the nodes that stand in a function's or class's own scope."""
    todo: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else list(node.body)
    while todo:
        one = todo.pop()
        yield one
        if not isinstance(one, _OPENS):
            todo.extend(ast.iter_child_nodes(one))
        elif isinstance(one, _COMPREHENSIONS):  # what := binds there is bound around it
            todo.extend(inner.target for inner in ast.walk(one) if isinstance(inner, ast.NamedExpr))


def _binds(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node itself binds."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest
