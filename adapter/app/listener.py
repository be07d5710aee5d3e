"""What happens on an event: one entry of a page's dependencies, and how an app asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, overload

from adapter import context
from adapter.app.arguments import as_list
from adapter.app.listener_options import ListenerOptions
from adapter.calls.endpoint import Endpoint
from adapter.components.base import Block, Component
from adapter.components.events import Trigger
from adapter.errors import ConfigurationError

_Function = TypeVar("_Function", bound=Callable[..., Any])

Visibility = Literal["public", "private", "undocumented"]
Components = Component | Sequence[Component] | set[Component] | None
Target = tuple[Block | None, str]
"""A block, or ``None`` for the page, and an event's name."""


@dataclass(eq=False, slots=True)
class Listener:
    """One entry of the page's ``dependencies``: when ``targets`` fire, the endpoint or the script runs.

    Attributes:
        id: its place among the listeners; Gradio's ``fn_index``.
        targets: what it listens to.
        endpoint: what runs on the server; ``None`` for a script only.
        cancels: the ids of the listeners whose running calls it ends.
        options: what the page needs to know of it.
    """

    id: int
    targets: list[Target]
    inputs: list[Component]
    outputs: list[Block]
    endpoint: Endpoint | None
    api_name: str | None
    visibility: Visibility
    description: str | None
    cancels: list[int] = field(default_factory=list)
    options: ListenerOptions = field(default_factory=ListenerOptions)

    @property
    def fn(self) -> Callable[..., Any] | None:
        """The function, of a listener that has one."""
        return None if self.endpoint is None else self.endpoint.fn

    @property
    def is_public(self) -> bool:
        """Whether the API documents it."""
        return self.visibility == "public" and self.endpoint is not None

    def move(self, first: int, api_name: str | None) -> None:
        """Become a listener of another page, whose next number is ``first``, under the name ``api_name``."""
        self.id += first
        self.cancels = [one + first for one in self.cancels]
        self.options = self.options.shift(first)
        self.api_name = api_name
        if self.endpoint is not None:
            self.endpoint.name = api_name


class Listening(Protocol):
    """What listeners are added to: a Blocks."""

    def listen(self, targets: Any, fn: Any, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Add a listener; see ``Blocks.listen``."""
        ...


class Dependency:
    """What a listener's method returns: runs further listeners after it.

    Called with a function, that of a script that was given no function is the decorator form of the listener.
    """

    decorate: Callable[[Callable[..., Any]], Callable[..., Any]] | None = None

    def __init__(self, blocks: Listening, listener: Listener) -> None:
        self.blocks = blocks
        self.listener = listener

    def __call__(self, fn: Callable[..., Any]) -> Callable[..., Any]:
        """Let the listener run ``fn``, too; return ``fn``."""
        if self.decorate is None:
            raise TypeError("a listener that has its function is no decorator; give the next one by .then(fn).")
        return self.decorate(fn)

    def then(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener, whether it failed or not."""
        return self._after("then", fn, inputs, outputs, options)

    def success(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener if it did not fail."""
        return self._after("success", fn, inputs, outputs, {**options, "trigger_only_on_success": True})

    def failure(self, fn: Any = context.DECORATOR, inputs: Any = None, outputs: Any = None, **options: Any) -> Any:
        """Run ``fn`` after this listener if it failed."""
        return self._after("failure", fn, inputs, outputs, {**options, "trigger_only_on_failure": True})

    def _after(self, event: str, fn: Any, inputs: Any, outputs: Any, options: dict[str, Any]) -> Any:
        options["trigger_after"] = self.listener.id
        return self.blocks.listen([(None, event)], fn, inputs, outputs, **options)


@overload
def on(
    triggers: Any, fn: Callable[..., Any] | None, inputs: Any = None, outputs: Any = None, **options: Any
) -> Any: ...
@overload
def on(
    triggers: Any = None, *, fn: Callable[..., Any] | None, inputs: Any = None, outputs: Any = None, **options: Any
) -> Any: ...
@overload
def on(
    triggers: Any = None, *, inputs: Any = None, outputs: Any = None, **options: Any
) -> Callable[[_Function], _Function]: ...
def on(
    triggers: Any = None,
    fn: Any = context.DECORATOR,
    inputs: Any = None,
    outputs: Any = None,
    **options: Any,
) -> Any:
    """Run ``fn`` whenever one of several events happens.

    Args:
        triggers: such as ``button.click`` or ``demo.load``, one or several; ``None`` for every
            change of an input, and the page's opening.
        fn: the function; ``None`` for none (the page acts alone); left out, this is a decorator.
        inputs: the components whose values are its arguments.
        outputs: the components that show what it returns.
        options: as those of ``Blocks.listen``.

    Returns:
        What ``Blocks.listen`` returns.

    Raises:
        ConfigurationError: no Blocks is open, or something is no trigger.
    """
    root = context.root.get()
    if root is None:
        raise ConfigurationError("on() is called outside a Blocks context; call it inside `with gr.Blocks():`")
    if triggers is None:
        targets: list[Target] = [(one, "change") for one in as_list(inputs) if "change" in one.EVENTS]
        targets.append((None, "load"))
    else:
        targets = [target_of(trigger) for trigger in as_list(triggers)]
    return root.listen(targets, fn, inputs=inputs, outputs=outputs, **options)


def target_of(trigger: Any) -> Target:
    """Return the block and the event of a trigger such as ``button.click`` or ``demo.load``.

    Raises:
        ConfigurationError: it is none.
    """
    if isinstance(trigger, Trigger):
        return trigger.block, trigger.event
    owner, name = getattr(trigger, "__self__", None), getattr(trigger, "__name__", "")
    if hasattr(owner, "listen") and name in ("load", "unload"):
        return None, name
    raise ConfigurationError(f"{trigger!r} is no trigger; give such as button.click.")


def listener_ids(cancels: Any) -> list[int]:
    """Return the ids of the listeners that ``cancels`` names.

    Args:
        cancels: what listeners' methods returned: one, or lists of them.

    Raises:
        ConfigurationError: something else is given.
    """
    return list(dict.fromkeys(_ids(cancels)))


def _ids(cancels: Any) -> Iterator[int]:
    for one in as_list(cancels):
        if isinstance(one, list | tuple):
            yield from _ids(one)
        elif isinstance(one, Dependency):
            yield one.listener.id
        else:
            raise ConfigurationError(f"cancels has {one!r}; give it what a listener's method returned.")


def name_of(fn: Callable[..., Any] | None, js: str | None) -> str:
    """Return what the API calls a listener that is not named."""
    if fn is None:
        return "js_fn" if js else "unnamed"
    name = getattr(fn, "__name__", None) or type(fn).__name__
    return "lambda" if name == "<lambda>" else str(name)
