"""What a function gets: the wire's data as the values of its inputs, and what it asks for beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapter.calls.call import Call
from adapter.calls.endpoint import Endpoint, convert_failures
from adapter.calls.event_data import EventData
from adapter.calls.progress import Progress
from adapter.calls.properties import preprocess_current, with_properties
from adapter.calls.request import Header, Request
from adapter.components.state import State
from adapter.errors import InvalidInput
from adapter.files.in_call import is_file_data, take
from adapter.state.transaction import Transaction


def arguments(endpoint: Endpoint, call: Call, transaction: Transaction) -> tuple[list[Any], dict[str, Any]]:
    """Return the function's arguments for a call: those in order, and those by name.

    Args:
        endpoint: whose function it is.
        call: has the data.
        transaction: has the values of States.

    Raises:
        InvalidInput: the data is not what the inputs take.
    """
    given = input_values(endpoint, call.data, transaction)
    if endpoint.batch:
        given = [[value] for value in given]
    split = len(given) - len(endpoint.keywords)
    named = dict(zip(endpoint.keywords, given[split:], strict=True))
    positional, rest = endpoint.parameters.place(given[:split], named)
    with convert_failures(endpoint.title):  # an app may have kinds of event data of its own
        return endpoint.parameters.fill(positional, special_values(endpoint, call)), rest


def input_values(endpoint: Endpoint, data: Sequence[Any], transaction: Transaction) -> list[Any]:
    """Return the values of the inputs, one for each; all in one dict for a function that takes them by component.

    Raises:
        InvalidInput: ``data`` is not what the inputs take.
    """
    given = [input_value(endpoint, position, one, transaction) for position, one in enumerate(slots(endpoint, data))]
    return by_component(endpoint, given)


def by_component(endpoint: Endpoint, given: list[Any]) -> list[Any]:
    """Return values of the inputs in one dict, if the function takes them so; else as they are."""
    return [dict(zip(endpoint.inputs, given, strict=True))] if endpoint.inputs_by_component else given


def input_value(endpoint: Endpoint, position: int, data: Any, transaction: Transaction) -> Any:
    """Return the value of the input at ``position`` for the wire's ``data``; a State's is the transaction's.

    Raises:
        InvalidInput: ``data`` is not what the input takes.
    """
    component = endpoint.inputs[position]
    if isinstance(component, State):
        return transaction.value(component.variable)
    component = component.for_function(endpoint.fn, endpoint.input_names[position])
    preprocess = with_properties if position in endpoint.annotated_positions else preprocess_current
    return preprocess(component, data, transaction)


def slots(endpoint: Endpoint, data: Sequence[Any]) -> list[Any]:
    """Return ``data`` with one slot per input; callers may leave out those of State.

    Raises:
        InvalidInput: the number fits neither way.
    """
    if len(data) == len(endpoint.inputs):
        return list(data)
    shown = [component for component in endpoint.inputs if not component.skip_api]
    if len(data) != len(shown):
        wanted = ", ".join(component.label or component.TYPE for component in shown) or "none"
        raise InvalidInput(f"{endpoint.title} got {len(data)} inputs; it takes {len(shown)}: {wanted}.")
    rest = iter(data)
    return [None if component.skip_api else next(rest) for component in endpoint.inputs]


def special_values(endpoint: Endpoint, call: Call) -> dict[type, Any]:
    """Return what a function may ask for beside its inputs, by its kind.

    Raises:
        InvalidInput: the page did not send what the kind of event data has.
    """
    specials: dict[type, Any] = {Request: call.request, Progress: endpoint.progress}
    for _, kind in endpoint.parameters.special:
        if issubclass(kind, EventData):
            specials[kind] = kind(call.target, _with_local_path(call.event_data))
        elif issubclass(kind, Header):
            specials[kind] = kind.of(call.request)
    return specials


def _with_local_path(event_data: Any) -> Any:
    """Return what the page tells of an event; a file with its path on this machine."""
    return {**event_data, "path": str(take(event_data))} if is_file_data(event_data) else event_data
