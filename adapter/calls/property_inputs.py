"""Inputs with all their properties: a parameter annotated with a component's class gets them by name."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

from adapter.calls.parameters import Parameters
from adapter.calls.properties import taken
from adapter.components.base import Component
from adapter.components.state import State
from adapter.components.updates import skip, update
from adapter.state.transaction import Transaction

UNCHANGED = ("name", "id")
"""What the page knows a component by; no function changes it."""


class Properties(SimpleNamespace):
    """The properties of an input, as attributes: its value, its label, its choices.

    Returned for an output, those that the function has changed are its update.
    """

    __slots__ = ("_before",)

    def __init__(self, properties: dict[str, Any]) -> None:
        super().__init__(**properties)
        self._before = deepcopy(properties)

    def changes(self) -> dict[str, Any]:
        """Return an update of what has been changed since the function got it."""
        found = {name: value for name, value in vars(self).items() if self._before.get(name) != value}
        return update(**found) if found else skip()


def places(names: Sequence[str | None], parameters: Parameters, inputs: Sequence[Component]) -> list[int]:
    """Return the places of the inputs whose parameters are annotated with a component's class.

    Args:
        names: of the parameters that the inputs fill.
        parameters: of the function.
        inputs: the components.
    """
    found = []
    for place, (name, component) in enumerate(zip(names, inputs, strict=True)):
        kinds = parameters.classes.get(name or "", ())
        if any(issubclass(kind, Component) for kind in kinds) and not isinstance(component, State):
            found.append(place)
    return found


def given(component: Component, data: Any, transaction: Transaction) -> Properties:
    """Return the function's argument for ``data`` off the wire.

    Args:
        component: the input.
        data: the properties, as pages send them, ``value`` among them; or the value alone.
        transaction: of the call.

    Raises:
        InvalidInput: the value is not what the component takes.
    """
    sent = data if isinstance(data, dict) and "value" in data else {"value": data}
    known = component.attributes() | {name: one for name, one in sent.items() if not name.startswith("_")}
    known["value"] = taken(component, sent["value"], transaction)
    return Properties({name: one for name, one in known.items() if name not in UNCHANGED})
