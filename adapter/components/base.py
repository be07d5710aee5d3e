"""What every block and every component of a page is."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from pathlib import Path
from reprlib import Repr
from typing import Any, ClassVar, Self, Unpack

from adapter import context
from adapter.compat.earlier_arguments import EARLIER, modern, takes_earlier
from adapter.compat.warnings import warn
from adapter.components.events import Event
from adapter.components.options import UNSEEN, BlockOptions, ComponentOptions
from adapter.components.page_assets import own_modules
from adapter.errors import InvalidInput
from adapter.files.published import MissingFile
from adapter.state.proxy import first_value

_brief = Repr()
_brief.maxstring = _brief.maxother = 80


class Block:
    """A node of the page: a component or a layout.

    Attributes:
        TYPE: its name in the config.
        NAME: its class's name in the config's props; `TYPE` where it is empty.
        OPTIONS: the shared arguments its constructor takes.
        PROPS: its own arguments that stand in its config.
        EVENTS: the names of its listeners, each a method; see `Event`.
        WRAPPER: the type of the layout that is put around it where it does not stand in one; "" for none.
        PRESERVED: what keeps the visitor's change when a block of the same key is made anew.
        MODULE: the file of the ES module that draws it, for a component that is not the adapter's own.
        BREAKS_GROUP: whether blocks before and after it go into different wrappers.
    """

    TYPE: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    OPTIONS: ClassVar[type] = BlockOptions
    PROPS: ClassVar[tuple[str, ...]] = ()
    EVENTS: ClassVar[tuple[str, ...]] = ()
    WRAPPER: ClassVar[str] = ""
    BREAKS_GROUP: ClassVar[bool] = True
    PRESERVED: ClassVar[str | None] = None
    MODULE: ClassVar[str | Path | None] = None
    skip_api: ClassVar[bool] = True

    _module: ClassVar[str | None] = None
    _given: tuple[tuple[Any, ...], dict[str, Any]]

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        block = super().__new__(cls)
        block._given = (args, kwargs)
        return block

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        found = {name for base in cls.__mro__ for name, value in vars(base).items() if isinstance(value, Event)}
        cls.EVENTS = tuple(sorted(found))
        if "TYPE" in vars(cls) and cls.TYPE in EARLIER:
            cls.__init__ = takes_earlier(cls.TYPE)(cls.__init__)  # type: ignore[method-assign]
        place = vars(cls).get("MODULE")
        if place is not None:
            cls._module = own_modules.add(cls.TYPE, Path(place))

    def __init__(self, **options: Unpack[BlockOptions]) -> None:
        refuse_unknown(type(self), options)
        self.id = next(context.ids)
        self.visible = options.get("visible", True)
        self.elem_id = options.get("elem_id")
        classes = options.get("elem_classes")
        self.elem_classes = [classes] if isinstance(classes, str) else list(classes or [])
        self.key = options.get("key")
        preserved = options.get("preserved_by_key", self.PRESERVED)
        self.preserved_by_key = [preserved] if isinstance(preserved, str) else list(preserved or [])
        self.selectable = False
        self.parent: Block | None = None
        self.children: list[Block] = []
        if options.get("render", True):
            self.render()

    @property
    def _id(self) -> int:
        """The number, as Gradio calls it; some scripts know their blocks by it."""
        return self.id

    def render(self) -> Self:
        """Put the block into the Blocks that is open, if one is; return the block."""
        root = context.root.get()
        if root is not None:
            root.adopt(self)
        return self

    def unrender(self) -> Self:
        """Take the block out of the Blocks that is open, if it stands there; return the block."""
        root = context.root.get()
        if root is not None:
            root.release(self)
        return self

    def style(self, **options: Any) -> Self:
        """Take the look that Gradio 3 was told by a method, and today by the constructor; return the block."""
        for name, value in modern(self.TYPE, options).items():
            if name in self.attributes():
                setattr(self, name, value)
            else:
                warn(f"style({name}=…) has no effect: {type(self).__name__} has no such argument.")
        return self

    def note_listener(self, event: str) -> None:
        """Note that ``event`` has a listener: the page offers some actions only then."""
        self.selectable = self.selectable or event == "select"

    def wrapper(self) -> str:
        """Return the type of the layout this block wants around it; "" for none."""
        return self.WRAPPER

    def given_arguments(self) -> dict[str, Any]:
        """Return the constructor's arguments that were given, by name: what an update by instance changes."""
        args, kwargs = self._given
        names = list(inspect.signature(type(self).__init__).parameters)[1:]
        return dict(zip(names, args, strict=False)) | modern(self.TYPE, kwargs)

    def attributes(self) -> dict[str, Any]:
        """Return what the block was built with, as the page sees it, ``None`` included."""
        names = [name for name in self.OPTIONS.__annotations__ if name not in UNSEEN]
        return {name: to_page_prop(getattr(self, name)) for name in (*names, *self.PROPS)}

    def further(self, names: Sequence[str]) -> dict[str, Any]:
        """Return how an update tells of properties ``names`` that are none of `attributes`: not at all."""
        return {}

    def props(self) -> dict[str, Any]:
        """Return what the page needs to draw the block; ``None`` values are left out."""
        found = {name: value for name, value in self.attributes().items() if value is not None}
        return found | {"name": self.NAME or self.TYPE} | ({"_selectable": True} if self.selectable else {})

    def config(self) -> dict[str, Any]:
        """Return the block's entry among the ``components`` of ``/config``."""
        return {
            "id": self.id,
            "type": self.TYPE,
            "props": self.props(),
            "skip_api": self.skip_api,
            "component_class_id": self.class_id(),
            "key": self.key,
            **({"module": self._module} if self._module is not None else {}),
        }

    @classmethod
    def class_id(cls) -> str:
        """Return the id of this kind of block: the same in every process."""
        return hashlib.sha256(cls.TYPE.encode()).hexdigest()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


class Component(Block):
    """A block that shows or takes a value.

    A component says, in this order of a call: what it takes from the wire (`api_info`), how that
    becomes the function's argument (`preprocess`), and how a returned value goes to the wire
    (`postprocess`).

    Attributes:
        MIN_WIDTH: pixels a component asks for in a row where it is not told; as Gradio has it.
        CHECKED_BY: its properties that `preprocess` goes by; a session in which a function changed one is
            checked by the new one from then on.
        CONTAINER: whether it has a frame where it is not told.
        may_change: whether a function of the page may change its properties.
        is_asked: whether its value is a function's, which is asked anew whenever the page is opened.
    """

    OPTIONS: ClassVar[type] = ComponentOptions
    MIN_WIDTH: ClassVar[int | None] = 160
    CHECKED_BY: ClassVar[tuple[str, ...]] = ()
    CONTAINER: ClassVar[bool] = True
    PRESERVED: ClassVar[str | None] = "value"
    skip_api: ClassVar[bool] = False

    def __init__(self, value: Any = None, **options: Unpack[ComponentOptions]) -> None:
        refuse_unknown(type(self), options)
        self.may_change = False
        self.label = options.get("label")
        self.info = options.get("info")
        self.container = options.get("container", self.CONTAINER)
        show_label = options.get("show_label")
        if show_label and options.get("container") is False:
            warn("show_label=True has no effect on a component without its frame (container=False).")
        note_scale(options.get("scale"))
        self.show_label = self.container and show_label is not False
        self.scale = options.get("scale")
        self.min_width = options.get("min_width", self.MIN_WIDTH)
        self.interactive = options.get("interactive")
        self.every = options.get("every")
        self.load_inputs = options.get("inputs")
        self.load_fn: Callable[..., Any] | None = value if callable(value) else None
        self.is_asked = self.load_fn is not None
        if self.load_fn is not None:
            value = None if self.load_inputs else self.load_fn()
        self.value = self.shown_at_first(value, self.postprocess)
        super().__init__(
            **{name: options[name] for name in BlockOptions.__annotations__ if name in options}  # type: ignore[literal-required]
        )

    def for_function(self, fn: Callable[..., Any], parameter: str | None) -> Component:
        """Return what preprocesses data for ``parameter`` of ``fn``: itself, where all functions get the same."""
        return self

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

    def shown_at_first(self, value: Any, shown: Callable[[Any], Any]) -> Any:
        """Return what ``shown`` makes of ``value``, or of nothing where that needs a file that is not there."""
        value = first_value(value)
        try:
            return shown(value)
        except MissingFile:  # which has been warned of
            return shown(None)
        except FileNotFoundError as error:
            warn(f"{self.name()} is empty at first: {error}")
            return shown(None)

    def process_example(self, value: Any) -> Any:
        """Return what a table of examples shows for ``value``."""
        return self.postprocess(value)

    @classmethod
    def kind(cls) -> str:
        """Return what the API's description calls this kind of component, in small letters.

        As in Gradio, an app's own class goes by its name, and one below a variant of a component, such as
        ``TextArea``, by the variant's.
        """
        blocks = [base for base in cls.__mro__ if issubclass(base, Block)]
        ours = next(base for base in blocks if base.__module__.partition(".")[0] == "adapter")
        if cls is ours:
            return cls.NAME or cls.TYPE
        is_variant = bool(ours.TYPE) and "TYPE" not in vars(ours)
        return (ours if is_variant else cls).__name__.lower()

    def name(self) -> str:
        """Return how messages call this component: by its label, else by its kind."""
        return f"'{self.label}'" if self.label else f"the {type(self).__name__}"

    def invalid(self, data: Any, wanted: str) -> InvalidInput:
        """Return the error for ``data`` that this component does not take; ``wanted`` says what it does."""
        return InvalidInput(
            f"The input of {self.name()} is {_brief.repr(data)} ({type(data).__name__}); {wanted} is wanted."
        )

    def attributes(self) -> dict[str, Any]:
        return {"value": self.value} | super().attributes()

    def props(self) -> dict[str, Any]:
        return super().props() | {"_selectable": self.selectable}

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


class FormComponent(Component):
    """A component that stands in a form with its neighbours, unless it has no frame."""

    WRAPPER: ClassVar[str] = "form"

    def wrapper(self) -> str:
        return self.WRAPPER if self.container else ""


def note_scale(scale: float | None) -> None:
    """Warn of a ``scale`` that is no whole number."""
    if scale is not None and scale != round(scale):
        warn(f"scale={scale!r} is no whole number; places beside it may get other widths than expected.")


def toolbar(buttons: Sequence[Any] | None, default: Sequence[str] = ()) -> list[Any]:
    """Return the buttons in a component's corner; those that are blocks leave their place on the page.

    Args:
        buttons: names of built-in buttons or Button instances; ``None`` for ``default``.
        default: names that stand there where nothing is said.
    """
    chosen = list(default if buttons is None else buttons)
    return [button.unrender() if isinstance(button, Block) else button for button in chosen]


def to_page_prop(value: Any) -> Any:
    """Return an argument as the page sees it: blocks by their props and id, dataclasses as dicts."""
    if isinstance(value, Block):
        return value.props() | {"id": value.id}
    if isinstance(value, list):
        return [to_page_prop(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value


def refuse_unknown(kind: type[Block], options: Mapping[str, Any]) -> None:
    """Raise TypeError for an option that ``kind`` does not take, as Python does for an unknown argument."""
    unknown = [name for name in options if name not in kind.OPTIONS.__annotations__]
    if unknown:
        raise TypeError(
            f"{kind.__name__}() has no argument {unknown[0]!r}; it shares "
            f"{', '.join(sorted(kind.OPTIONS.__annotations__))} with others and has those of its own."
        )
