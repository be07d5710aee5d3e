"""Data shown as it is: JSON, and labels with their confidences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.options import DisplayOptions
from adapter.components.values import jsonable, number, parse_json, scalar
from adapter.errors import InvalidInput

_NAME_SCHEMA = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "null"}],
    "default": None,
}


class JSON(Component):
    """Any JSON, as a tree; the function gets and returns dicts, lists and what they hold.

    Args:
        value: what stands there at first (a ``str`` is parsed), or a function that gives it.
        open: whether the tree is unfolded.
        show_indices: whether items of lists carry their numbers.
        height: pixels, or a CSS length; more scrolls.
        max_height: as ``height``; it may be less high.
        min_height: as ``height``; it may be higher.
        buttons: "copy", or Button instances; ``None`` for "copy".
        options: see `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "json"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = ("open", "show_indices", "height", "max_height", "min_height", "buttons")
    change = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        open: bool = False,
        show_indices: bool = False,
        height: int | str | None = None,
        max_height: int | str | None = 500,  # pixels
        min_height: int | str | None = None,
        buttons: list[Any] | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.open = open
        self.show_indices = show_indices
        self.height = height
        self.max_height = max_height
        self.min_height = min_height
        self.buttons = toolbar(buttons, ["copy"])
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> Any:
        """Return ``data``; a text stays one, also one that is not JSON, as in Gradio."""
        return data

    def postprocess(self, value: Any) -> Any:
        """Return ``value`` as JSON has it, see `jsonable`; a ``str`` is parsed.

        Raises:
            InvalidInput: a ``str`` that is not JSON: most often it is what the visitor sent.
        """
        if not isinstance(value, str):
            return jsonable(value)
        try:
            return parse_json(value)
        except ValueError as error:
            raise InvalidInput(f"Invalid JSON string: {error}") from error

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any valid json"}

    def example_payload(self) -> Any:
        return {"foo": "bar"}


class Label(Component):
    """A class, alone or on top of others with their confidences as bars.

    The function returns a text, a number, or a dict of class and confidence; it gets the same.

    Args:
        value: what stands there at first, or a function that gives it.
        num_top_classes: how many classes are shown; ``None`` for all.
        color: of the background, as CSS names it.
        show_heading: whether the likeliest class stands above the bars.
        buttons: Button instances in its corner.
        options: see `DisplayOptions`.
    """

    TYPE: ClassVar[str] = "label"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = ("num_top_classes", "color", "show_heading", "buttons")
    change = Event()
    select = Event()

    def __init__(
        self,
        value: dict[str, float] | str | float | Callable[..., Any] | None = None,
        *,
        num_top_classes: int | None = None,
        color: str | None = None,
        show_heading: bool = True,
        buttons: list[Any] | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.num_top_classes = num_top_classes
        self.color = color
        self.show_heading = show_heading
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> Any:
        """Return the class, or where there are confidences, a dict of class and confidence."""
        if data is None:
            return None
        rows = data.get("confidences") if isinstance(data, dict) else None
        if not _is_row(data) or not isinstance(rows, list | None) or not all(map(_is_row, rows or ())):
            raise self.invalid(data, "an object with a label, and perhaps confidences (a list of such objects)")
        return data.get("label") if rows is None else {row.get("label"): _float(row.get("confidence")) for row in rows}

    def postprocess(self, value: Any) -> dict[str, Any]:
        """Return label and confidences, the likeliest first; ``{}`` for nothing.

        Raises:
            TypeError: it is no text, number or dict of numbers.
        """
        value = scalar(value)
        if value is None or value == {}:
            return {}
        if isinstance(value, str | int | float):
            return {"label": str(value), "confidences": None}
        if not isinstance(value, Mapping):
            raise TypeError(
                f"{self.name()} shows a text, a number or a dict of class and confidence; got {type(value).__name__}"
            )
        if isinstance(value.get("confidences"), list):  # the wire's own form, passed on
            value = {item["label"]: item["confidence"] for item in value["confidences"]}
        found = [(scalar(name), self._confidence(name, confidence)) for name, confidence in value.items()]
        found = sorted(found, key=lambda pair: pair[1], reverse=True)[: self.num_top_classes]
        rows = [{"label": name, "confidence": confidence} for name, confidence in found]
        return {"label": rows[0]["label"] if rows else None, "confidences": rows}

    def api_info(self) -> dict[str, Any]:
        confidence = {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None, "title": "Confidence"}
        rows = {"items": {"$ref": "#/$defs/LabelConfidence"}, "type": "array"}
        return {
            "$defs": {
                "LabelConfidence": {
                    "properties": {"label": {**_NAME_SCHEMA, "title": "Label"}, "confidence": confidence},
                    "title": "LabelConfidence",
                    "type": "object",
                }
            },
            "properties": {
                "label": {**_NAME_SCHEMA, "title": "Label"},
                "confidences": {"anyOf": [rows, {"type": "null"}], "default": None, "title": "Confidences"},
            },
            "title": "LabelData",
            "type": "object",
            "additional_description": None,
        }

    def example_payload(self) -> Any:
        rows = [{"label": "cat", "confidence": 0.9}, {"label": "dog", "confidence": 0.1}]
        return {"label": "Cat", "confidences": rows}

    def _confidence(self, name: Any, confidence: Any) -> float:
        try:
            found = number(confidence)
        except TypeError as error:
            raise TypeError(f"The confidence of {name!r} in {self.name()} must be a number; {error}") from None
        if found is None:
            raise TypeError(f"The confidence of {name!r} in {self.name()} is {confidence!r}; it must be finite.")
        return float(found)


def _is_row(item: Any) -> bool:
    if not isinstance(item, dict):
        return False
    return isinstance(item.get("label"), str | int | float | None) and isinstance(
        item.get("confidence"), int | float | None
    )


def _float(confidence: Any) -> Any:
    return float(confidence) if isinstance(confidence, int) else confidence
