"""Why a value cannot be stored, and how that is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

ITEM: Final = "item"
KEY: Final = "key"
MEMBER: Final = "member"
ATTRIBUTE: Final = "attribute"

Step = tuple[str, Any]
"""One step of the way into a value: of which sort, and the index, key, member or name."""

ELSEWHERE: Final = (
    "live objects (clients, models, locks, open files) belong in gr.warm(load) or gr.per_session(factory), "
    "and what they are made from in the State; a class leaves one out by __getstate__"
)
_SHOWN_CHARACTERS: Final = 40
_SHOWN_STEPS: Final = 8  # at either end of a long path


class Refused(Exception):
    """Raise while encoding when a value has no stored form.

    Args:
        fact: what is wrong, as it follows on the path: "is a …".
        remedy: what to do, one sentence or more.
    """

    def __init__(self, fact: str, remedy: str) -> None:
        super().__init__(fact)
        self.fact = fact
        self.remedy = remedy


class TooDeep(Refused):
    """Raise while encoding when a value stands inside more than ``levels`` containers."""

    def __init__(self, levels: int) -> None:
        super().__init__(f"is nested inside {levels} containers, the most that are stored", "Store a flatter value.")


def refusal(error: Exception) -> Refused:
    """Return why a value cannot be stored, after ``error`` came of trying."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, RecursionError):
        return Refused("is nested deeper than the call stack reaches", "Store a flatter value.")
    return Refused(f"could not be encoded: {type(error).__name__}: {error}", "Store something else.")


def message(name: str, path: Sequence[Step], refused: Refused) -> str:
    """Return the text of the error for the State ``name``: the place, the fact, the remedy."""
    return f"State {name!r} cannot be stored: {_place(path)} {refused.fact}. {refused.remedy}"


def type_name(kind: type) -> str:
    """Return the name of ``kind`` with its module, as far as a reader needs it."""
    if kind.__module__ in ("builtins", "__main__"):
        return kind.__qualname__
    return f"{kind.__module__}.{kind.__qualname__}"


def unknown_type(kind: type) -> Refused:
    """Return the refusal of a value of ``kind`` about which nothing is known."""
    base = next((base for base in kind.__mro__[1:-1] if base.__module__ == "builtins"), None)
    what = f"a subclass of {base.__name__} that is not registered" if base else "which has no stored form"
    if kind.__module__ == "builtins":
        remedy = "Store something else, for example what it was made from"
    else:
        remedy = f"Store something else, or call gr.register_type({kind.__name__}, encode=…, decode=…)"
    return Refused(f"is of type {type_name(kind)}, {what}", f"{remedy}; {ELSEWHERE}.")


def _place(path: Sequence[Step]) -> str:
    if len(path) <= 2 * _SHOWN_STEPS:
        return "".join(map(_step, path)) or "its value"
    return "".join(map(_step, path[:_SHOWN_STEPS])) + "…" + "".join(map(_step, path[-_SHOWN_STEPS:]))


def _step(step: Step) -> str:
    sort, at = step
    if sort == ATTRIBUTE:
        return f".{at}"
    return f"[{_shown(at)}]" if sort == ITEM else f"<{sort} {_shown(at)}>"


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a repr of the app's own may be broken
        text = f"of type {type_name(type(value))}"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
