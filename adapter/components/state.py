"""The session's hidden value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import BlockOptions
from adapter.state.codec import encode
from adapter.state.copies import private_copy
from adapter.state.proxy import first_value
from adapter.state.session import StateVariable


class State(Component):
    """A value that each session has for itself, kept between its calls.

    Args:
        value: what a new session starts from: copied deeply, or a callable that is called once
            per session.
        key: names the value in the store, so that it survives a change of the page's layout;
            without one, a State is known by its place among the page's States.
        time_to_live: seconds after its last change at which the value starts anew; ``None`` for as
            long as the session lasts.
        delete_callback: called with the value when its time is up or its session is reset: by the
            next call that would have used it, or by what deletes it.

    Attributes:
        observed: whether something listens to its changes.

    Raises:
        CannotStore: ``value`` has no stored form.
    """

    TYPE: ClassVar[str] = "state"
    BREAKS_GROUP: ClassVar[bool] = False
    skip_api: ClassVar[bool] = True
    change = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        time_to_live: float | None = None,
        delete_callback: Callable[[Any], Any] | None = None,
        **options: Unpack[BlockOptions],
    ) -> None:
        value = first_value(value)
        if not callable(value):
            encode(value, name=str(options.get("key") or "value"))
            value = private_copy(value)  # what the script does to its object later changes no session's first value
        self.variable = StateVariable("", None, time_to_live, delete_callback)
        self.observed = False
        super().__init__(None, **options)  # within a Blocks, this calls `place`
        self.value = value
        if self.key is not None:
            self.call_it(str(self.key))
        elif not self.variable.name:
            self.call_it(f"state-{self.id}")

    @property
    def value(self) -> Any:
        """What a new session starts from, as it was given; a script may take it for another component, or set it."""
        return self.variable.default

    @value.setter
    def value(self, value: Any) -> None:
        self.variable = replace(self.variable, default=value)

    def note_listener(self, event: str) -> None:
        self.observed = self.observed or event == "change"
        super().note_listener(event)

    def place(self, position: int) -> None:
        """Name the value by its place among the page's States, unless it has a key."""
        if self.key is None:
            self.call_it(f"state-{position}")

    def call_it(self, name: str) -> None:
        """Name the value in the store."""
        self.variable = replace(self.variable, name=name)

    def preprocess(self, data: Any) -> Any:
        return data

    def postprocess(self, value: Any) -> None:
        return None

    def props(self) -> dict[str, Any]:
        return {"name": self.TYPE, "_selectable": False}
