"""The arguments that components share, under Gradio's names; a component's ``OPTIONS`` names its set."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

Key = int | str | tuple[int | str, ...]
Visible = bool | Literal["hidden"]

UNSEEN = frozenset({"render", "every", "inputs"})
"""Arguments that are about the listeners and the tree; the page never sees them."""


class RenderOptions(TypedDict, total=False):
    """What a component without a look takes: whether it stands in the tree at once."""

    render: bool


class KeyOptions(RenderOptions, total=False):
    """What a block takes that comes into being by itself, around others."""

    key: Key | None
    preserved_by_key: list[str] | str | None


class StyleOptions(KeyOptions, total=False):
    """What any block takes to be found by CSS."""

    elem_id: str | None
    elem_classes: list[str] | str | None


class BlockOptions(StyleOptions, total=False):
    """What any layout takes."""

    visible: Visible


class SizeOptions(BlockOptions, total=False):
    """What any component with a place in a row takes."""

    scale: int | None
    min_width: int | None


class FrameOptions(SizeOptions, total=False):
    """What a component with a frame and a heading takes."""

    label: str | None
    show_label: bool | None
    container: bool


class DisplayOptions(FrameOptions, total=False):
    """What a component takes that shows values; ``every`` and ``inputs`` say when a callable value is asked again."""

    every: Any
    inputs: Any


class TableOptions(SizeOptions, total=False):
    """What a table takes: it always has its frame."""

    label: str | None
    show_label: bool | None
    every: Any
    inputs: Any
    interactive: bool | None


class EditableOptions(DisplayOptions, total=False):
    """What a component takes that a visitor can change."""

    interactive: bool | None


class ComponentOptions(EditableOptions, total=False):
    """What a form's component takes: all of it."""

    info: str | None


class ButtonOptions(SizeOptions, total=False):
    """What a button takes; its value is its label."""

    every: Any
    inputs: Any
    interactive: bool
