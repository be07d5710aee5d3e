"""Layouts: where components stand; each is opened by ``with``."""

from __future__ import annotations

import warnings
from contextvars import Token
from typing import Any, ClassVar, Literal, Self, Unpack

from adapter import context
from adapter.components.base import Block, note_scale
from adapter.components.events import Event
from adapter.components.options import BlockOptions, KeyOptions, StyleOptions
from adapter.errors import ConfigurationError

Length = int | str
"""Pixels, or a CSS length."""
Variant = Literal["default", "panel", "compact"]


class Layout(Block):
    """A block that holds others: those made while its ``with`` is open."""

    groups = True
    """Whether components inside are put into forms."""

    _token: Token[Block | None]

    def __enter__(self) -> Self:
        if context.root.get() is None:
            raise ConfigurationError(
                f"{type(self).__name__}() is opened outside a Blocks context; open it inside `with gr.Blocks():`"
            )
        self._token = context.container.set(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and self.groups:
            group(self)
        context.container.reset(self._token)


class Row(Layout):
    """Its blocks stand side by side.

    Args:
        variant: "default", "panel" (on grey) or "compact" (no gaps).
        scale: width beside other blocks; whole numbers.
        height: pixels, or a CSS length; more scrolls.
        max_height: as ``height``; it may be less high.
        min_height: as ``height``; it may be higher.
        equal_height: whether all blocks are as high as the highest.
        show_progress: whether it shows that a listener is at work when it is an output.
        options: see `BlockOptions`.
    """

    TYPE: ClassVar[str] = "row"
    PROPS: ClassVar[tuple[str, ...]] = (
        *("variant", "scale", "height", "max_height", "min_height", "equal_height", "show_progress"),
    )

    def __init__(
        self,
        *,
        variant: Variant = "default",
        scale: int | None = None,
        height: Length | None = None,
        max_height: Length | None = None,
        min_height: Length | None = None,
        equal_height: bool = False,
        show_progress: bool = False,
        **options: Unpack[BlockOptions],
    ) -> None:
        self.variant = variant
        self.groups = variant != "compact"
        note_scale(scale)
        self.scale = scale
        self.height = height
        self.max_height = max_height
        self.min_height = min_height
        self.equal_height = equal_height
        self.show_progress = show_progress
        super().__init__(**options)


class Column(Layout):
    """Its blocks stand below each other.

    Args:
        scale: width beside other columns; whole numbers.
        min_width: pixels it has at least; a row breaks rather than give less.
        variant: as `Row`'s.
        show_progress: as `Row`'s.
        options: see `BlockOptions`.
    """

    TYPE: ClassVar[str] = "column"
    PROPS: ClassVar[tuple[str, ...]] = ("scale", "min_width", "variant", "show_progress")

    def __init__(
        self,
        *,
        scale: int = 1,
        min_width: int = 320,  # pixels
        variant: Variant = "default",
        show_progress: bool = False,
        **options: Unpack[BlockOptions],
    ) -> None:
        note_scale(scale)
        self.scale = scale
        self.min_width = min_width
        self.variant = variant
        self.groups = variant != "compact"
        self.show_progress = show_progress
        super().__init__(**options)


class Group(Layout):
    """Its blocks stand in one frame, without gaps."""

    TYPE: ClassVar[str] = "group"


class Accordion(Layout):
    """Its blocks can be folded away under a heading.

    Args:
        label: the heading.
        open: whether it is unfolded at first.
        height: pixels, or a CSS length; more scrolls.
        max_height: as ``height``; it may be less high.
        options: see `BlockOptions`.
    """

    TYPE: ClassVar[str] = "accordion"
    PROPS: ClassVar[tuple[str, ...]] = ("label", "open", "height", "max_height")
    expand = Event()
    collapse = Event()

    def __init__(
        self,
        label: str | None = None,
        *,
        open: bool = True,
        height: Length | None = None,
        max_height: Length | None = None,
        **options: Unpack[BlockOptions],
    ) -> None:
        self.label = label
        self.open = open
        self.height = height
        self.max_height = max_height
        super().__init__(**options)


class Sidebar(Layout):
    """Its blocks stand in a panel at the page's side that can be folded away.

    Args:
        label: the heading.
        open: whether it is unfolded at first.
        width: pixels, or a CSS length.
        position: "left" or "right".
        options: see `BlockOptions`.
    """

    TYPE: ClassVar[str] = "sidebar"
    PROPS: ClassVar[tuple[str, ...]] = ("label", "open", "width", "position")
    expand = Event()
    collapse = Event()

    def __init__(
        self,
        label: str | None = None,
        *,
        open: bool = True,
        width: Length = 320,  # pixels
        position: Literal["left", "right"] = "left",
        **options: Unpack[BlockOptions],
    ) -> None:
        self.label = label
        self.open = open
        self.width = width
        self.position = position
        super().__init__(**options)


class Tabs(Layout):
    """Holds `Tab` blocks, of which one is seen.

    Args:
        selected: the ``id`` of the tab seen at first; ``None`` for the first.
        overflow_behavior: "menu" or "wrap": where tabs go that have no room.
        options: see `BlockOptions`.

    Raises:
        ValueError: ``overflow_behavior`` is neither.
    """

    TYPE: ClassVar[str] = "tabs"
    PROPS: ClassVar[tuple[str, ...]] = ("selected", "overflow_behavior")
    change = Event()
    select = Event()

    def __init__(
        self,
        *,
        selected: int | str | None = None,
        overflow_behavior: Literal["menu", "wrap"] = "menu",
        **options: Unpack[BlockOptions],
    ) -> None:
        if overflow_behavior not in ("menu", "wrap"):
            raise ValueError(f"overflow_behavior is {overflow_behavior!r}; it must be 'menu' or 'wrap'.")
        self.selected = selected
        self.overflow_behavior = overflow_behavior
        super().__init__(**options)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        super().__exit__(kind, *_)
        strangers = [child for child in self.children if not isinstance(child, Tab) and child.BREAKS_GROUP]
        if kind is None and strangers:
            warnings.warn(f"Tabs() holds only Tab() blocks; put {strangers[0]!r} into one.", stacklevel=2)


class Tab(Layout):
    """One of several pages in a `Tabs`, which is made around it where there is none.

    Args:
        label: what stands on the tab.
        visible: whether it is there.
        interactive: whether it can be chosen.
        id: what `Tabs` calls it in ``selected``.
        alignment: "left" or "right": the side of the tabs it stands on.
        scale: as `Column`'s.
        height: pixels, or a CSS length; more scrolls.
        max_height: as ``height``; it may be less high.
        render_children: whether its blocks are drawn before it is first seen.
        options: see `StyleOptions`.

    Raises:
        ValueError: ``alignment`` is neither.
    """

    TYPE: ClassVar[str] = "tabitem"
    NAME: ClassVar[str] = "tab"
    WRAPPER: ClassVar[str] = "tabs"
    PROPS: ClassVar[tuple[str, ...]] = (
        *("label", "interactive", "alignment", "scale", "height", "max_height", "render_children"),
    )
    select = Event()

    def __init__(
        self,
        label: str | None = None,
        visible: bool | Literal["hidden"] = True,
        interactive: bool = True,
        *,
        id: int | str | None = None,
        alignment: Literal["left", "right"] = "left",
        scale: int | None = None,
        height: Length | None = None,
        max_height: Length | None = None,
        render_children: bool = False,
        **options: Unpack[StyleOptions],
    ) -> None:
        if alignment not in ("left", "right"):
            raise ValueError(f"alignment is {alignment!r}; it must be 'left' or 'right'.")
        self.label = label
        self.interactive = interactive
        self.tab_id = id
        self.alignment = alignment
        self.scale = scale
        self.height = height
        self.max_height = max_height
        self.render_children = render_children
        super().__init__(visible=visible, **options)

    def attributes(self) -> dict[str, Any]:
        # Gradio calls it "id", which is the block's number here.
        return super().attributes() | {"id": self.tab_id}


class Form(Layout):
    """Components that follow each other, in one frame; made by itself around them."""

    TYPE: ClassVar[str] = "form"
    OPTIONS: ClassVar[type] = KeyOptions
    PROPS: ClassVar[tuple[str, ...]] = ("scale", "min_width")

    def __init__(self, *, scale: int = 0, min_width: int = 0, **options: Unpack[KeyOptions]) -> None:
        self.scale = scale
        self.min_width = min_width
        super().__init__(**options)

    def make_room(self, child: Any, parent: Any) -> None:
        """Grow as ``child`` asks for, where ``parent`` shares out its width or height."""
        scale = getattr(child, "scale", None)
        if isinstance(parent, Row):
            self.scale += 1 if scale is None else scale
            self.min_width += getattr(child, "min_width", None) or 0
        elif isinstance(parent, Column) and isinstance(parent.parent, Row) and parent.parent.equal_height:
            self.scale += 1 if scale is None else scale
        elif getattr(parent, "fill_height", False):
            self.scale += scale or 0


TabItem = Tab
_WRAPPERS: dict[str, type[Layout]] = {"form": Form, "tabs": Tabs}


def group(parent: Any) -> None:
    """Put neighbours among the children of ``parent`` into the wrapper they want.

    Call it while ``parent`` is the open container, at the end of its ``with``.

    Args:
        parent: a layout or a Blocks.
    """
    children: list[Block] = []
    wrapper: Layout | None = None
    for child in list(parent.children):
        kind = _WRAPPERS.get(child.wrapper())
        if kind is None or isinstance(parent, kind):
            wrapper = None if child.BREAKS_GROUP else wrapper
            children.append(child)
            continue
        if not isinstance(wrapper, kind):
            wrapper = kind(key=_wrapper_key(child))
            children.append(wrapper)
        if isinstance(wrapper, Form):
            wrapper.make_room(child, parent)
        wrapper.children.append(child)
        child.parent = wrapper
    parent.children = children


def _wrapper_key(child: Block) -> tuple[int | str, ...] | None:
    if child.key is None:
        return None
    return (*(child.key if isinstance(child.key, tuple) else (child.key,)), "_parent")
