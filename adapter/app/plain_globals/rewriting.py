"""Gives functions, where they are, code that reads and binds shared names through one object of their module."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from adapter.app.plain_globals.changes import Places, Source, is_change
from adapter.app.plain_globals.parts import Key

ACCESS = "__shared_globals__"
"""The name in each module of the object that shared names are read and bound through."""


def rewrite(source: Source, shared: Mapping[Key, str], access: Any, *, file: str) -> None:
    """Let the functions of a module use ``access[name]`` for each shared name, in a call its own copy.

    The functions stay the objects that they are, wherever they were handed to; only their code is another.

    Args:
        source: the module; its tree is changed.
        shared: the names of what is shared, by where it stands.
        access: gets and sets by name.
        file: for tracebacks.
    """
    namespace = vars(source.module)
    places = Places(source)
    if not any(key in shared for nodes in source.functions.values() for _, key in places.used_in(nodes)):
        return
    before = compile(source.tree, file, "exec", dont_inherit=True)
    tree = _Rewriter(places, shared).visit(source.tree)
    after = compile(tree, file, "exec", dont_inherit=True)
    replacements = {old: new for old, new in _pairs(before, after) if old != new}
    namespace[ACCESS] = access
    for function in [one for one in gc.get_objects() if type(one) is FunctionType and one.__globals__ is namespace]:
        replacement = replacements.get(function.__code__)
        if replacement is not None:
            function.__code__ = replacement


class _Rewriter(ast.NodeTransformer):
    def __init__(self, places: Places, shared: Mapping[Key, str]) -> None:
        self._places = places
        self._shared = shared

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self._use(node) or node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return self._use(node) or self.generic_visit(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.AST:
        name = self._name(node.target)
        if name is None:
            return self.generic_visit(node)
        bind = ast.Attribute(_access(changing=True), "bind", ast.Load())
        value = self.visit(node.value)
        return _located(ast.Call(bind, [ast.Constant(name), value], []), node)

    def _use(self, node: ast.Name | ast.Attribute) -> ast.expr | None:
        name = self._name(node)
        if name is None:
            return None
        use = ast.Subscript(_access(changing=is_change(node)), ast.Constant(name), node.ctx)
        return _located(use, node)

    def _name(self, node: ast.expr) -> str | None:
        key = self._places.key(node)
        return None if key is None else self._shared.get(key)


def _access(*, changing: bool) -> ast.expr:
    access = ast.Name(ACCESS, ast.Load())
    return ast.Attribute(access, "changing", ast.Load()) if changing else access


def _located(made: ast.expr, node: ast.expr) -> ast.expr:
    """Return what was made with the place of ``node`` for what has none."""
    for one in ast.walk(made):
        if isinstance(one, ast.expr) and not hasattr(one, "lineno"):
            ast.copy_location(one, node)
    return made


def _pairs(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the code of each function of one source with its code in the other, which differs in names only."""
    old, new = _inner(before), _inner(after)
    for one, other in zip(old, new, strict=True):
        yield one, other
        yield from _pairs(one, other)


def _inner(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]
