"""What functions return beside values: nothing new, or new properties of an output."""

from __future__ import annotations

from typing import Any

from adapter.compat.earlier_arguments import modern
from adapter.components.base import Block, Component
from adapter.components.options import UNSEEN, Visible
from adapter.errors import ConfigurationError

_MARK = "__type__"
_UPDATE = "update"


def skip() -> dict[str, Any]:
    """Return what leaves an output as it is."""
    return {_MARK: _UPDATE}


def update(
    elem_id: str | None = None,
    elem_classes: list[str] | str | None = None,
    visible: Visible | None = None,
    **props: Any,
) -> dict[str, Any]:
    """Return what changes properties of an output.

    Args:
        elem_id: its id for CSS.
        elem_classes: its classes for CSS.
        visible: whether it is seen.
        props: other arguments of its constructor; without ``value`` its value stays.
    """
    named = {"elem_id": elem_id, "elem_classes": elem_classes, "visible": visible}
    return {**props, **{name: value for name, value in named.items() if value is not None}, _MARK: _UPDATE}


def is_update(returned: Any) -> bool:
    """Return whether ``returned`` is from `update` or `skip`."""
    return isinstance(returned, dict) and returned.get(_MARK) == _UPDATE


def changes(block: Block, returned: Any) -> dict[str, Any]:
    """Return the properties of ``block`` that an update changes, by name: those given to an instance, or to `update`.

    Without ``render``, ``every`` and ``inputs``, and of `update`'s without ``None`` except for
    ``value``.
    """
    if isinstance(returned, Block):
        return {name: value for name, value in returned.given_arguments().items() if name not in UNSEEN}
    kept = {name: value for name, value in returned.items() if value is not None or name == "value"}
    del kept[_MARK]
    return {name: value for name, value in modern(block.TYPE, kept).items() if name not in UNSEEN}


def with_changes(block: Block, properties: dict[str, Any]) -> Block:
    """Return a block as ``block`` with ``properties``: of the same id, outside the tree.

    Data of later calls is to be preprocessed by this one: it may have other choices or limits.

    Args:
        block: the one that stands on the page.
        properties: what `changes` returned, of one update or merged of several.

    Raises:
        TypeError: it has no such property.
    """
    arguments = {name: value for name, value in block.given_arguments().items() if name not in UNSEEN}
    arguments |= properties
    # A callable value would be called again, and an initial one has no say here.
    arguments.pop("value", None)
    new = type(block)(**arguments, render=False)
    new.id = block.id
    if isinstance(new, Component) and isinstance(block, Component) and "label" not in arguments:
        new.label = block.label
    return new


def outgoing(block: Block, returned: Any) -> Any:
    """Return the wire's form of what a function returned for the output ``block``.

    Args:
        block: the output; a `with_changes` one if earlier updates are to count.
        returned: a value, `skip`, `update`, or a block whose given arguments are the changes.

    Returns:
        The postprocessed value, or for updates the properties with ``"__type__": "update"``, as the
        page needs them (choices as pairs, ``value`` postprocessed).

    Raises:
        ConfigurationError: a value is returned for a layout.
        TypeError: the output has no such property.
    """
    if not isinstance(returned, Block) and not is_update(returned):
        if not isinstance(block, Component):
            raise ConfigurationError(
                f"The output {block!r} shows no value; got {type(returned).__name__}. Return update(...) or "
                f"a {type(block).__name__}."
            )
        return block.postprocess(returned)
    properties = changes(block, returned)
    if not properties:
        return skip()
    new = with_changes(block, properties)
    seen = new.attributes()
    data = {name: seen[name] for name in properties if name in seen and name != "value"}
    data |= new.further([name for name in properties if name not in seen])
    if "value" in properties and isinstance(new, Component):
        data["value"] = new.postprocess(properties["value"])
    return {**data, _MARK: _UPDATE}
