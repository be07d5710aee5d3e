"""What a function answers to an example: called by the example's row, as Gradio's cache of them is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from typing import Any

from adapter.calls.outputs import unbatch
from adapter.calls.parameters import parameters
from adapter.components.base import Component
from adapter.components.functions import underlying
from adapter.components.state import State

Picked = tuple[int, list[Any]]
"""A row's number and its values."""


def answer_of(
    fn: Callable[..., Any],
    inputs: Sequence[Component],
    filled: Sequence[Component],
    *,
    outputs: int,
    batch: bool = False,
) -> Callable[..., Any]:
    """Return a function that takes a picked row and answers what ``fn`` does; of a generator, what it yields last.

    Args:
        fn: plain, ``async``, or a generator of either kind.
        inputs: of ``fn``; those that have no value in the row have the one that they begin with.
        filled: the inputs that a row has values for.
        outputs: how many values ``fn`` returns.
        batch: whether it takes lists of values.
    """
    asked = parameters(fn)

    def called(picked: Picked, told: Sequence[Any]) -> Any:
        given = dict(zip(filled, picked[1], strict=False))
        values = [_argument(one, given.get(one)) for one in inputs]
        specials = {kind: value for (_, kind), value in zip(asked.special, told, strict=True)}
        return fn(*asked.fill([[value] for value in values] if batch else values, specials))

    def whole(returned: Any) -> Any:
        return unbatch(returned, outputs) if batch else returned

    def load_example_output(picked: Picked, *told: Any) -> Any:
        returned = called(picked, told)
        if inspect.isgenerator(returned):
            *_, returned = [None, *returned]
        return whole(returned)

    async def load_example_output_later(picked: Picked, *told: Any) -> Any:
        returned = called(picked, told)
        if inspect.isasyncgen(returned):
            *_, returned = [None, *[one async for one in returned]]
        else:
            returned = await returned
        return whole(returned)

    target = underlying(fn)
    is_async = inspect.iscoroutinefunction(target) or inspect.isasyncgenfunction(target)
    found: Any = load_example_output_later if is_async else load_example_output
    kinds = [Parameter(f"special_{place}", _KIND, annotation=kind) for place, (_, kind) in enumerate(asked.special)]
    found.__name__ = "load_example_output"
    found.__signature__ = Signature([Parameter("example_tuple", _KIND), *kinds])
    return found  # type: ignore[no-any-return]


_KIND = Parameter.POSITIONAL_OR_KEYWORD


def _argument(component: Component, value: Any) -> Any:
    """Return what a function gets for ``value`` of an example, as if a page had sent it."""
    if isinstance(component, State):
        return component.variable.initial()
    return component.preprocess(component.value if value is None else component.postprocess(value))
