"""Endpoints without a page: a function's type hints say what the API takes and returns."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import typing
from collections.abc import Callable
from typing import Any, ClassVar, Self, TypeVar, overload

from adapter import context
from adapter.app.type_schema import fits, schema_of
from adapter.calls.parameters import parameters
from adapter.components.base import Component
from adapter.components.functions import underlying
from adapter.components.options import RenderOptions
from adapter.errors import ConfigurationError

_Function = TypeVar("_Function", bound=Callable[..., Any])

ORDINALS = {1: "st", 2: "nd", 3: "rd"}


class Api(Component):
    """A value of a type, without a place on the page.

    Args:
        value: the default.
        schema: of the value on the wire.
        label: what the API's documentation calls it.
    """

    TYPE: ClassVar[str] = "api"
    OPTIONS: ClassVar[type] = RenderOptions
    PRESERVED: ClassVar[str | None] = None

    def __init__(self, value: Any, schema: dict[str, Any], label: str) -> None:
        self.schema = schema
        super().__init__(None)
        self.label = label
        self.value = self.postprocess(value)

    def render(self) -> Self:
        root = context.root.get()
        if root is not None:
            root.know(self)
        return self

    def preprocess(self, data: Any) -> Any:
        if not fits(data, self.schema):
            raise self.invalid(data, f"data of the schema {self.schema}")
        return data

    def postprocess(self, value: Any) -> Any:
        if isinstance(value, enum.Enum):
            return value.value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return dataclasses.asdict(value)
        return sorted(value) if isinstance(value, set | frozenset) else value

    def api_info(self) -> dict[str, Any]:
        return self.schema

    def example_payload(self) -> Any:
        return "..." if self.value is None else self.value

    def props(self) -> dict[str, Any]:
        return {"_api_info": self.schema, "label": self.label, "name": self.TYPE, "_selectable": False}


@overload
def api(fn: Callable[..., Any], **options: Any) -> Any: ...
@overload
def api(**options: Any) -> Callable[[_Function], _Function]: ...
def api(fn: Callable[..., Any] = context.DECORATOR, **options: Any) -> Any:
    """Make an endpoint of a function; nothing of it is seen on the page.

    The function gets the data as JSON has it: lists for tuples, dicts for dataclasses.

    Args:
        fn: the function; each parameter has a type hint. Left out, this is a decorator.
        options: ``api_name``, ``api_description``, ``api_visibility``, ``queue``, ``batch``,
            ``concurrency`` and Gradio's others, as those of ``Blocks.listen``.

    Returns:
        What ``Blocks.listen`` returns; as a decorator, the function.

    Raises:
        ConfigurationError: no Blocks is open, or a parameter has no type hint.
    """
    if fn is context.DECORATOR:

        def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
            api(function, **options)
            return function

        return decorate
    root = context.root.get()
    if root is None:
        raise ConfigurationError("api() is called outside a Blocks context; call it inside `with gr.Blocks():`")
    name = getattr(fn, "__name__", type(fn).__name__)
    try:
        hints = typing.get_type_hints(underlying(fn))
    except NameError as error:
        raise ConfigurationError(f"api() cannot read the type hints of {name}: {error}.") from error
    known = parameters(fn)
    missing = [one for one in known.names if one not in hints]
    if missing:
        raise ConfigurationError(
            f"api() was given {name}, whose parameter {missing[0]!r} has no type hint; give it one."
        )
    inputs = [
        Api(known.defaults.get(one), schema_of(hints[one]), _ordinal(place)) for place, one in enumerate(known.names, 1)
    ]
    outputs = [Api(None, schema_of(hint), _ordinal(place)) for place, hint in enumerate(_returned(hints), 1)]
    return root.listen([], fn, inputs=inputs, outputs=outputs, show_progress="hidden", **options)


def _returned(hints: dict[str, Any]) -> list[Any]:
    """Return the hints of what a function returns, one for each output."""
    hint = hints.get("return", type(None))
    if hint is type(None) or hint is inspect.Signature.empty:
        return []
    return list(typing.get_args(hint)) if typing.get_origin(hint) is tuple else [hint]


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"
