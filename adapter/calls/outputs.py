"""What a function returned: one value for each output, and what of it goes to the page and to the state."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from adapter.calls.properties import Properties, remember_changes
from adapter.components.base import Block, Component
from adapter.components.state import State
from adapter.components.updates import is_update, outgoing, skip
from adapter.errors import AdapterError, Error, FunctionFailed, InvalidInput
from adapter.state.proxy import plain
from adapter.state.transaction import Transaction

logger = logging.getLogger("adapter.calls.outputs")


def match_outputs(returned: Any, outputs: Sequence[Component], title: str) -> list[Any]:
    """Return one value for each output.

    Args:
        returned: by the function: the value of the only output, several in order, or a dict by component.
        outputs: of the endpoint.
        title: of the endpoint, for messages.

    Raises:
        FunctionFailed: it does not fit the outputs.
    """
    if isinstance(returned, dict) and returned and all(isinstance(key, Block) for key in returned):
        unknown = [key for key in returned if key not in outputs]
        if unknown:
            raise FunctionFailed(f"{title} returned a value for {unknown[0]!r}, which is not one of its outputs.")
        return [returned.get(component, skip()) for component in outputs]
    count = len(outputs)
    if count == 0:
        if returned is not None:
            logger.warning("%s returned a value, and has no output that takes it.", title)
        return []
    if count == 1:
        return [returned]
    if is_update(returned) and "value" not in returned:
        return [returned] * count
    values = list(returned) if isinstance(returned, tuple | list) else [returned]
    if len(values) < count:
        raise FunctionFailed(f"{title} returned {len(values)} values; its outputs need {count}.")
    if len(values) > count:
        logger.warning("%s returned %d values; its outputs take %d.", title, len(values), count)
    return values[:count]


def unbatch(returned: Any, count: int) -> Any:
    """Return the only item of the batch that a function with ``count`` outputs returned."""
    if not count:
        return returned
    columns = [column[0] for column in returned]
    return columns[0] if count == 1 else columns


def postprocess_all(
    values: Sequence[Any], outputs: Sequence[Component], transaction: Transaction, title: str
) -> list[Any]:
    """Return the wire's list of ``values``, one for each output; those of States go into the transaction instead.

    Args:
        values: as `match_outputs` returns them.
        outputs: of the endpoint.
        transaction: of the call.
        title: of the endpoint, for messages.

    Raises:
        FunctionFailed: an output cannot show its value; names the output, its component and the value's type.
    """
    data: list[Any] = []
    for number, (component, value) in enumerate(zip(outputs, values, strict=True), start=1):
        if isinstance(component, State):
            _put(component, value, transaction)
            data.append(None)  # a State never leaves the server
        else:
            value = value.changes() if isinstance(value, Properties) else plain(value)
            with _name_output(component, value, f"output {number} of {title}"):
                data.append(outgoing(component, value))
            remember_changes(component, value, transaction)
    return data


@contextmanager
def _name_output(block: Block, value: Any, output: str) -> Iterator[None]:
    """Let an error of ``block`` with the value for ``output`` say whose it is."""
    label = getattr(block, "label", None)  # a layout has none
    named = f"{output}, the {type(block).__name__}{f' {label!r}' if label else ''}"
    try:
        yield
    except Error as error:  # its text is for the visitor
        if isinstance(block, Component) and block.name() in error.message:
            raise
        text = f"{error.message} ({named})"
        kind = InvalidInput if isinstance(error, InvalidInput) else Error  # a caller's fault stays one
        raise kind(text, error.duration, error.visible, error.title, print_exception=error.print_exception) from error
    except AdapterError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a component stumbles over is told with its name
        fact = f"{named}, cannot show what the function returned, of type {type(value).__name__}"
        told = ValueError(f"{fact}: {str(error) or type(error).__name__}")
        told.__cause__ = error
        raise FunctionFailed(fact) from told


def _put(state: State, value: Any, transaction: Transaction) -> None:
    """Put a returned value into the transaction; an update without a value leaves the State alone."""
    if isinstance(value, State):
        given = value.given_arguments()
        value = {"__type__": "update", **({"value": given["value"]} if "value" in given else {})}
    if not is_update(value):
        transaction.put(state.variable, plain(value))
    elif "value" in value:
        transaction.put(state.variable, plain(value["value"]))
