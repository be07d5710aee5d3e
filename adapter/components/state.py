"""The session's hidden value."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from adapter.components.base import BlockOptions, Component
from adapter.errors import CannotStore
from adapter.state.codec import encode
from adapter.state.session import StateVariable


class State(Component):
    """A value that each session has for itself, kept between its calls.

    Args:
        value: what a new session starts from: copied deeply, or a callable that is called once
            per session.
        key: names the value in the store, so that it survives a change of the page's layout;
            without one, a State is known by its place among the page's States.
        time_to_live: seconds after which the value starts anew.
        delete_callback: called with the value when it is dropped.

    Raises:
        CannotStore: ``value`` has no stored form.
    """

    TYPE: ClassVar[str] = "state"
    EVENTS: ClassVar[tuple[str, ...]] = ("change",)
    skip_api: ClassVar[bool] = True

    def __init__(self, value: Any = None, **options: Unpack[BlockOptions]) -> None:
        if not callable(value):
            encode(value, name=str(options.get("key") or "value"))
        super().__init__(None, **options)
        self.default = value
        self.variable = StateVariable(name=str(self.key) if self.key is not None else f"state-{self.id}", default=value)

    def place(self, position: int) -> None:
        """Name the value by its place among the page's States, unless it has a key."""
        if self.key is None:
            self.variable = StateVariable(name=f"state-{position}", default=self.default)

    def preprocess(self, data: Any) -> Any:
        return data

    def postprocess(self, value: Any) -> None:
        return None

    def props(self) -> dict[str, Any]:
        return {"name": self.TYPE, "_selectable": False}


__all__ = ["CannotStore", "State"]
