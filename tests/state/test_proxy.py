from __future__ import annotations

import collections
import copy
import dataclasses
import inspect
import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from adapter.state.backoff import Backoff
from adapter.state.codec import register_type
from adapter.state.global_handle import GlobalHandle
from adapter.state.global_state import GlobalState, global_handle
from adapter.state.open_apps import use_warm_store
from adapter.state.stores.memory import MemoryStore
from adapter.state.transaction import Transaction, running
from adapter.state.warm_store import WarmStore


@dataclasses.dataclass
class Account:
    """A value whose methods and fields have the names of the handle's."""

    name: str
    value: int
    log: list[Any] = dataclasses.field(default_factory=list)

    def get(self) -> int:
        return self.value

    def set(self, value: int) -> str:
        self.log.append(("set", str(value)))
        return "set by the account"

    def update(self, change: Any) -> str:
        self.log.append(("update", str(type(change))))
        return "updated by the account"

    def replace(self, old: int, new: int) -> int:
        self.value = new if self.value == old else self.value
        return self.value

    def apply(self, factor: int = 2) -> int:
        self.value *= factor
        return self.value

    def initial(self) -> str:
        return self.name[0]


register_type(Account)

FRAME = pd.DataFrame({"a": [3, 1, 2], "b": [1.5, 2.5, None], "value": [7, 8, 9]})

VALUES: dict[str, tuple[Any, list[tuple[Any, ...]]]] = {
    "dict": (
        {"tea": 2, "milk": 1},
        [(), ("tea",), ("rum",), ("tea", 9), ("rum", 9), ({"tea": 5, "rum": 1},), (["x", "y"], 3), ([("z", 1)],)],
    ),
    "list": ([3, 1, 2], [(), (1,), (9,), (0, 7), ([5, 6],), (1, 0, 2)]),
    "set": ({1, 2}, [(), (1,), (9,), ({2, 3},), ([2, 5],), ({1, 2, 3}, {2})]),
    "str": (
        "a Cup of tea",
        [(), ("a",), ("a", "b"), ("tea", "rum", 1), (20,), (20, "*"), (["x", "y"],), ({97: "A"},), ("utf-8",), ("{}",)],
    ),
    "int": (12, [(), (2, "big"), (b"\x01", "big")]),
    "float": (1.5, [(), ("0x1p3",), (2,)]),
    "bytes": (b"cup of tea", [(), (b"c",), (b"c", b"k"), (20,), ("ascii",), ([b"x", b"y"],)]),
    "tuple": ((3, 1, 3), [(), (3,), (9,)]),
    "deque": (collections.deque([1, 2], maxlen=5), [(), (1,), (9,), ([3, 4],), (0, 7)]),
    "Counter": (collections.Counter("tea"), [(), ("t",), (1,), ("tt",), ({"z": 2},), ("q", 4)]),
    "dataclass": (Account("Ann", 5), [(), (5,), (5, 6), (len,), (3,)]),
    "DataFrame": (
        FRAME,
        [(), ("a",), (["a", "b"],), (0,), (1,), (FRAME * 2,), (len,), ("a > 1",), (0, 1), ({"a": "c"},), ("sum",)],
    ),
    "ndarray": (np.array([[3, 1], [2, 4]]), [(), (0,), (1,), ((4,),), (0, 0), ("int8",), (np.array([1, 2]),)]),
}

OUTSIDE = {
    "boxplot", "hist", "plot",  # draw
    "to_clipboard", "to_excel", "to_feather", "to_gbq", "to_hdf", "to_orc",
    "to_parquet", "to_pickle", "to_sql", "to_stata",
    "dump", "tofile",  # write files
    "data", "resize",  # an address in memory, and whether somebody else refers to it
}  # fmt: skip
"""What concerns more than the value and the result, by name."""


def methods(value: Any) -> list[str]:
    """Return the names of the public methods of a value."""
    return [name for name in dir(type(value)) if not name.startswith("_") and name not in OUTSIDE]


def shown(value: Any) -> object:
    """Return what two equal values have in common and two others have not."""
    if isinstance(value, pd.DataFrame | pd.Series):
        return type(value), str(value.to_dict()), str(value.dtypes)
    if isinstance(value, dict):
        return type(value), [(key, shown(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return type(value).__name__, [shown(item) for item in value]
    if isinstance(value, Iterator):
        return type(value), [shown(item) for item in value]
    text = repr(value)
    return type(value), text if " at 0x" not in text else ""


def outcome(value: Any, method: str, arguments: tuple[Any, ...]) -> object:
    """Return what a method gives, or which error it raises."""
    np.random.seed(1)  # what pandas draws by
    try:
        found = getattr(value, method)
        return shown(found(*copy.deepcopy(arguments)) if callable(found) else found)
    except Exception as error:  # noqa: BLE001 - the errors are compared
        return type(error), str(error)


def means_the_handle(value: Any, method: str, arguments: tuple[Any, ...]) -> bool:
    """Whether the value has no meaning for the call, so that it is the handle's."""
    of_data = not dataclasses.is_dataclass(value)
    return of_data and (
        (method == "get" and arguments == ()) or (method == "update" and len(arguments) == 1 and callable(arguments[0]))
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be in a folder where methods may write files."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def warm_store() -> Iterator[WarmStore]:
    """Return one environment; the kind of store makes no difference to what is tried here."""
    warm_store = WarmStore(MemoryStore(), app="app")
    use_warm_store(warm_store)
    yield warm_store
    use_warm_store(None)


@pytest.fixture
def in_call(warm_store: WarmStore) -> Callable[[Callable[[], Any]], Any]:
    """Run a function as the body of one call."""

    def run(function: Callable[[], Any]) -> Any:
        transaction = Transaction(warm_store)
        with running(transaction):
            result = function()
        transaction.commit(backoff=Backoff(time.monotonic() + 5))
        return result

    return run


Call = Callable[[Callable[[], Any]], Any]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", VALUES)
def test_every_public_method_is_the_values(kind: str, warm_store: WarmStore) -> None:
    """Each public method of a value means the value's on a GlobalState: the same results, errors and values after."""
    value, calls = VALUES[kind]
    succeeded = set()
    for method in methods(value):
        for arguments in calls:
            if means_the_handle(value, method, arguments):
                continue
            plain, state = copy.deepcopy(value), GlobalState(value, "value")
            expected = outcome(plain, method, arguments)
            with running(Transaction(warm_store)):
                assert outcome(state, method, arguments) == expected, (method, arguments)
                assert shown(global_handle(state).get()) == shown(plain), (method, arguments)
            if not (
                isinstance(expected, tuple) and isinstance(expected[0], type) and issubclass(expected[0], Exception)
            ):
                succeeded.add(method)
    assert len(succeeded) >= len(methods(value)) * 0.8, sorted(set(methods(value)) - succeeded)


@pytest.mark.parametrize("kind", [kind for kind in VALUES if kind not in ("DataFrame", "ndarray")])
def test_outside_a_call_a_method_changes_what_is_stored(kind: str, warm_store: WarmStore) -> None:
    """In a script each method gives the value's result, and what it changed is what others find."""
    value, calls = VALUES[kind]
    for method in methods(value):
        for number, arguments in enumerate(calls):
            if means_the_handle(value, method, arguments):
                continue
            plain, state = copy.deepcopy(value), GlobalState(value, f"{method}-{number}")
            assert outcome(state, method, arguments) == outcome(plain, method, arguments), (method, arguments)
            assert shown(global_handle(state).get()) == shown(plain), (method, arguments)


OPERATIONS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "isinstance": ({}, lambda v: (isinstance(v, dict), isinstance(v, list))),
    "json of a dict": ({"a": 1}, json.dumps),
    "json of a list": ([1, "x"], json.dumps),
    "json of a number": (5, json.dumps),
    "json of a text": ("x", json.dumps),
    "json inside": ([1], lambda v: json.dumps({"log": v, "all": [v]})),
    "json inside, indented": ("x", lambda v: json.dumps({"log": [v]}, indent=2)),
    "json with a default": ({"a": 1}, lambda v: json.dumps([v], default=str)),
    "sorted": ([3, 1], lambda v: sorted(v, reverse=True)[:1]),
    "sum, min, max, len": ([3, 1], lambda v: (sum(v), min(v), max(v), len(v))),
    "f-string": ([3, 1], lambda v: f"{v} {v!r} {v[0]:03d}"),
    "in": ("abc", lambda v: "b" in v),
    "arithmetic": (7, lambda v: (v + 1, 1 + v, v / 2, 2 / v, v % 4, -v, v**2, 2**v, pow(v, 2, 5), divmod(v, 2))),
    "comparison": (7, lambda v: (v < 8, 8 > v, v == 7, 7 == v, v != 7, 6 <= v)),  # noqa: SIM300
    "rounding": (7.25, lambda v: (round(v), round(v, 1), int(v), math.floor(v), math.ceil(v))),
    "deepcopy": ({"a": [1]}, lambda v: (type(copy.deepcopy(v)), copy.deepcopy(v), copy.copy(v))),
    "iteration": ({"a": 1}, lambda v: [(key, v[key]) for key in v]),
    "unpacking": ([1, 2, 3], lambda v: (lambda first, *rest: (first, rest))(*v)),
    "keywords": ({"sep": 1}, lambda v: dict(**v)),
    "display": ({"a": 1}, lambda v: {**v, "b": 2}),
    "slices": ([1, 2, 3], lambda v: (v.__setitem__(slice(None), [9]), v)[1] == [9]),
    "del": ({"a": 1, "b": 2}, lambda v: (v.__delitem__("a"), dict(v))[1]),
    "union": ({1}, lambda v: (v | {2}, {2} | v)),
    "join": (["a", "b"], lambda v: ", ".join(v)),
    "numpy": ([1, 2], lambda v: (np.array(v).tolist(), np.asarray(v).sum(), np.sqrt(v).shape)),
    "pandas": ({"a": [1, 2]}, lambda v: pd.DataFrame(v).to_dict()),
    "pandas of rows": ([{"a": 1}], lambda v: pd.DataFrame(v).to_dict()),
    "as a key": ("tea", lambda v: {"tea": 1}[v]),
    "asdict": (Account("Ann", 1), dataclasses.asdict),
    "vars": (Account("Ann", 1), vars),
    "dir": ([], lambda v: "append" in dir(v)),
    "callable": ([], callable),
    "type of a frame": (FRAME, lambda v: v[v.a > 1].a.tolist()),
    "attribute": (Account("Ann", 1), lambda v: (v.__setattr__("value", 9), v.value, v.name)[1:]),
}  # fmt: skip


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_works_on_a_value_works_on_its_global_state(operation: str, in_call: Call) -> None:
    """Operators, built-in functions, ``json``, copies, NumPy and pandas take a GlobalState as its value."""
    value, function = OPERATIONS[operation]
    expected = function(copy.deepcopy(value))
    found = in_call(lambda: function(GlobalState(value, "value")))
    assert shown(found) == shown(expected)


def kind_by_match(value: Any) -> str:
    """Return which case a value fits."""
    match value:
        case {"a": found}:
            return f"mapping {found}"
        case [first, *_]:
            return f"sequence {first}"
        case str():
            return "text"
        case 5:
            return "five"
        case Account(name=name):
            return f"account {name}"
    return "nothing"


@pytest.mark.parametrize("value", [{"a": 1}, [1, 2], "x", 5, Account("Ann", 1), {1}], ids=str)
def test_match_takes_a_global_state_for_its_value(value: Any, in_call: Call) -> None:
    """``match`` finds the same case for a value and for its GlobalState."""
    assert in_call(lambda: kind_by_match(GlobalState(value, "value"))) == kind_by_match(value)


def test_the_handles_names_mean_the_handle_where_the_value_has_no_use_for_them(in_call: Call) -> None:
    """``get()``, ``set(v)``, ``update(fn)`` and ``.value`` go on working for lists, dicts, sets, numbers and texts."""
    table, tags, items = GlobalState({"a": 1}, "table"), GlobalState({1}, "tags"), GlobalState([1], "items")
    number, text = GlobalState(1, "number"), GlobalState("a", "text")

    def body() -> None:
        assert (table.get(), tags.get(), items.get(), number.get(), text.value) == ({"a": 1}, {1}, [1], 1, "a")
        table.update(lambda value: {**value, "b": 2})
        table.update({"c": 3})
        tags.update(lambda value: value | {2})
        tags.update({3})
        items.update(lambda value: [*value, 2])
        number.set(5)
        text.value = "b"
        assert (table.name, items.name) == ("table", "items")

    in_call(body)
    assert (table.value, tags.value, items.value) == ({"a": 1, "b": 2, "c": 3}, {1, 2, 3}, [1, 2])
    assert (number.value, text.value) == (5, "b")


def test_where_the_value_has_the_name_the_handle_is_reached_by_a_function(warm_store: WarmStore, in_call: Call) -> None:
    """``global_handle`` gives the handle's methods for a value that has methods of the same names."""
    account: Any = GlobalState(Account("Ann", 5), "account")
    handle: GlobalHandle[Account] = global_handle(account)

    def body() -> None:
        assert (account.name, account.get(), account.update(len)) == ("Ann", 5, "updated by the account")
        assert (handle.name, handle.get().value) == ("account", 5)
        handle.set(Account("Bob", 6))

    in_call(body)
    assert (account.name, account.value, handle.value.name) == ("Bob", 6, "Bob")
    with pytest.raises(TypeError, match="list has no handle"):
        global_handle([])  # type: ignore[arg-type]


def test_a_method_may_be_taken_before_the_store_is_open() -> None:
    """A listener takes ``tasks.get`` while the app is built; isinstance and callable ask nothing of a store either."""
    tasks: Any = GlobalState({"a": 1}, "tasks")
    assert callable(tasks.get)
    assert inspect.signature(tasks.get).parameters
    assert all(isinstance(tasks, kind) for kind in (dict, GlobalState))
    assert tasks.name == "tasks"
    assert not callable(tasks)
    made: Any = GlobalState(list[int], "made")
    assert not isinstance(made, list)


def test_a_global_state_inside_another_value_is_stored_as_its_value(in_call: Call) -> None:
    """A value that holds a GlobalState is stored with what that stands for."""
    words = GlobalState(["a"], "words")
    board: GlobalState[dict[str, Any]] = GlobalState({}, "board")
    in_call(lambda: board.update({"words": words}))
    assert board.value == {"words": ["a"]}
