"""An input or output that the page does not show: of an endpoint that ``api`` makes of a function."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any, ClassVar, Self

from adapter import context
from adapter.components.base import Component
from adapter.components.options import RenderOptions
from adapter.type_schema import fits


class Api(Component):
    """A value of a type, without a place on the page.

    Args:
        value: the default.
        schema: of the value on the wire.
        label: what the API's documentation calls it.
    """

    TYPE: ClassVar[str] = "api"
    OPTIONS: ClassVar[type] = RenderOptions
    PRESERVED: ClassVar[str | None] = None

    def __init__(self, value: Any, schema: dict[str, Any], label: str) -> None:
        self.schema = schema
        super().__init__(None)
        self.label = label
        self.value = self.postprocess(value)

    def render(self) -> Self:
        root = context.root.get()
        if root is not None:
            root.know(self)
        return self

    def preprocess(self, data: Any) -> Any:
        if not fits(data, self.schema) and data != self.value:
            raise self.invalid(data, f"data of the schema {self.schema}")
        return data

    def postprocess(self, value: Any) -> Any:
        if isinstance(value, enum.Enum):
            return value.value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.asdict(value)
        return sorted(value) if isinstance(value, set | frozenset) else value

    def api_info(self) -> dict[str, Any]:
        return self.schema

    def example_payload(self) -> Any:
        return "..." if self.value is None else self.value

    def props(self) -> dict[str, Any]:
        return {"_api_info": self.schema, "label": self.label, "name": self.TYPE, "_selectable": False}
