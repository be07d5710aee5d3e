"""Gradio's ``helpers.special_args``: what a function asks for beside its inputs, for scripts that call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

from adapter.calls.event_data import EventData
from adapter.calls.parameters import parameters
from adapter.calls.progress import Progress
from adapter.calls.request import Header, Request
from adapter.components.base import Component


def special_args(
    fn: Callable[..., Any],
    inputs: list[Any] | None = None,
    request: Any = None,
    event_data: EventData | None = None,
    component_props: Mapping[int, Mapping[str, Any]] | None = None,
    token: Any = None,
) -> tuple[list[Any], int | None, int | None, list[int]]:
    """Return the arguments for ``fn``, and where it takes its progress, its event, and components with properties.

    Args:
        fn: any function.
        inputs: what its inputs are; the list is filled up in place. Without it, only the positions are known.
        request: for a parameter annotated ``gr.Request``, and for those annotated ``gr.Header``.
        event_data: for one annotated ``gr.EventData`` or one of its kinds.
        component_props: the properties of the components that it takes as a whole, by their positions.
        token: taken for Gradio's sake: nobody logs in here.

    Returns:
        The arguments; the positions of the progress and of the event, ``None`` where it takes none; the positions of
        parameters that are annotated with a component.
    """
    known = parameters(fn)
    progress = next((place for place, kind in known.special if kind is Progress), None)
    event = next((place for place, kind in known.special if issubclass(kind, EventData)), None)
    whole = [
        place
        for place, classes in enumerate(known.classes.values())
        if any(issubclass(one, Component) for one in classes)
    ]
    if inputs is None:
        return [], progress, event, whole
    inputs[:] = known.fill(inputs, {kind: _special(kind, request, event_data) for _, kind in known.special})
    for place in whole:
        if component_props and place in component_props:
            inputs[place] = SimpleNamespace(**component_props[place])
    return inputs, progress, event, whole


def _special(kind: Any, request: Any, event_data: EventData | None) -> Any:
    if issubclass(kind, Progress):
        return Progress()
    if issubclass(kind, Header):
        return None if request is None else kind.of(request)
    if issubclass(kind, Request):
        return request
    return None if event_data is None else kind(event_data.target, event_data._data)
