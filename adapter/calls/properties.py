"""Properties of an input that a function has changed: for its session they go on to count.

They are kept beside the session's States, and read only where they can matter; an app that changes
none pays nothing for it.
"""

from __future__ import annotations

from typing import Any

from adapter.components.base import Block, Component
from adapter.components.updates import changed, changes, is_update
from adapter.errors import Error
from adapter.state.session import StateVariable
from adapter.state.transaction import Transaction

PROPERTIES = StateVariable("(properties)", {})
"""By the component's number: the properties that it has in this session, by name."""


def keep(block: Block, returned: Any, transaction: Transaction) -> None:
    """Note what a returned update changes of the way ``block`` takes its input."""
    if not isinstance(block, Component) or not block.CHECKED_BY:
        return
    if not isinstance(returned, Block) and not is_update(returned):
        return
    found = {name: value for name, value in changes(block, returned).items() if name in block.CHECKED_BY}
    if found:
        transaction.join(PROPERTIES)
        properties = transaction.value(PROPERTIES)
        properties[str(block.id)] = {**properties.get(str(block.id), {}), **found}


def taken(component: Component, data: Any, transaction: Transaction) -> Any:
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


def _current(component: Component, transaction: Transaction) -> Component:
    transaction.join(PROPERTIES)
    properties = transaction.value(PROPERTIES).get(str(component.id))
    if properties is None:
        return component
    current = changed(component, properties)
    assert isinstance(current, Component)
    return current
