"""What happens on an event: one entry of a page's dependencies, and how an app asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, overload

from adapter import context
from adapter.calls.endpoint import Endpoint
from adapter.components.base import Block, Component
from adapter.components.events import Trigger
from adapter.errors import ConfigurationError, NotAvailable

_Function = TypeVar("_Function", bound=Callable[..., Any])

Visibility = Literal["public", "private", "undocumented"]
Components = Component | Sequence[Component] | set[Component] | None
Target = tuple[Block | None, str]
"""A block, or ``None`` for the page, and an event's name."""

MODES = ("once", "multiple", "always_last")
"""The values of ``trigger_mode``."""

PROGRESS = {True: "full", False: "hidden"}
"""What ``show_progress`` may be told by, as in Gradio."""

TRIGGER_MODES = {"change": "always_last", "key_up": "always_last", "stream": "multiple"}
"""What a page does with an event while the call of an earlier one runs, where the app does not say; else "once"."""

PAGE_OPTIONS = {
    "scroll_to_output", "show_progress", "show_progress_on", "trigger_mode", "trigger_after",
    "trigger_only_on_success", "trigger_only_on_failure", "batch", "max_batch_size", "time_limit", "stream_every",
}  # fmt: skip
"""Options of a listener that the config passes on."""

IGNORED_OPTIONS = ("concurrency_limit", "concurrency_id", "key")
"""Options whose effect one invocation per environment makes needless."""


@dataclass(eq=False, slots=True)
class Listener:
    """One entry of the page's ``dependencies``: when ``targets`` fire, the endpoint or the script runs.

    Attributes:
        id: its place among the listeners; Gradio's ``fn_index``.
        targets: what it listens to.
        endpoint: what runs on the server; ``None`` for a script only.
        cancels: the ids of the listeners whose running calls it ends.
        options: what the page needs to know of it, by the config's names.
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
    options: dict[str, Any] = field(default_factory=dict)

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
        if self.options.get("trigger_after") is not None:
            self.options = {**self.options, "trigger_after": self.options["trigger_after"] + first}
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
        targets: list[Target] = [(one, "change") for one in listed(inputs) if "change" in one.EVENTS]
        targets.append((None, "load"))
    else:
        targets = [target_of(trigger) for trigger in listed(triggers)]
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


def page_options(options: dict[str, Any], targets: Sequence[Target]) -> dict[str, Any]:
    """Take what the config passes on out of ``options`` and return it, with the defaults that depend on the event.

    Raises:
        ConfigurationError: an option has a value that does not exist.
        NotAvailable: an option of Gradio's that the adapter does not have.
    """
    for name in ("preprocess", "postprocess"):
        if options.pop(name, True) is not True:
            raise NotAvailable(
                f"a listener was given {name}=False, which the adapter does not have; leave it out, and take and "
                f"return the values that the components' documentation names."
            )
    found = {name: options.pop(name) for name in list(options) if name in PAGE_OPTIONS}
    refuse_unknown("a listener", options, ignored=IGNORED_OPTIONS)
    mode = found.get("trigger_mode")
    if mode not in (None, *MODES):
        raise ConfigurationError(f"trigger_mode is {mode!r}; use one of {', '.join(map(repr, MODES))}.")
    if isinstance(found.get("show_progress"), bool):
        found["show_progress"] = PROGRESS[found["show_progress"]]
    if mode is None:
        found["trigger_mode"] = TRIGGER_MODES.get(targets[0][1], "once") if targets else "once"
    if "show_progress_on" in found:
        found["show_progress_on"] = [block.id for block in listed(found["show_progress_on"])] or None
    return found


def cancelled(cancels: Any) -> list[int]:
    """Return the ids of the listeners that ``cancels`` names.

    Args:
        cancels: what listeners' methods returned: one, or lists of them.

    Raises:
        ConfigurationError: something else is given.
    """
    return list(dict.fromkeys(_ids(cancels)))


def _ids(cancels: Any) -> Iterator[int]:
    for one in listed(cancels):
        if isinstance(one, list | tuple):
            yield from _ids(one)
        elif isinstance(one, Dependency):
            yield one.listener.id
        else:
            raise ConfigurationError(f"cancels has {one!r}; give it what a listener's method returned.")


def refuse_unknown(what: str, given: dict[str, Any], *, ignored: Iterable[str] = ()) -> None:
    """Raise for options that the adapter does not have, unless they say nothing.

    Raises:
        NotAvailable: names the first such option.
    """
    for name, value in given.items():
        if name not in ignored and value not in (None, False):
            raise NotAvailable(f"{what} was given {name}={value!r}, which the adapter does not have; leave it out.")


def listed(given: Any) -> list[Any]:
    """Return one, several or none as a list; a set by the order in which its blocks were made."""
    if given is None:
        return []
    if isinstance(given, set | frozenset):
        return sorted(given, key=lambda block: block.id)
    return list(given) if isinstance(given, list | tuple) else [given]


def name_of(fn: Callable[..., Any] | None, js: str | None) -> str:
    """Return what the API calls a listener that is not named."""
    if fn is None:
        return "js_fn" if js else "unnamed"
    name = getattr(fn, "__name__", None) or type(fn).__name__
    return "lambda" if name == "<lambda>" else str(name)
