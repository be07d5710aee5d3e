"""The errors of ``adapter/errors.py`` against the tree that its docstring draws."""

from __future__ import annotations

import inspect
import re

import pytest

from adapter import errors
from adapter.errors import AdapterError
from adapter.web.errors import status_of

_LINE = re.compile(r"^    ([│├└─ ]*)(\w+)(?: +(\d{3}))?(?: .*)?$", re.MULTILINE)

DRAWN: dict[str, tuple[str | None, int | None]] = {}
"""By the name of each error that is drawn, the one that it stands under and its status."""
_above: list[str] = []
for _indent, _name, _status in _LINE.findall(str(errors.__doc__)):
    _depth = len(_indent) // 4
    del _above[_depth:]
    DRAWN[_name] = (_above[-1] if _above else None, int(_status) if _status else None)
    _above.append(_name)

DEFINED = {name: kind for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, AdapterError)}


def test_every_error_is_drawn_in_the_tree() -> None:
    """The tree in the module's docstring has each class of the module, and no other."""
    assert set(DRAWN) == set(DEFINED)


@pytest.mark.parametrize("name", DRAWN)
def test_an_error_stands_under_its_base_with_its_status(name: str) -> None:
    """Each error of the tree is a subclass of the one above it, and is answered with the status beside it."""
    above, status = DRAWN[name]
    kind = DEFINED[name]
    assert above is None or issubclass(kind, DEFINED[above])
    if status is not None:
        assert status_of(kind.__new__(kind)) == status
