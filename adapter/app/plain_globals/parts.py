"""What one function does with module-level names, and what others do with what it returns of them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from adapter.app.plain_globals.chains import Chains, Context, Locals, callee_name, locals_of

Key = tuple[str, str]
"""The names of a module and of what stands in it."""


@dataclass
class Part:
    """A function with those in it.

    Attributes:
        names: by which it is called.
        nodes: in it.
        chains: of its module.
        uses: the nodes that stand for module-level names, with these and how they are used.
    """

    names: frozenset[str]
    nodes: Sequence[ast.AST]
    chains: Chains
    uses: Sequence[tuple[ast.expr, Key, Context]]

    @cached_property
    def locals(self) -> Locals:
        """What it does with its local names."""
        return locals_of(self.nodes, self.chains)

    @cached_property
    def changed(self) -> set[Key]:
        """What it binds anew or changes in place."""
        return {
            key
            for _, key, use in self.uses
            if use.bound or use.changed or (use.aliases and use.aliases & self.locals.changed)
        }

    @cached_property
    def returned(self) -> set[Key]:
        """What its caller gets, or gets a part of."""
        return {
            key for _, key, use in self.uses if use.returned or (use.aliases and use.aliases & self.locals.returned)
        }

    @cached_property
    def calls(self) -> Sequence[tuple[str, Context]]:
        """The names of what it calls, and how it uses the results."""
        return [(callee_name(node), self.chains.context(node)) for node in self.nodes if isinstance(node, ast.Call)]


def changed_through_calls(parts: Sequence[Part]) -> set[Key]:
    """Return what is changed in the hands of those who call a function that returns it, or a part of it."""
    returned: dict[str, set[Key]] = {}
    for part in parts:
        for name in part.names:
            returned.setdefault(name, set()).update(part.returned)
    changed: set[Key] = set()
    grows = any(returned.values())
    while grows:
        grows = False
        for part in parts:
            for name, use in part.calls:
                keys = returned.get(name)
                if not keys:
                    continue
                if use.changed or (use.aliases and use.aliases & part.locals.changed):
                    changed |= keys
                if use.returned or (use.aliases and use.aliases & part.locals.returned):
                    for own in part.names:
                        grows = grows or not keys <= returned[own]
                        returned[own] |= keys
    return changed
