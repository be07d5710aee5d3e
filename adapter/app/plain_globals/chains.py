"""Follows an expression outwards: ``scores`` in ``scores["a"].append(x)`` ends in a call that changes it."""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from adapter.app.plain_globals.scopes import is_global

_READ_ONLY = (tuple, str, bytes, frozenset, MappingProxyType)

MUTATORS = frozenset(
    {name for kind in (list, dict, set, deque, bytearray) for name in dir(kind) if not name.startswith("_")}
    | {"fill", "itemset", "move_to_end", "put", "resize", "subtract", "__delitem__", "__setattr__", "__setitem__"}
).difference(*map(dir, _READ_ONLY))
"""Methods that change what they are called on: those of the standard library's containers, and some of NumPy's."""

MUTATING_FUNCTIONS = frozenset(
    {"delattr", "setattr", "shuffle", "insort", "insort_left", "insort_right"}
    | {"heapify", "heappop", "heappush", "heappushpop", "heapreplace"}
)
"""Functions of the standard library that change an argument."""

_LOAD = ast.Load()

VIEWS = frozenset(
    {
        *("dict", "enumerate", "filter", "getattr", "iter", "list", "map", "max", "min", "next", "reversed", "sorted"),
        *("tuple", "vars", "zip"),
    }
)
"""Built-in functions that give out the parts of what they are given."""


@dataclass(frozen=True, slots=True)
class Context:
    """How an expression is used.

    Attributes:
        changed: whether what it names is changed in place, or what hangs on it.
        bound: whether the name itself is bound anew.
        aliases: the local names that it, or a part of it, is given.
        returned: whether it, or a part of it, is what the function gives to its caller.
    """

    changed: bool = False
    bound: bool = False
    aliases: frozenset[str] = frozenset()
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Locals:
    """The local names of a function by which it changes something in place, and those whose value it returns."""

    changed: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()


class Chains:
    """The contexts of the expressions of one tree.

    Args:
        parents: of the tree's nodes.
        own_mutators: the names of the app's own methods that change their object.
        own_functions: the names of the app's own functions, which may change what they are given.
    """

    def __init__(
        self, parents: Mapping[ast.AST, ast.AST], own_mutators: frozenset[str], own_functions: frozenset[str]
    ) -> None:
        self._parents = parents
        self._mutators = MUTATORS | own_mutators
        self._changers = MUTATING_FUNCTIONS | own_functions | own_mutators

    def context(self, node: ast.expr) -> Context:
        """Return how ``node``, a name, an attribute of a module or a call, is used."""
        if not isinstance(getattr(node, "ctx", _LOAD), ast.Load):
            return Context(bound=True)
        at: ast.AST = node
        while True:
            around = self._parents.get(at)
            if isinstance(around, ast.Subscript | ast.Attribute) and around.value is at:
                if not isinstance(around.ctx, ast.Load):
                    return Context(changed=True)
                call = self._parents.get(around)
                if isinstance(around, ast.Attribute) and isinstance(call, ast.Call) and call.func is around:
                    if around.attr in self._mutators or _in_place(call):
                        return Context(changed=True)
                    at = call
                    continue
                at = around
            elif around is not None and self._hands_on(around, at):
                at = around
            else:
                return self._end(at, around)

    def _hands_on(self, around: ast.AST, at: ast.AST) -> bool:
        """Whether what is around gives out the same object, or parts of it."""
        if isinstance(around, ast.Tuple | ast.List):
            return isinstance(self._parents.get(around), ast.Assign | ast.For)
        if isinstance(around, ast.Call):
            return at in around.args and isinstance(around.func, ast.Name) and around.func.id in VIEWS
        if isinstance(around, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            return around.elt is at
        if isinstance(around, ast.DictComp):
            return around.value is at
        return isinstance(around, ast.Starred | ast.Await | ast.IfExp | ast.BoolOp)

    def _end(self, at: ast.AST, around: ast.AST | None) -> Context:
        if isinstance(around, ast.keyword):
            around = self._parents.get(around)
        if isinstance(around, ast.Call) and around.func is not at:
            return Context(changed=callee_name(around) in self._changers)
        if isinstance(around, ast.Return | ast.Yield | ast.YieldFrom | ast.Lambda):
            return Context(returned=True)
        if isinstance(around, ast.Assign):
            return Context(aliases=_names(*around.targets))
        if isinstance(around, ast.AnnAssign | ast.NamedExpr):
            return Context(aliases=_names(around.target))
        if isinstance(around, ast.For | ast.AsyncFor | ast.comprehension) and around.iter is at:
            return Context(aliases=_names(around.target))
        if isinstance(around, ast.withitem) and around.optional_vars is not None:
            return Context(aliases=_names(around.optional_vars))
        if isinstance(around, ast.Match):
            captured = {
                one.name for one in ast.walk(around) if isinstance(one, ast.MatchAs | ast.MatchStar) and one.name
            }
            return Context(aliases=frozenset(captured))
        return Context()


def locals_of(nodes: Iterable[ast.AST], chains: Chains) -> Locals:
    """Return what a function does with its local names, names of parts of what they name included.

    Args:
        nodes: of the function.
        chains: of its module.
    """
    changed: set[str] = set()
    returned: set[str] = set()
    links: list[tuple[str, frozenset[str]]] = []
    for node in nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and not is_global(node):
            context = chains.context(node)
            changed |= {node.id} if context.changed else set()
            returned |= {node.id} if context.returned else set()
            if context.aliases:
                links.append((node.id, context.aliases))
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) and not is_global(node.target):
            changed.add(node.target.id)
    return Locals(_closed(changed, links), _closed(returned, links))


def callee_name(call: ast.Call) -> str:
    """Return the name of what is called, without what stands before its dots."""
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _closed(names: set[str], links: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """Return the names, and those from which they have their values."""
    while True:
        more = {name for name, aliases in links if aliases & names} - names
        if not more:
            return frozenset(names)
        names = names | more


def _names(*targets: ast.AST) -> frozenset[str]:
    return frozenset(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def _in_place(call: ast.Call) -> bool:
    """Whether a call says that it works in place, as those of pandas do."""
    return any(one.arg == "inplace" and getattr(one.value, "value", True) is not False for one in call.keywords)
