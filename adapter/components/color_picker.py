"""A colour to choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import ComponentOptions


class ColorPicker(Component):
    """A colour; the function gets and returns it as CSS writes it, such as ``"#ff8800"``.

    Args:
        value: the colour at first, or a function that gives it whenever the page loads.
        options: see `ComponentOptions`.
    """

    TYPE: ClassVar[str] = "colorpicker"
    change = Event()
    input = Event()
    release = Event()
    submit = Event()
    focus = Event()
    blur = Event()

    def __init__(self, value: str | Callable[..., Any] | None = None, **options: Unpack[ComponentOptions]) -> None:
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> str | None:
        if data is not None and not isinstance(data, str):
            raise self.invalid(data, "a colour as CSS writes it")
        return data

    def postprocess(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "#000000"
