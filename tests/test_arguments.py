"""The parameters of users' functions, whatever kind of function they are."""

# ruff: noqa: D103 - docstrings are what is tested

from __future__ import annotations

import functools
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Optional

import pytest

from adapter.calls.docstring import docstring_summary
from adapter.calls.parameters import parameters
from adapter.calls.request import Request
from adapter.components.functions import underlying


class Special:
    """A second kind that is filled in by annotation."""


KINDS = (Request, Special)


def plain(a: str, b: float = 2) -> None:
    """Add.

    More of it.

    Args:
        a: one.
    """


async def coroutine(a: str, b: float = 2) -> None:
    """Add later. Returns: nothing."""


def generator(a: str, b: float = 2) -> Iterator[None]:
    yield


async def async_generator(a: str, b: float = 2) -> AsyncIterator[None]:
    yield


class Model:
    """A model."""

    def method(self, a: str, b: float = 2) -> None:
        """Method."""

    @classmethod
    def of_class(cls, a: str, b: float = 2) -> None:
        """Class method."""

    @staticmethod
    def static(a: str, b: float = 2) -> None:
        """Static method."""

    def __call__(self, a: str, b: float = 2) -> None:
        """Call."""


@functools.wraps(plain)
def wrapped(*args: Any, **kwargs: Any) -> None:
    return plain(*args, **kwargs)


ALIKE: dict[str, Callable[..., Any]] = {
    "plain": plain,
    "coroutine": coroutine,
    "generator": generator,
    "async generator": async_generator,
    "lambda": lambda a, b=2: None,
    "bound method": Model().method,
    "class method": Model.of_class,
    "static method": Model.static,
    "object": Model(),
    "partial of a name": functools.partial(lambda a, b=2, *, c: None, c=1),
    "partial of a position": functools.partial(lambda x, a, b=2: None, 1),
    "partial of a partial": functools.partial(functools.partial(lambda x, y, a, b=2: None, 1), 2),
    "wrapped": wrapped,
}


@pytest.mark.parametrize("kind", ALIKE)
def test_every_kind_of_function_tells_its_inputs(kind: str) -> None:
    """Names, defaults and how many, without ``self`` and what is bound already."""
    found = parameters(ALIKE[kind], KINDS)

    assert (found.names, dict(found.defaults)) == (("a", "b"), {"b": 2})
    assert (found.required, found.most, found.special) == (1, 2, ())


def test_a_function_may_take_any_number() -> None:
    """``*args`` take what comes; what must be named is no input."""
    found = parameters(lambda a, *rest, c=1, **more: None, KINDS)
    assert (found.names, found.required, found.most) == (("a",), 1, None)


@pytest.mark.parametrize("fn", [print, max, dict], ids=["print", "max", "dict"])
def test_builtins_are_taken_as_they_are(fn: Callable[..., Any]) -> None:
    """A builtin takes any number, whether it tells its parameters or not."""
    assert parameters(fn, KINDS).required == 0
    assert parameters(fn, KINDS).most is None


def with_request(a: str, request: Request, b: float = 2) -> None: ...
def optional_request(a: str, b: float = 2, request: Request | None = None) -> None: ...
def old_optional(request: Optional[Request], a: str, b: float = 2) -> None: ...  # noqa: UP045
def two(x: Special, a: str, request: Request, b: float = 2) -> None: ...


class Holder:
    """Takes the request in a method."""

    def method(self, request: Request, a: str, b: float = 2) -> None: ...


@pytest.mark.parametrize(
    ("fn", "filled"),
    [
        (with_request, ["A", "R", "B"]),
        (optional_request, ["A", "B", "R"]),
        (old_optional, ["R", "A", "B"]),
        (two, ["S", "A", "R", "B"]),
        (Holder().method, ["R", "A", "B"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_filled_in_by_annotation_is_no_input(fn: Callable[..., Any], filled: list[str]) -> None:
    """The request goes where its annotation stands, and inputs take the other places."""
    found = parameters(fn, KINDS)

    assert found.names == ("a", "b")
    assert (found.required, found.most) == (1, 2)
    assert found.fill(["A", "B"], {Request: "R", Special: "S"}) == filled


def test_a_request_behind_inputs_that_are_left_out_still_arrives() -> None:
    """Fewer inputs than parameters do not push the request into another's place."""
    found = parameters(optional_request, KINDS)

    assert found.fill(["A"], {Request: "R"}) == ["A", 2, "R"]
    assert parameters(plain, KINDS).fill(["A"], {Request: "R"}) == ["A"]


def test_a_hint_that_cannot_be_found_says_nothing() -> None:
    """An annotation of a name that is not there is the user's own business."""

    def odd(a: NotThere, b: float = 2) -> None: ...  # type: ignore[name-defined] # noqa: F821

    assert parameters(odd, KINDS).names == ("a", "b")


def test_the_function_behind_is_found() -> None:
    """What decides whether it is a generator."""
    assert underlying(functools.partial(functools.partial(plain, "a"), 2)) is plain
    assert underlying(plain) is plain
    assert underlying(Model()) is Model.__call__


@pytest.mark.parametrize(
    ("fn", "text"),
    [
        (plain, "Add. More of it."),
        (coroutine, "Add later. Returns: nothing."),
        (functools.partial(plain, "a"), "Add. More of it."),
        (Model(), "A model."),
        (Model().method, "Method."),
        (generator, None),
        (lambda: 1, None),
        (None, None),
    ],
)
def test_a_description_is_what_the_docstring_says_first(fn: Callable[..., Any] | None, text: str | None) -> None:
    """On one line, up to its arguments; nothing where nothing is said."""
    assert docstring_summary(fn) == text
