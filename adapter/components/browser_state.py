"""A value that lives in the visitor's browser."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import fields, is_dataclass
from typing import Any, ClassVar

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import RenderOptions


class BrowserState(Component):
    """A value kept in the browser's local storage: it outlives reloads, sessions and the server's memory.

    It travels with each call that uses it, so it is the visitor's to read and to change: keep no
    secrets in it, and trust nothing of it. It travels as JSON: a function gets a pydantic model or a
    dataclass that it returned as a ``dict``.

    Args:
        default_value: what a browser starts from, and a listener's script is given.
        storage_key: its name in the local storage; its place on the page if left out.
        secret: taken for Gradio's sake. Gradio's page encrypts with it; ours does not, because a
            secret that the page must know keeps nothing from its visitor.
        render: whether it is put into the Blocks that is open.
    """

    TYPE: ClassVar[str] = "browserstate"
    OPTIONS: ClassVar[type] = RenderOptions
    PROPS: ClassVar[tuple[str, ...]] = ("default_value", "storage_key", "secret")
    BREAKS_GROUP: ClassVar[bool] = False
    change = Event()

    def __init__(
        self,
        default_value: Any = None,
        *,
        storage_key: str | None = None,
        secret: str | None = None,
        render: bool = True,
    ) -> None:
        self.default_value = _as_dicts(default_value)
        self.secret = secret or "unset"
        super().__init__(self.default_value, render=render)
        self.storage_key = storage_key or f"browser-state-{self.id}"

    def preprocess(self, data: Any) -> Any:
        """Return the browser's value, or a copy of the default where it has none."""
        return deepcopy(self.default_value) if data is None else data

    def postprocess(self, value: Any) -> Any:
        """Return ``value`` with dicts in place of models and dataclasses, however deep in it."""
        return _as_dicts(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any json-serializable value"}

    def example_payload(self) -> Any:
        return "test"

    def attributes(self) -> dict[str, Any]:
        found = super().attributes()
        del found["value"]  # the page starts from the browser's, or from ``default_value``
        return found


def _as_dicts(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    if callable(dump) and not isinstance(value, type):
        return dump()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _as_dicts(getattr(value, field.name)) for field in fields(value)}
    if type(value) is dict:
        return {name: _as_dicts(item) for name, item in value.items()}
    if type(value) in (list, tuple):
        return [_as_dicts(item) for item in value]
    return value
