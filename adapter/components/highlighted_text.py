"""Text of which parts are marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.options import EditableOptions
from adapter.components.values import scalar

Span = tuple[str, str | float | None]
"""A part of a text, and its category or its value between -1 and 1; ``None`` where it is not marked."""


class HighlightedText(Component):
    """A text in parts, marked by category or by value.

    The function returns pairs of text and category (or value, or ``None``), or a dict of ``text`` and
    ``entities`` (dicts of ``entity`` or ``entity_group``, ``start`` and ``end``); it gets dicts of
    ``token`` and ``class_or_confidence``.

    Args:
        value: the text at first, or a function that gives it whenever the page loads.
        color_map: a CSS colour for each category.
        show_legend: whether the categories stand above the text.
        show_inline_category: whether each mark names its category.
        combine_adjacent: whether neighbours of one category become one.
        adjacent_separator: what stands between them then.
        show_whitespaces: whether white space around parts is kept.
        rtl: whether the text runs from right to left.
        buttons: Button instances in its corner.
        options: see `EditableOptions`.
    """

    TYPE: ClassVar[str] = "highlightedtext"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("color_map", "show_legend", "show_inline_category", "combine_adjacent", "adjacent_separator"),
        *("show_whitespaces", "rtl", "buttons"),
    )
    change = Event()
    select = Event()

    def __init__(
        self,
        value: Sequence[Span] | dict[str, Any] | Callable[..., Any] | None = None,
        *,
        color_map: dict[str, str] | None = None,
        show_legend: bool = False,
        show_inline_category: bool = True,
        combine_adjacent: bool = False,
        adjacent_separator: str = "",
        show_whitespaces: bool = True,
        rtl: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        self.color_map = color_map
        self.show_legend = show_legend
        self.show_inline_category = show_inline_category
        self.combine_adjacent = combine_adjacent
        self.adjacent_separator = adjacent_separator
        self.show_whitespaces = show_whitespaces
        self.rtl = rtl
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> list[dict[str, Any]] | None:
        """Return the parts as dicts of ``token`` and ``class_or_confidence``."""
        if data is None:
            return None
        if not isinstance(data, list) or not all(map(_is_span, data)):
            raise self.invalid(data, "a list of objects with token and class_or_confidence")
        return [{"token": part["token"], "class_or_confidence": part.get("class_or_confidence")} for part in data]

    def postprocess(self, value: Any) -> list[dict[str, Any]] | None:
        """Return the parts as the page takes them.

        Raises:
            TypeError: it is neither of the two forms.
        """
        if value is None:
            return None
        try:
            spans = _of_entities(value) if isinstance(value, Mapping) else [_span(part) for part in value]
        except (KeyError, TypeError, ValueError) as error:
            raise TypeError(
                f"{self.name()} shows pairs of text and category, or a dict of text and entities; "
                f"got {type(value).__name__} ({error!r})"
            ) from error
        if self.combine_adjacent:
            spans = self._combined(spans)
        return [
            {"token": text if self.show_whitespaces else text.strip(), "class_or_confidence": scalar(mark)}
            for text, mark in spans
        ]

    def api_info(self) -> dict[str, Any]:
        mark = {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}], "default": None}
        token = {
            "properties": {
                "token": {"title": "Token", "type": "string"},
                "class_or_confidence": {**mark, "title": "Class Or Confidence"},
            },
            "required": ["token"],
            "title": "HighlightedToken",
            "type": "object",
        }
        return {
            "$defs": {"HighlightedToken": token},
            "items": {"$ref": "#/$defs/HighlightedToken"},
            "title": "HighlightedTextData",
            "type": "array",
            "additional_description": None,
        }

    def example_payload(self) -> Any:
        return [
            {"token": "The", "class_or_confidence": None},
            {"token": "quick", "class_or_confidence": "adj"},
        ]

    def _combined(self, spans: list[Span]) -> list[Span]:
        found: list[Span] = []
        for text, mark in spans:
            if text and found and found[-1][1] == mark:
                found[-1] = (found[-1][0] + self.adjacent_separator + text, mark)
            elif text:
                found.append((text, mark))
        return found


def _span(part: Any) -> Span:
    if isinstance(part, Mapping):  # as the function gets them
        return str(part["token"]), part.get("class_or_confidence")
    text, mark = part
    return str(text), mark


def _of_entities(value: Mapping[str, Any]) -> list[Span]:
    text, entities = value["text"], value["entities"]
    found: list[Span] = []
    end = 0
    for entity in sorted(entities, key=lambda entity: entity["start"]):
        found.append((text[end : entity["start"]], None))
        found.append((text[entity["start"] : entity["end"]], entity.get("entity") or entity.get("entity_group")))
        end = entity["end"]
    return [*found, (text[end:], None)]


def _is_span(part: Any) -> bool:
    if not isinstance(part, dict) or not isinstance(part.get("token"), str):
        return False
    return isinstance(part.get("class_or_confidence"), str | int | float | None)
