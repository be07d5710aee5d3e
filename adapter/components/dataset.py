"""A table or gallery of samples to pick from: the examples of an Interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Unpack

from adapter.compat.warnings import warn
from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.options import FrameOptions
from adapter.components.shortcuts import component
from adapter.errors import Error


class Dataset(Component):
    """Samples, one row each; picking one gives its index, its values or both to the function.

    Args:
        components: what each column shows: components or their names.
        component_props: what the columns are drawn with; ``None`` takes the components' own.
        samples: the rows: a value per component.
        headers: above the columns; ``None`` takes the components' labels.
        type: "values" (the row), "index" or "tuple" (index and row): what the function gets.
        layout: "gallery" or "table"; ``None`` for a gallery of one column, else a table.
        samples_per_page: rows shown at once.
        sample_labels: what is shown for each sample in place of its values.
        options: see `FrameOptions`.
    """

    TYPE: ClassVar[str] = "dataset"
    OPTIONS: ClassVar[type] = FrameOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("component_props", "samples", "headers", "type", "layout", "samples_per_page", "sample_labels"),
    )
    change = Event()
    click = Event()
    select = Event()

    def __init__(
        self,
        *,
        components: Sequence[Component | str] | None = None,
        component_props: list[dict[str, Any]] | None = None,
        samples: list[list[Any]] | None = None,
        headers: list[str] | None = None,
        type: Literal["values", "index", "tuple"] = "values",
        layout: Literal["gallery", "table"] | None = None,
        samples_per_page: int = 10,
        sample_labels: list[str] | None = None,
        **options: Unpack[FrameOptions],
    ) -> None:
        self.components = [component(item) for item in components or ()]
        self.component_props = component_props
        if component_props is None:
            self.component_props = [_look(item) for item in self.components]
        self.raw_samples: list[list[Any]] = [[]] if samples is None else samples
        self.samples = [
            [_cell(item, value) for item, value in zip(self.components, row, strict=False)] for row in self.raw_samples
        ]
        labels = [item.label for item in self.components]
        self.headers = headers if headers is not None else [label or "" for label in labels] if any(labels) else []
        self.type = type
        self.layout = layout
        self.samples_per_page = samples_per_page
        self.sample_labels = sample_labels
        super().__init__(**options)

    def preprocess(self, data: Any) -> Any:
        """Return what ``type`` says of the sample at index ``data``."""
        if data is None:
            return None
        if isinstance(data, bool) or not isinstance(data, int) or not 0 <= data < len(self.raw_samples):
            raise self.invalid(data, f"the index of a sample, 0 to {len(self.raw_samples) - 1},")
        row = self.raw_samples[data]
        return data if self.type == "index" else row if self.type == "values" else (data, row)

    def postprocess(self, value: Any) -> int | None:
        """Return the index of a sample given by index or by its values; ``None`` where there is none such.

        Raises:
            TypeError: it is neither.
        """
        if value is None or isinstance(value, int):
            return value
        if not isinstance(value, list):
            raise TypeError(f"{self.name()} takes the index of a sample or its values; got {type(value).__name__}")
        return self.samples.index(value) if value in self.samples else None

    def api_info(self) -> dict[str, Any]:
        return {"type": "integer", "description": "index of selected example"}

    def example_payload(self) -> Any:
        return 0

    def attributes(self) -> dict[str, Any]:
        found = super().attributes()
        del found["value"]
        return found | {
            "components": [{"name": item.TYPE, "class_id": item.class_id()} for item in self.components],
            "component_ids": [item.id for item in self.components],
        }


def _cell(column: Component, value: Any) -> Any:
    """Return what the table shows for ``value``; one that the column cannot show is warned of and shown as a text."""
    try:
        return column.shown_at_first(value, column.process_example)
    except (TypeError, ValueError, Error) as error:
        warn(f"The sample {str(value)[:80]!r} is none for {column.name()}: {error}")
        return str(value)


def _look(item: Component) -> dict[str, Any]:
    return {name: value for name, value in item.attributes().items() if name != "value"}
