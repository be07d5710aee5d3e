"""What the annotations of a user's function say: classes, and names that are not here."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Sequence
from typing import Any

from adapter.compat.refused import Refused, refusal
from adapter.components.functions import underlying
from adapter.errors import NotAvailable


def type_hints(fn: Callable[..., Any]) -> dict[str, Any]:
    """Return the annotations of ``fn`` by parameter; none of them if one names what does not exist."""
    try:
        return typing.get_type_hints(underlying(fn))
    except Exception:  # noqa: BLE001 - a hint that names what cannot be found says nothing of ours
        return {}


def classes(annotation: Any) -> list[type]:
    """Return the classes that an annotation allows: several for a union."""
    union = typing.get_origin(annotation) in (typing.Union, types.UnionType)
    options = typing.get_args(annotation) if union else (annotation,)
    return [option for option in options if isinstance(option, type)]


def special_kind(annotation: Any, kinds: Sequence[type]) -> type | None:
    """Return the first class of an annotation that is one of ``kinds``, or derives from one; ``None`` for no such."""
    return next((option for option in classes(annotation) if issubclass(option, tuple(kinds))), None)


def refuse(annotation: Any) -> None:
    """Raise NotAvailable for an annotation by which Gradio would fill in what is not here."""
    for one in classes(annotation):
        if isinstance(one, Refused):
            raise NotAvailable(refusal(one.__name__))
