"""A value that lives in the visitor's browser."""

from __future__ import annotations

from typing import Any, ClassVar

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import RenderOptions


class BrowserState(Component):
    """A value kept in the browser's local storage: it outlives reloads, sessions and the server's memory.

    It travels with each call that uses it, so it is the visitor's to read and to change: keep no
    secrets in it, and trust nothing of it.

    Args:
        default_value: what a browser starts from.
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
        self.default_value = default_value
        self.secret = secret or "unset"
        super().__init__(default_value, render=render)
        self.storage_key = storage_key or f"browser-state-{self.id}"

    def preprocess(self, data: Any) -> Any:
        """Return the browser's value, or the default where it has none."""
        return self.default_value if data is None else data

    def postprocess(self, value: Any) -> Any:
        return value

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any json-serializable value"}

    def example_payload(self) -> Any:
        return "test"

    def attributes(self) -> dict[str, Any]:
        found = super().attributes()
        del found["value"]  # the page starts from the browser's, or from ``default_value``
        return found
