"""The parameters of a user's function: which are inputs, and which are filled in by annotation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from adapter.calls.annotations import classes, refuse, special_kind, type_hints
from adapter.calls.cache import Cache
from adapter.calls.event_data import EventData
from adapter.calls.progress import Progress
from adapter.calls.request import Header, Request

SPECIAL: tuple[type, ...] = (Request, EventData, Progress, Header)
"""What a function may ask for beside its inputs, by annotation or by a default of that kind."""

EMPTY = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a function takes.

    Attributes:
        names: of the parameters that inputs fill, in order.
        defaults: of those that have one.
        special: position and kind of each parameter that is filled in by its annotation, or by the kind of
            its default.
        bound: position and value of each parameter whose default is no input.
        classes: by the names of parameters, what their annotations allow.
        required: how many inputs it needs.
        most: how many inputs it takes; ``None`` for any number.
    """

    names: tuple[str, ...]
    defaults: Mapping[str, Any]
    special: tuple[tuple[int, type], ...]
    bound: tuple[tuple[int, Any], ...]
    classes: Mapping[str, Sequence[type]]
    required: int
    most: int | None

    def place(self, inputs: Sequence[Any], named: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Return inputs with those that are given by name put in their places, and those that have none."""
        placed, rest = list(inputs), dict(named)
        for name in self.names[len(placed) :]:
            if name in rest:
                placed.append(rest.pop(name))
            elif rest.keys() & set(self.names):
                placed.append(self.defaults.get(name))
            else:
                break
        return placed, rest

    def misfit(self, count: int, named: Sequence[str] = ()) -> str | None:
        """Return what is wrong with ``count`` inputs in order and those that are ``named``; ``None`` if they fit."""
        missing = [name for name in self.names[count:] if name not in self.defaults and name not in named]
        takes = f"takes {_number(len(self.names), 'input')} ({', '.join(self.names) or 'none'}) and is given {count}"
        if missing:
            return f"{takes}; {', '.join(missing)} will be None."
        if self.most is not None and count > self.most:
            return f"{takes}; its calls will fail."
        return None

    def fill(self, inputs: Sequence[Any], specials: Mapping[type, Any]) -> list[Any]:
        """Return the positional arguments: ``inputs``, with ``specials`` put in their places.

        As in Gradio, what is neither given nor has a default is ``None``.
        """
        arguments = list(inputs)
        left = self.names[len(inputs) :]
        # what is filled in may stand behind inputs that are left out
        if self.special or self.bound or any(name not in self.defaults for name in left):
            arguments += [self.defaults.get(name) for name in left]
        filled = [*((position, specials[kind]) for position, kind in self.special), *self.bound]
        for position, value in sorted(filled, key=itemgetter(0)):
            arguments.insert(position, value)
        return arguments


def parameters(fn: Callable[..., Any], special_kinds: Sequence[type] = SPECIAL) -> Parameters:
    """Return what ``fn`` takes; a builtin without a signature takes any number of inputs.

    Args:
        fn: the user's function.
        special_kinds: the classes by which a parameter is filled in rather than an input.

    Raises:
        NotAvailable: an annotation names what Gradio fills in and the adapter does not have.
    """
    try:
        signature = inspect.signature(fn)
    except (TypeError, ValueError):
        return Parameters((), {}, (), (), {}, 0, None)
    hints = type_hints(fn)
    for annotation in hints.values():
        refuse(annotation)
    names: list[str] = []
    defaults: dict[str, Any] = {}
    special: list[tuple[int, type]] = []
    bound: list[tuple[int, Any]] = []
    allowed: dict[str, Sequence[type]] = {}
    variadic = False
    for position, parameter in enumerate(signature.parameters.values()):
        hint = hints.get(parameter.name, parameter.annotation)
        allowed[parameter.name] = classes(hint)
        variadic = variadic or parameter.kind is parameter.VAR_POSITIONAL
        if parameter.kind not in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            continue
        kind = special_kind(hint, special_kinds)
        if kind is None:
            kind = next((kind for kind in special_kinds if type(parameter.default) is kind), None)
        if isinstance(parameter.default, Cache):
            bound.append((position, parameter.default))
        elif kind is not None:
            special.append((position, kind.for_parameter(parameter.name) if issubclass(kind, Header) else kind))
        else:
            names.append(parameter.name)
            if parameter.default is not EMPTY:
                defaults[parameter.name] = parameter.default
    return Parameters(
        names=tuple(names),
        defaults=defaults,
        special=tuple(special),
        bound=tuple(bound),
        classes=allowed,
        required=len(names) - len(defaults),
        most=None if variadic else len(names),
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
