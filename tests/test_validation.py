"""What a validator says of the inputs."""

from __future__ import annotations

from typing import Any

import pytest

from adapter.calls.validation import validate, verdicts

NO = validate(False, "no")


@pytest.mark.parametrize(
    ("returned", "found"),
    [
        (NO, [("a", False)]),
        ([NO, validate(True, "")], [("a", False), ("b", True)]),
        ((None, NO), [(None, True), ("b", False)]),
        ([None, None, NO], [(None, True), (None, True), ("parameter_2", False)]),
        (None, [(None, True)]),
        (False, [(None, True)]),
    ],
    ids=["one", "each", "second", "more than are named", "nothing", "another value"],
)
def test_each_input_has_a_say(returned: Any, found: list[tuple[str | None, bool]]) -> None:
    """By the parameter's name; what is no result of ``validate`` is a yes."""
    assert [(one.get("parameter_name"), one["is_valid"]) for one in verdicts(returned, ["a", "b"])] == found
