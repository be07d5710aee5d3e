"""Where an app keeps what its script drew: components, defaults of States, data of its modules and functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from adapter.app.blocks import Blocks
from adapter.app.release.objects import Walk
from adapter.app.release.place import Place
from adapter.components.base import Block, Component
from adapter.components.state import State
from adapter.state.codec.origin import namespace, own_modules

UNDRAWN = frozenset(
    {"id", "parent", "children", "selectable", "may_change", "variable", "load_fn", "load_inputs", "every"}
)
"""Attributes of a block that say how it stands in the page, or that are asked anew at each opening."""
PAGE = ("title", "css", "js", "head")
"""Attributes of the page itself."""


def places(blocks: Blocks) -> Iterator[Place]:
    """Yield where ``blocks`` keeps what its script may have drawn; nothing is encoded or copied."""
    for name in PAGE:
        yield _attribute(blocks, name, f"page.{name}", f"the page's {name}")
    for block in blocks.blocks.values():
        yield from _of_block(block)
    modules = sorted(own_modules().items())
    walk = Walk(blocks, {module.__name__ for _, module in modules})
    for tag, module in modules:
        names = namespace(module)
        for name, value in list(names.items()):
            if not name.startswith("__"):
                yield from walk.item(names, name, value, f"module.{tag}.{name}", f"{name} in {tag}.py")
    for listener in blocks.listeners:
        if listener.endpoint is not None:
            fn = listener.endpoint.fn
            label = getattr(fn, "__name__", type(fn).__name__)
            yield from walk.function(fn, f"listener.{listener.id}", f"{label}()", 0)


def shape(blocks: Blocks) -> list[Any]:
    """Return what has to be alike before values can be: which blocks and listeners there are, and their numbers."""
    kinds = [[block.id, block.TYPE] for block in blocks.blocks.values()]
    return [
        kinds,
        [
            [
                listener.id,
                listener.api_name,
                [one.id for one in listener.inputs],
                [one.id for one in listener.outputs],
            ]
            for listener in blocks.listeners
        ],
    ]


def _of_block(block: Block) -> Iterator[Place]:
    known_by = block.variable.name if isinstance(block, State) else getattr(block, "label", None) or block.id
    called = f"{type(block).__name__} {known_by!r}"
    asked_anew = isinstance(block, Component) and block.is_asked
    for name in sorted(vars(block).keys() - UNDRAWN):
        if not (asked_anew and name in ("value", "_given")) and not _holds_blocks(vars(block)[name]):
            yield _attribute(block, name, f"block.{block.id}.{name}", called)
    if isinstance(block, State) and not callable(block.variable.default):
        yield Place(
            f"block.{block.id}.default",
            called,
            lambda: block.variable.default,
            lambda value: setattr(block, "variable", replace(block.variable, default=value)),
        )


def _attribute(owner: object, name: str, key: str, label: str) -> Place:
    return Place(key, label, lambda: vars(owner).get(name), lambda value: setattr(owner, name, value))


def _holds_blocks(value: Any) -> bool:
    items = value if isinstance(value, list | tuple) else (value,)
    return any(isinstance(item, Block) for item in items)
