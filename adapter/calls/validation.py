"""What a validator says of an input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MARK = "__type__"


def validate(is_valid: bool, message: str) -> dict[str, Any]:
    """Return what a validator says of one input.

    Args:
        is_valid: whether the function may run.
        message: shown at the input if not.
    """
    return {_MARK: "validate", "is_valid": is_valid, "message": message}


def verdicts(returned: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    """Return what a validator returned as one entry per input, with the parameter's name.

    Args:
        returned: one result, or one per input; anything but a `validate` is a yes.
        names: of the function's parameters.
    """
    each = returned if isinstance(returned, list | tuple) else [returned]
    return [
        {**one, "parameter_name": names[position] if position < len(names) else f"parameter_{position}"}
        if _is_verdict(one)
        else {"is_valid": True, "message": ""}
        for position, one in enumerate(each)
    ]


def _is_verdict(one: Any) -> bool:
    return isinstance(one, dict) and one.get(_MARK) == "validate"
