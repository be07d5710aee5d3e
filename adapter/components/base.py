"""What every block and every component of a page is."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal, TypedDict, Unpack

from adapter import context
from adapter.errors import ConfigurationError

Key = int | str | tuple[int | str, ...]
Choice = str | int | float | tuple[str, str | int | float]
"""An option of a list: its value, or its visible name and its value."""


class BlockOptions(TypedDict, total=False):
    """What any block's constructor takes, under Gradio's names."""

    visible: bool | Literal["hidden"]
    elem_id: str | None
    elem_classes: list[str] | str | None
    render: bool
    key: Key | None
    preserved_by_key: list[str] | str | None


class ComponentOptions(BlockOptions, total=False):
    """What any component's constructor takes besides its own arguments, under Gradio's names."""

    label: str | None
    info: str | None
    show_label: bool | None
    container: bool
    scale: int | None
    min_width: int | None
    interactive: bool | None
    every: Any
    inputs: Any


class Block:
    """A node of the page: a component or a layout.

    Attributes:
        TYPE: its name in the config.
        EVENTS: the listeners it has; each becomes a method.
        PROPS: the attributes that stand in its config.
    """

    TYPE: ClassVar[str] = ""
    EVENTS: ClassVar[tuple[str, ...]] = ()
    PROPS: ClassVar[tuple[str, ...]] = ()
    skip_api: ClassVar[bool] = True

    _given: tuple[tuple[Any, ...], dict[str, Any]]

    def __new__(cls, *args: Any, **kwargs: Any) -> Block:
        block = super().__new__(cls)
        block._given = (args, kwargs)
        return block

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for event in cls.__dict__.get("EVENTS", ()):
            setattr(cls, event, _listener(event))

    def __init__(self, **options: Unpack[BlockOptions]) -> None:
        self.id = next(context.ids)
        self.visible = options.get("visible", True)
        self.elem_id = options.get("elem_id")
        classes = options.get("elem_classes")
        self.elem_classes = [classes] if isinstance(classes, str) else list(classes or [])
        self.key = options.get("key")
        preserved = options.get("preserved_by_key")
        self.preserved_by_key = [preserved] if isinstance(preserved, str) else list(preserved or [])
        self.parent: Block | None = None
        self.children: list[Block] = []
        if options.get("render", True):
            self.render()

    def render(self) -> Block:
        """Put the block into the Blocks that is open, if one is; return the block."""
        root = context.root.get()
        if root is not None:
            root.adopt(self)
        return self

    def given(self) -> dict[str, Any]:
        """Return the constructor's arguments that were given, by name: what an update by instance changes."""
        args, kwargs = self._given
        return dict(inspect.signature(type(self)).bind_partial(*args, **kwargs).arguments) | {
            name: value for name, value in kwargs.items()
        }

    def props(self) -> dict[str, Any]:
        """Return what the page needs to draw the block; ``None`` values are left out."""
        names = ("visible", "elem_id", "elem_classes", "key", "preserved_by_key", *self.PROPS)
        found = {name: getattr(self, name) for name in names}
        return {name: value for name, value in found.items() if value is not None} | {"name": self.TYPE}

    def config(self) -> dict[str, Any]:
        """Return the block's entry among the ``components`` of ``/config``."""
        return {
            "id": self.id,
            "type": self.TYPE,
            "props": self.props(),
            "skip_api": self.skip_api,
            "component_class_id": hashlib.sha256(self.TYPE.encode()).hexdigest(),
            "key": self.key,
        }


class Component(Block):
    """A block that shows or takes a value.

    A component says, in this order of a call: what it takes from the wire (`api_info`), how that
    becomes the function's argument (`preprocess`), and how a returned value goes to the wire
    (`postprocess`).
    """

    skip_api: ClassVar[bool] = False
    PROPS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, value: Any = None, **options: Unpack[ComponentOptions]) -> None:
        self.label = options.get("label")
        self.info = options.get("info")
        self.container = options.get("container", True)
        show_label = options.get("show_label")
        self.show_label = self.container if show_label is None else show_label and self.container
        self.scale = options.get("scale")
        self.min_width = options.get("min_width", self.MIN_WIDTH)
        self.interactive = options.get("interactive")
        self.every = options.get("every")
        self.load_inputs = options.get("inputs")
        self.load_fn: Callable[..., Any] | None = value if callable(value) else None
        if self.load_fn is not None:
            value = None if self.load_inputs else self.load_fn()
        self.value = self.postprocess(value)
        options.setdefault("preserved_by_key", "value")
        super().__init__(
            **{name: options[name] for name in BlockOptions.__annotations__ if name in options}  # type: ignore[typeddict-item]
        )

    MIN_WIDTH: ClassVar[int | None] = 160
    """Pixels a component asks for in a row where it is not told; as Gradio has it."""

    def preprocess(self, data: Any) -> Any:
        """Return the function's argument for ``data`` off the wire.

        Raises:
            InvalidInput: ``data`` is not what this component takes; `invalid` words it.
        """
        raise NotImplementedError

    def postprocess(self, value: Any) -> Any:
        """Return the wire's form of ``value`` that the function returned (also of the initial value)."""
        raise NotImplementedError

    def api_info(self) -> dict[str, Any]:
        """Return the JSON schema of the component's data on the wire."""
        raise NotImplementedError

    def example_payload(self) -> Any:
        """Return data that `preprocess` takes; shown in the API's documentation."""
        raise NotImplementedError

    def props(self) -> dict[str, Any]:
        names = ("value", "label", "info", "show_label", "container", "scale", "min_width", "interactive")
        found = {name: getattr(self, name) for name in names}
        return {name: value for name, value in found.items() if value is not None} | super().props()

    def config(self) -> dict[str, Any]:
        entry = super().config()
        if not self.skip_api:
            schema = self.api_info()
            entry |= {
                "api_info": schema,
                "api_info_as_input": schema,
                "api_info_as_output": schema,
                "example_inputs": self.example_payload(),
            }
        return entry

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id} {self.label!r}>"


def _listener(event: str) -> Callable[..., Any]:
    def listen(
        self: Block, fn: Any = None, inputs: Any = None, outputs: Any = None, api_name: Any = None, **options: Any
    ) -> Any:
        root = context.root.get()
        if root is None:
            raise ConfigurationError(
                f"{type(self).__name__}.{event}() is called outside a Blocks context; call it inside `with gr.Blocks():`"
            )
        return root.listen([(self, event)], fn, inputs, outputs, api_name=api_name, **options)

    listen.__name__ = event
    listen.__doc__ = f"Call ``fn`` on {event}; arguments as those of ``Blocks.listen``."
    return listen


def choice_pairs(choices: Sequence[Choice] | None) -> list[tuple[str, Any]]:
    """Return ``choices`` as pairs of visible name and value."""
    return [(c[0], c[1]) if isinstance(c, tuple | list) else (str(c), c) for c in choices or ()]
