"""What changed between two yields of a generator, in the form Gradio's clients apply."""

from __future__ import annotations

from typing import Any

Edit = list[Any]
"""``[action, path, value]``; the action is ``replace``, ``append``, ``add`` or ``delete``."""


def diff(old: Any, new: Any) -> list[Edit]:
    """Return the edits that turn ``old`` into ``new``; none where they are equal.

    ``append`` lengthens a string; ``add`` inserts into a list or sets a key; ``delete`` removes.
    """
    edits: list[Edit] = []
    _compare(old, new, [], edits)
    return edits


def _compare(old: Any, new: Any, path: list[str | int], edits: list[Edit]) -> None:
    if old is new:
        return
    if isinstance(old, str) and isinstance(new, str) and new.startswith(old):
        if len(new) > len(old):
            edits.append(["append", path, new[len(old) :]])
    elif isinstance(old, list) and isinstance(new, list):
        common = min(len(old), len(new))
        for index in range(common):
            _compare(old[index], new[index], [*path, index], edits)
        edits += [["add", [*path, index], new[index]] for index in range(common, len(new))]
        edits += [["delete", [*path, index], None] for index in range(len(old) - 1, common - 1, -1)]
    elif isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() & new.keys():
            _compare(old[key], new[key], [*path, key], edits)
        edits += [["add", [*path, key], new[key]] for key in new if key not in old]
        edits += [["delete", [*path, key], None] for key in old if key not in new]
    elif type(old) is not type(new) or old != new:
        edits.append(["replace", path, new])
