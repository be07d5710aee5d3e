"""Properties of inputs: what functions have changed of them, and functions that ask for all of them.

A change counts for its session from then on. Changes are kept beside the session's States, and read only where they
can matter; an app that changes none pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from adapter.calls.parameters import Parameters
from adapter.components.base import Block, Component
from adapter.components.state import State
from adapter.components.updates import changes, is_update, skip, update, with_changes
from adapter.errors import Error
from adapter.state.session import StateVariable
from adapter.state.transaction import Transaction

PROPERTIES = StateVariable("(properties)", {})
"""By the component's number: the properties that it has in this session, by name."""

UNCHANGED = ("name", "id")
"""What the page knows a component by; no function changes it."""


class Properties(SimpleNamespace):
    """The properties of an input, as attributes: its value, its label, its choices.

    A parameter annotated with a component's class gets them. Returned for an output, those that the function has
    changed are its update.
    """

    __slots__ = ("_before",)

    def __init__(self, properties: dict[str, Any]) -> None:
        super().__init__(**properties)
        self._before = deepcopy(properties)

    def changes(self) -> dict[str, Any]:
        """Return an update of what has been changed since the function got it."""
        properties = {name: value for name, value in vars(self).items() if self._before.get(name) != value}
        return update(**properties) if properties else skip()


def annotated_positions(
    names: Sequence[str | None], parameters: Parameters, inputs: Sequence[Component]
) -> frozenset[int]:
    """Return the positions of the inputs whose parameters are annotated with a component's class.

    Args:
        names: of the parameters that the inputs fill.
        parameters: of the function.
        inputs: the components.
    """
    return frozenset(
        position
        for position, (name, component) in enumerate(zip(names, inputs, strict=True))
        if not isinstance(component, State)
        and any(issubclass(kind, Component) for kind in parameters.classes.get(name or "", ()))
    )


def with_properties(component: Component, data: Any, transaction: Transaction) -> Properties:
    """Return the function's argument for ``data`` off the wire, where it asks for all properties.

    Args:
        component: the input.
        data: the properties, as pages send them, ``value`` among them; or the value alone.
        transaction: of the call.

    Raises:
        InvalidInput: the value is not what the component takes.
    """
    sent = data if isinstance(data, dict) and "value" in data else {"value": data}
    properties = component.attributes() | {name: one for name, one in sent.items() if not name.startswith("_")}
    properties["value"] = preprocess_current(component, sent["value"], transaction)
    return Properties({name: one for name, one in properties.items() if name not in UNCHANGED})


def preprocess_current(component: Component, data: Any, transaction: Transaction) -> Any:
    """Return the function's argument for ``data`` off the wire, by the properties that the component has by now.

    The session is read for it only if the component refuses the data as it was built, or gives
    places among choices, which may be other ones by now.

    Raises:
        InvalidInput: ``data`` is not what the component takes.
    """
    if not component.may_change or not component.CHECKED_BY:
        return component.preprocess(data)
    if transaction.has_session or getattr(component, "type", None) == "index":
        return _current(component, transaction).preprocess(data)
    try:
        return component.preprocess(data)
    except Error:  # InvalidInput is one
        current = _current(component, transaction)
        if current is component:
            raise
    return current.preprocess(data)


def remember_changes(block: Block, returned: Any, transaction: Transaction) -> None:
    """Keep with the session what a returned update changes of the way ``block`` takes its input."""
    if not isinstance(block, Component) or not block.CHECKED_BY:
        return
    if not isinstance(returned, Block) and not is_update(returned):
        return
    checked = {name: value for name, value in changes(block, returned).items() if name in block.CHECKED_BY}
    if checked:
        transaction.join(PROPERTIES)
        properties = transaction.value(PROPERTIES)
        properties[str(block.id)] = {**properties.get(str(block.id), {}), **checked}


def _current(component: Component, transaction: Transaction) -> Component:
    transaction.join(PROPERTIES)
    properties = transaction.value(PROPERTIES).get(str(component.id))
    if properties is None:
        return component
    current = with_changes(component, properties)
    assert isinstance(current, Component)
    return current
