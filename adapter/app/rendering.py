"""Parts of a page that a function draws anew: ``render``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

from adapter import context
from adapter.app.arguments import as_list
from adapter.app.blocks import Blocks
from adapter.app.drawings import Drawing, Part, PartEndpoint
from adapter.app.listener import Target, target_of
from adapter.calls.endpoint import Concurrency
from adapter.components.base import Component
from adapter.components.layout import Column, Row
from adapter.errors import ConfigurationError


def render(
    inputs: Component | Sequence[Component] | None = None,
    triggers: Any = None,
    *,
    queue: bool = True,
    trigger_mode: Literal["once", "multiple", "always_last"] | None = "always_last",
    concurrency_limit: int | str | None = None,
    concurrency_id: str | None = None,
    show_progress: Literal["full", "minimal", "hidden"] = "full",
    concurrency: Concurrency | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a function draw a part of the page, and draw it anew when its inputs change; a decorator.

    The function may be called again with the same inputs, in another environment, to find a listener
    of what it drew: what it draws must follow from its inputs. A block with a ``key`` keeps its value
    in the next drawing.

    Args:
        inputs: whose values are its arguments; State among them.
        triggers: such as ``button.click``, one or several; the page's opening and every change of an
            input if left out.
        queue: whether clients use the queue for it.
        trigger_mode: what happens on a trigger while it is being drawn.
        concurrency_limit, concurrency_id: taken for Gradio's sake.
        show_progress: how it is shown that it is being drawn.
        concurrency: see ``Endpoint``.

    Raises:
        ConfigurationError: no Blocks is open, or the function is a generator or ``async``.
    """
    root = context.root.get()
    if not isinstance(root, Blocks):
        raise ConfigurationError("render() is called outside a Blocks context; call it inside `with gr.Blocks():`")
    if isinstance(root, Drawing):
        raise ConfigurationError("a part of the page draws another part; draw all of it in one function.")
    taken = as_list(inputs)
    targets: list[Target] = [target_of(one) for one in as_list(triggers)]
    if triggers is None:
        targets = [(None, "load"), *((one, "change") for one in taken if "change" in one.EVENTS)]

    def draws(fn: Callable[..., Any]) -> Callable[..., Any]:
        name = getattr(fn, "__name__", type(fn).__name__)
        if inspect.isgeneratorfunction(fn) or inspect.iscoroutinefunction(fn) or inspect.isasyncgenfunction(fn):
            raise ConfigurationError(f"render() was given {name}, a generator or async; write a plain function.")
        container = (Row if isinstance(context.container.get(), Row) else Column)(show_progress=True)
        part = Part(fn, container, len(root.parts))
        root.parts.append(part)
        listening = root.listen(
            targets,
            fn,
            inputs,
            container,
            api_name="apply",
            api_visibility="undocumented",
            queue=queue,
            concurrency=concurrency,
            endpoint=functools.partial(_endpoint, part),
            trigger_mode=trigger_mode,
            show_progress=show_progress,
        )
        listening.listener.options = replace(listening.listener.options, part=part)
        return fn

    return draws


def _endpoint(part: Part, *arguments: Any, **options: Any) -> PartEndpoint:
    part.endpoint = PartEndpoint(*arguments, **options)
    part.endpoint.part = part
    return part.endpoint
