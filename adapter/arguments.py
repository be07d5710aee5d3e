"""The parameters of a user's function: which are inputs, and which are filled in by annotation."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapter.names import classes, refuse

EMPTY = inspect.Parameter.empty
SECTIONS = ("Args:", "Arguments:", "Parameters:", "Returns:", "Yields:", "Raises:", "Example:", "Examples:")
"""What a docstring's description ends at."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a function takes.

    Attributes:
        names: of the parameters that inputs fill, in order.
        defaults: of those that have one.
        special: position and kind of each parameter that is filled in by its annotation, or by the kind of
            its default.
        required: how many inputs it needs.
        most: how many inputs it takes; ``None`` for any number.
    """

    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    special: tuple[tuple[int, type], ...]
    required: int
    most: int | None

    def fill(self, inputs: Sequence[Any], specials: Mapping[type, Any]) -> list[Any]:
        """Return the positional arguments: ``inputs``, with ``specials`` put in their places."""
        arguments = list(inputs)
        if self.special:  # it may stand behind inputs that are left out
            arguments += [self.defaults[name] for name in self.names[len(inputs) :] if name in self.defaults]
        for position, kind in self.special:
            arguments.insert(position, specials[kind])
        return arguments


def parameters(fn: Callable[..., Any], special_kinds: Sequence[type]) -> Parameters:
    """Return what ``fn`` takes; a builtin without a signature takes any number of inputs."""
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):
        return Parameters((), {}, (), 0, None)
    hints = _hints(fn)
    for annotation in hints.values():
        refuse(annotation)
    names: list[str] = []
    defaults: dict[str, Any] = {}
    special: list[tuple[int, type]] = []
    variadic = False
    for position, parameter in enumerate(signature.parameters.values()):
        if parameter.kind is parameter.VAR_POSITIONAL:
            variadic = True
        if parameter.kind not in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            continue
        kind = _special_kind(hints.get(parameter.name, parameter.annotation), special_kinds)
        if kind is None:
            kind = next((kind for kind in special_kinds if type(parameter.default) is kind), None)
        if kind is not None:
            special.append((position, kind))
            continue
        names.append(parameter.name)
        if parameter.default is not EMPTY:
            defaults[parameter.name] = parameter.default
    return Parameters(
        tuple(names), defaults, tuple(special), len(names) - len(defaults), None if variadic else len(names)
    )


def underlying(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the plain function behind ``fn``, which may be a partial or an object with ``__call__``."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    return fn if inspect.isroutine(fn) else type(fn).__call__


def description(fn: Callable[..., Any] | None) -> str | None:
    """Return what the docstring of ``fn`` says before it comes to arguments and results, on one line."""
    text = inspect.getdoc(underlying(fn) if isinstance(fn, functools.partial) else fn)
    if fn is None or text is None:
        return None
    lines = [line.strip() for line in text.splitlines()]
    end = next((number for number, line in enumerate(lines) if line.startswith(SECTIONS)), len(lines))
    return " ".join(line for line in lines[:end] if line) or None


def _hints(fn: Callable[..., Any]) -> dict[str, Any]:
    target = underlying(fn)
    try:
        return typing.get_type_hints(target)
    except Exception:  # noqa: BLE001 - a hint that names what cannot be found says nothing of ours
        return {}


def _special_kind(annotation: Any, kinds: Sequence[type]) -> type | None:
    return next((option for option in classes(annotation) if issubclass(option, tuple(kinds))), None)
