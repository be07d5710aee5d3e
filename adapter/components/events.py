"""Listeners: what happens on the page, as methods of the component it happens to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, overload

from adapter import context
from adapter.errors import ConfigurationError

if TYPE_CHECKING:
    from adapter.components.base import Block

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Event:
    """A trigger that a kind of block has; on a block it is the method that adds a listener.

    Example:
        ``click = Event()`` in a class makes ``button.click(fn, inputs, outputs)``.
    """

    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, block: None, owner: type | None = None) -> Event: ...
    @overload
    def __get__(self, block: Block, owner: type | None = None) -> Trigger: ...
    def __get__(self, block: Block | None, owner: type | None = None) -> Event | Trigger:
        return self if block is None else Trigger(block, self.name)


class Trigger:
    """One block's event; call it to listen, or give it to ``on``.

    Attributes:
        block: where it happens.
        event: what happens, such as ``"click"``.
    """

    def __init__(self, block: Block, event: str) -> None:
        self.block = block
        self.event = event

    @overload
    def __call__(
        self, *, inputs: Any = None, outputs: Any = None, api_name: Any = None, **options: Any
    ) -> Callable[[_Function], _Function]: ...
    @overload
    def __call__(
        self,
        fn: Callable[..., Any] | None,
        inputs: Any = None,
        outputs: Any = None,
        api_name: Any = None,
        **options: Any,
    ) -> Any: ...
    def __call__(
        self,
        fn: Callable[..., Any] | None = context.DECORATOR,
        inputs: Any = None,
        outputs: Any = None,
        api_name: Any = None,
        **options: Any,
    ) -> Any:
        """Call ``fn`` whenever the event happens.

        Args:
            fn: the function; ``None`` for none (the page acts alone); left out, this is a decorator.
            inputs: the components whose values are its arguments.
            outputs: the components that show what it returns.
            api_name: the endpoint's name; ``None`` takes the function's.
            options: as those of ``Blocks.listen``.

        Returns:
            What ``Blocks.listen`` returns.

        Raises:
            ConfigurationError: no Blocks is open.
        """
        root = context.root.get()
        if root is None:
            raise ConfigurationError(
                f"{type(self.block).__name__}.{self.event}() is called outside a Blocks context; "
                "call it inside `with gr.Blocks():`"
            )
        if self.event == "tick":
            options.setdefault("show_progress", "hidden")
        return root.listen([(self.block, self.event)], fn, inputs=inputs, outputs=outputs, api_name=api_name, **options)

    def __repr__(self) -> str:
        return f"<{self.block!r}.{self.event}>"
