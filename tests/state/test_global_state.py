from __future__ import annotations

import copy
import threading
import time
from collections.abc import Callable

import pytest

from adapter.errors import ConfigurationError
from adapter.state.backoff import Backoff
from adapter.state.global_state import GlobalState, warm
from adapter.state.open_apps import use_warm_store
from adapter.state.transaction import Superseded, Transaction, running
from adapter.state.warm_store import WarmStore

Start = Callable[[], WarmStore]


def call(warm_store: WarmStore, function: Callable[[], object], *, immediate: bool = False) -> object:
    """Run ``function`` as the body of one call, without any policy for conflicts."""
    transaction = Transaction(warm_store, immediate=immediate)
    transaction.load()
    with running(transaction):
        result = function()
    transaction.commit(backoff=Backoff(time.monotonic() + 5))
    return result


def test_in_a_call_it_behaves_like_its_value(warm_store: WarmStore) -> None:
    """Lists, dicts, sets, numbers and text: operators, methods, iteration, comparison, formatting."""
    scores: GlobalState[list[int]] = GlobalState([3, 1], "scores")
    table: GlobalState[dict[str, int]] = GlobalState({"a": 1}, "table")
    names: GlobalState[set[str]] = GlobalState({"x"}, "names")
    count: GlobalState[int] = GlobalState(4, "count")
    word: GlobalState[str] = GlobalState("go", "word")

    def body() -> None:
        scores.append(2)
        assert sorted(scores, reverse=True)[:2] == [3, 2]
        assert (len(scores), scores[0], scores[-1], 3 in scores, list(reversed(scores))) == (3, 3, 2, True, [2, 1, 3])
        assert scores == [3, 1, 2]
        assert scores + [5] == [3, 1, 2, 5]  # noqa: RUF005 - the operator is what is tested
        table["b"] = 2
        del table["a"]
        assert dict(table.items()) == {"b": 2}
        names.add("y")
        assert names | {"z"} == {"x", "y", "z"}
        assert (count + 1, 1 + count, count * 2, 10 - count, -count) == (5, 5, 8, 6, -4)
        assert (count > 3, float(count)) == (True, 4.0)
        assert divmod(count, 3) == (1, 1)
        assert [10, 11, 12, 13, 14][count] == 14
        assert (f"{word}!", word.upper(), word + "ing", str(word), bool(word)) == ("go!", "GO", "going", "go", True)
        assert f"{count:03d}" == "004"

    call(warm_store, body)
    assert scores.value == [3, 1, 2]
    assert table.value == {"b": 2}
    assert names.value == {"x", "y"}


def test_augmented_assignment_keeps_the_proxy(warm_store: WarmStore) -> None:
    """``visits += 1`` in a function changes the shared number, not the name."""
    visits: GlobalState[int] = GlobalState(0, "visits")
    items: GlobalState[list[int]] = GlobalState([], "items")

    def body() -> None:
        nonlocal visits, items
        visits += 1
        items += [1]

    call(warm_store, body)
    call(warm_store, body)
    assert isinstance(visits, GlobalState)
    assert (visits.value, items.value) == (2, [1, 1])


def test_outside_a_call_every_operation_goes_to_the_store(environment: Start) -> None:
    """A script reads and changes what the environments see."""
    environment()
    scores: GlobalState[list[int]] = GlobalState([], "scores")
    scores.append(1)
    scores.value = [*scores, 2]
    scores += [3]
    assert scores.pop(0) == 1
    scores[0] = 20
    environment()
    assert scores.get() == [20, 3]


def test_what_a_failed_call_did_is_not_kept(warm_store: WarmStore) -> None:
    """A function that raises changes no state, shared or not."""
    scores: GlobalState[list[int]] = GlobalState([], "scores")

    def body() -> None:
        scores.append(1)
        scores.update(lambda value: [*value, 2])
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised three lines above
        call(warm_store, body)
    assert scores.value == []


def test_a_writer_that_met_another_is_superseded(environment: Start) -> None:
    """The loser is told, whatever it read; its answer would be wrong."""
    scores: GlobalState[list[int]] = GlobalState([], "scores")
    here, there = environment(), environment()

    def body() -> None:
        scores.append(1)
        call(there, lambda: scores.append(2))

    with pytest.raises(Superseded):
        call(here, body)
    assert GlobalState([], "scores").value == [2]


def test_a_reader_is_not_superseded(environment: Start) -> None:
    """Who only reads commits nothing, and may be a little behind."""
    scores: GlobalState[list[int]] = GlobalState([], "scores")
    here, there = environment(), environment()

    def body() -> int:
        call(there, lambda: scores.append(2))
        return len(scores)

    assert call(here, body) == 1


def test_readers_are_at_most_max_age_behind(environment: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within the age memory answers; with age 0 every call reads."""
    here, there = environment(), environment()
    lazy: GlobalState[int] = GlobalState(0, "n", max_age_seconds=60)
    strict: GlobalState[int] = GlobalState(0, "n", max_age_seconds=0)
    assert call(here, lambda: int(lazy)) == 0
    call(there, lambda: strict.set(5))
    assert call(here, lambda: int(lazy)) == 0
    assert call(here, lambda: int(strict)) == 5


def test_update_counts_every_caller(environment: Start) -> None:
    """Compare-and-swap with retry: 8 threads of two environments lose nothing."""
    count: GlobalState[int] = GlobalState(0, "count")
    environment()

    def add() -> None:
        for _ in range(10):
            count.update(lambda value: value + 1)

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count.value == 80


def test_update_in_a_call_that_may_rerun_is_part_of_its_commit(warm_store: WarmStore) -> None:
    """It counts once, with the call: the call sees it, nobody else does before."""
    count: GlobalState[int] = GlobalState(0, "count", max_age_seconds=0)

    def body() -> None:
        assert count.update(lambda value: value + 1) == 1
        assert count == 1
        assert warm_store.store.read(["G#app#count"]) == {}

    call(warm_store, body)
    assert count.value == 1


def test_update_in_a_call_that_runs_once_is_immediate(warm_store: WarmStore) -> None:
    """A lease or a generator commits it at once, and goes on with what was committed."""
    count: GlobalState[int] = GlobalState(0, "count")

    def body() -> int:
        count.update(lambda value: value + 1)
        assert warm_store.store.read(["G#app#count"]) != {}
        return int(count)

    assert call(warm_store, body, immediate=True) == 1
    assert count.value == 1


def test_update_takes_a_change_in_place(warm_store: WarmStore) -> None:
    """A function that returns ``None`` changed the value it was given."""
    table: GlobalState[dict[str, int]] = GlobalState({}, "table")
    assert table.update(lambda value: value.update(a=1)) == {"a": 1}
    assert table.value == {"a": 1}


def test_defaults_are_copied_or_called(warm_store: WarmStore) -> None:
    """The default is not the shared value."""
    default: list[int] = []
    GlobalState(default, "a").append(1)
    assert default == []
    made: GlobalState[list[int]] = GlobalState(lambda: [7], "b")
    assert made.value == [7]


def test_the_same_name_is_the_same_state(warm_store: WarmStore) -> None:
    """Two objects of one name share; others do not."""
    GlobalState(0, "one").set(1)
    assert GlobalState(0, "one").value == 1
    assert GlobalState(0, "two").value == 0


def test_a_name_that_could_reach_other_keys_is_refused() -> None:
    """Names stand in keys, between separators."""
    with pytest.raises(ConfigurationError, match="without '#'"):
        GlobalState(0, "a#b")
    with pytest.raises(ConfigurationError):
        GlobalState(0, "")


def test_without_a_store_it_says_what_to_do() -> None:
    """Nothing is kept in a place that nobody chose."""
    use_warm_store(None)
    with pytest.raises(ConfigurationError, match=r"adapter\.handler"):
        GlobalState(0, "n").get()


def test_probing_for_special_methods_finds_none(warm_store: WarmStore) -> None:
    """Copying and inspecting ask for names like __deepcopy__; those are not the value's."""
    state: GlobalState[list[int]] = GlobalState([], "n")
    assert not hasattr(state, "__wrapped__")
    with pytest.raises(TypeError):
        hash(state)
    assert copy.copy(state.value) == []


def test_warm_loads_once_whoever_asks() -> None:
    """Eight threads, one load; a failed load is tried again."""
    loads: list[int] = []
    started = threading.Barrier(8)

    @warm
    def model() -> object:
        loads.append(1)
        if len(loads) == 1:
            raise OSError("not yet")
        return object()

    with pytest.raises(OSError, match="not yet"):
        model()
    got: list[object] = []

    def ask() -> None:
        started.wait()
        got.append(model())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, got))) == 1
    assert len(loads) == 2
