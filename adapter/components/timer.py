"""A clock that calls functions."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import RenderOptions
from adapter.components.values import number


class Timer(Component):
    """Ticks on the page at regular intervals; not seen.

    Args:
        value: seconds between two ticks.
        active: whether it runs.
        options: see `RenderOptions`.
    """

    TYPE: ClassVar[str] = "timer"
    OPTIONS: ClassVar[type] = RenderOptions
    PROPS: ClassVar[tuple[str, ...]] = ("active",)
    BREAKS_GROUP: ClassVar[bool] = False
    change = Event()
    tick = Event()

    def __init__(self, value: float = 1, *, active: bool = True, **options: Unpack[RenderOptions]) -> None:
        self.active = active
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> float | None:
        if data is not None and (isinstance(data, bool) or not isinstance(data, int | float)):
            raise self.invalid(data, "a number of seconds")
        return data

    def postprocess(self, value: Any) -> float | None:
        return None if value is None else number(value)

    def api_info(self) -> dict[str, Any]:
        return {"type": "number"}

    def example_payload(self) -> Any:
        return 1
