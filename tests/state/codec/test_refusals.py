from __future__ import annotations

import datetime as dt
import enum
import http
import io
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from adapter.errors import AdapterError, CannotStore
from adapter.state import codec
from adapter.state.codec.tree import MAX_DEPTH
from tests.state.codec import app


def refusal(value: Any) -> str:
    """Return the message with which ``value`` is refused."""
    with pytest.raises(CannotStore) as caught:
        codec.encode(value, name="history")
    return str(caught.value)


def test_a_refusal_names_state_path_type_and_remedy() -> None:
    """Who reads it knows which State, where in it, what is there, and what to do."""
    assert refusal({"users": [1, 2, 3, {"photo": app.Point(threading.Lock())}]}) == (  # type: ignore[arg-type]
        "State 'history' cannot be stored: ['users'][3]['photo'].x is of type _thread.lock, which has no stored form. "
        "Store something else, or call gr.register_type(lock, encode=…, decode=…); "
        "live objects (clients, models, locks, open files) belong in gr.warm(load) or gr.per_session(factory), "
        "and what they are made from in the State; a class leaves one out by __getstate__."
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (object(), "its value is of type object"),
        ([1, [object()]], "[1][0] "),
        ((object(),), "[0] "),
        ({"a": {2: object()}}, "['a'][2] "),
        ({(object(), 1): 2}, "<key (<object object at "),
        ({1, app.Pair(object(), 1)}, ".left "),
        (app.Guarded(1), ".lock "),
        (app.Row("k", object()), ".value "),  # type: ignore[arg-type]
        (app.Team.model_construct(lead=object(), members=[]), ".lead "),
        (np.array([[1, object()]], dtype=object), "[1] "),
        (pd.DataFrame({"ok": [1, 2], "bad": [1, object()]}), "['bad'][1] "),
        (pd.Series([1, object()]), "[1] "),
        (pd.DataFrame({"a": [1]}, index=pd.Index([object()])), ".index[0] "),
        ({"x" * 100: object()}, "['" + "x" * 39 + "…] "),
    ],
)
def test_the_path_leads_to_what_cannot_be_stored(value: Any, place: str) -> None:
    """Keys, attributes, members and columns are shown as one would write them."""
    assert place in refusal(value)


class Zone(dt.tzinfo):
    def utcoffset(self, moment: dt.datetime | None) -> dt.timedelta:
        return dt.timedelta(0)

    dst = utcoffset

    def tzname(self, moment: dt.datetime | None) -> str:
        return "Zone"


REFUSED: dict[str, Callable[[], Any]] = {
    "which nobody finds again by its name. Define it by def": lambda: lambda: None,
    "gr.register_type(Handle, encode=": lambda: app.Handle(),
    "test_refusals.Own, but its module has another Own now": lambda: type("Own", (dict,), {})(),
    "defined inside a function. Define the class at module level.": lambda: app.local_class(),
    "which the app does not define itself. Call gr.register_type(HTTPStatus).": lambda: http.HTTPStatus.OK,
    "<lambda>', which has no stored form. Use a type (list, dict": lambda: defaultdict(lambda: 0),
    "a defaultdict whose default value is of type tests.state.codec.app.Handle": lambda: defaultdict(app.Handle),
    "encode=…, decode=…), or store something else": lambda: defaultdict(app.Handle),
    "is of type list_iterator": lambda: iter([]),
    "is of type _io.BytesIO": lambda: io.BytesIO(),
    "is of type memoryview": lambda: memoryview(b""),
    "is of type ValueError, a subclass of Exception": lambda: ValueError("x"),
    ".tzinfo is of type ": lambda: dt.datetime(2024, 1, 1, tzinfo=Zone()),
    "MaskedArray, which has no stored form": lambda: np.ma.array([1]),
    "holds Python objects in fields": lambda: np.array([(1, None)], dtype=[("a", "i4"), ("b", "O")]),
    "sparse.to_dense()": lambda: pd.Series([1, 0], dtype="Sparse[int]"),
    "DataFrameGroupBy, which has no stored form": lambda: pd.DataFrame({"a": [1]}).groupby("a"),
    "is of type ": lambda: app.Names,
    "is a Person without its field 'name'. Set the field.": lambda: app.Person.__new__(app.Person),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_stored_says_what_to_do(words: str) -> None:
    """Each refusal has its remedy."""
    assert words in refusal(REFUSED[words]())


@pytest.mark.parametrize(
    "wrap",
    [lambda x: [x], lambda x: {"a": x}, lambda x: (x,), lambda x: app.Pair(x, 1)],
    ids=["list", "dict", "tuple", "dataclass"],
)
def test_the_depth_that_is_stored_is_read_back(wrap: Callable[[Any], Any]) -> None:
    """Up to the limit everything is stored and read, even far down the stack; beyond it is refused."""

    def nested(levels: int) -> Any:
        value: Any = None
        for _ in range(levels):
            value = wrap(value)
        return value

    def far_down(calls: int, value: Any) -> Any:
        return far_down(calls - 1, value) if calls else codec.decode(codec.encode(value, name="deep"))

    far_down(200, nested(MAX_DEPTH))
    assert f"is nested inside {MAX_DEPTH} containers, the most that are stored" in refusal(nested(MAX_DEPTH + 1))


@pytest.mark.parametrize("is_shared", [False, True])
def test_too_many_containers_are_refused(is_shared: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before they fill the memory; an object that is shared counts once."""
    monkeypatch.setattr("adapter.state.codec.tree.MAX_CONTAINERS", 10_000)
    many: list[Any] = [[[]] for _ in range(5_001)]
    many += many[:1] * is_shared
    assert "comes after 10,000 other containers and objects, the most that are stored" in refusal(many)


def test_a_web_of_tuples_of_constants_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Constants are stored in each place: forty levels of pairs would be 2⁴⁰ tuples."""
    monkeypatch.setattr("adapter.state.codec.tree.MAX_CONTAINERS", 10_000)
    web: tuple[Any, ...] = (1,)
    for _ in range(40):
        web = (web, web)
    assert "comes after 10,000 other containers and objects, the most that are stored" in refusal(web)
    assert "comes after 10,000 other containers and objects, the most that are stored" in refusal([[web], 2**70])


def test_an_encode_function_that_raises_is_named() -> None:
    """The app's own function fails as a refusal, with its error as the cause."""

    class Odd:
        pass

    def fail(value: Any) -> Any:
        raise OSError("disk gone")

    codec.register_type(Odd, name="test.Odd", encode=fail, decode=fail)
    with pytest.raises(CannotStore, match=r"\['a'\] could not be encoded: OSError: disk gone") as caught:
        codec.encode({"a": Odd()}, name="history")
    assert isinstance(caught.value.__cause__, OSError)


def test_a_repr_that_raises_does_not_hide_the_refusal() -> None:
    """The path is shown without the help of a broken class."""

    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    assert "<key of type " in refusal({Broken(): 1})


def test_a_refusal_is_an_adapter_error_and_a_type_error() -> None:
    """Both ``except AdapterError`` and ``except TypeError`` take it."""
    assert issubclass(CannotStore, AdapterError)
    assert issubclass(CannotStore, TypeError)


class Made(enum.Enum):
    HERE = 1


def test_a_class_that_its_module_does_not_have_any_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be found again: said when it is stored, not when it is read."""
    member = Made.HERE
    monkeypatch.delitem(globals(), "Made")
    assert "but its module has another Made now" in refusal(member)
