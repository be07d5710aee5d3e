"""What components share that take what was recorded on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn, TypeVar

from adapter.errors import NotAvailable

_Source = TypeVar("_Source", bound=str)


def chosen(sources: Sequence[_Source] | _Source | None, default: Sequence[_Source]) -> list[_Source]:
    """Return where a component's value may come from, as a list.

    Args:
        sources: one, or several; ``None`` for ``default``.
        default: all that there are.

    Raises:
        ValueError: one is not among them.
    """
    found = list(default) if sources is None else [sources] if isinstance(sources, str) else list(sources)
    if not set(found) <= set(default):
        raise ValueError(f"sources is {sources!r}; it can have {' and '.join(map(repr, default))}.")
    return found


def refuse_stream(component: str, instead: str) -> NoReturn:
    """Raise NotAvailable: what is recorded does not come in pieces, of which each would be a call."""
    raise NotAvailable(
        f"{component}.stream() is not available: each piece of a recording would be a call of its own. {instead}"
    )
