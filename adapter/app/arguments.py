"""How the arguments of an app's pages and listeners are read: one, several or none, and those that nobody knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from adapter.errors import NotAvailable


def refuse_unknown(what: str, given: dict[str, Any], *, ignored: Iterable[str] = ()) -> None:
    """Raise for options that the adapter does not have, unless they say nothing.

    Raises:
        NotAvailable: names the first such option.
    """
    for name, value in given.items():
        if name not in ignored and value not in (None, False):
            raise NotAvailable(f"{what} was given {name}={value!r}, which the adapter does not have; leave it out.")


def as_list(given: Any) -> list[Any]:
    """Return one, several or none as a list; a set by the order in which its blocks were made."""
    if given is None:
        return []
    if isinstance(given, set | frozenset):
        return sorted(given, key=lambda block: block.id)
    return list(given) if isinstance(given, list | tuple) else [given]
