"""What an environment keeps of results, and what it forgets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import numpy as np
import pytest

import adapter as gr
from adapter.calls.cache import digest
from adapter.errors import CannotStore, ConfigurationError
from adapter.settings import Settings
from tests.support.http import Door


class Counted:
    """A function of each kind that counts how often it ran."""

    def __init__(self) -> None:
        self.runs = 0

    def plain(self, text: str, mark: str = "!") -> list[str]:
        self.runs += 1
        return [text + mark]

    async def later(self, text: str, mark: str = "!") -> list[str]:
        return self.plain(text, mark)

    def stream(self, text: str, mark: str = "!") -> Iterator[list[str]]:
        self.runs += 1
        yield [text]
        yield [text, mark]

    async def later_stream(self, text: str, mark: str = "!") -> AsyncIterator[list[str]]:
        for one in self.stream(text, mark):
            yield one


async def all_of(found: Any) -> list[Any]:
    """Return everything a call gives, whatever kind of function it is of."""
    if hasattr(found, "__aiter__"):
        return [one async for one in found]
    if hasattr(found, "__await__"):
        return [await found]
    return list(found) if hasattr(found, "__next__") else [found]


@pytest.mark.parametrize("kind", ["plain", "later", "stream", "later_stream"])
def test_an_equal_call_is_answered_from_memory(kind: str) -> None:
    """By the values of the arguments, however they are given; a generator gives all of its yields again."""
    counted = Counted()
    cached = gr.cache(getattr(counted, kind))

    def call(*args: Any, **kwargs: Any) -> list[Any]:
        return asyncio.run(all_of(cached(*args, **kwargs)))

    first = call("a")
    assert call("a") == call("a", "!") == call(text="a", mark="!") == first
    assert counted.runs == 1
    assert call("b") != first
    assert call("a", "?") == call("a", mark="?")
    assert counted.runs == 3


def test_a_result_that_is_changed_stays_what_it_was() -> None:
    """The caller has a copy of its own."""
    cached = gr.cache(Counted().plain)
    cached("a").append("mine")
    assert cached("a") == ["a!"]


def test_what_raises_is_not_kept() -> None:
    """The next call runs."""
    runs: list[int] = []

    @gr.cache
    def fails() -> None:
        runs.append(1)
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            fails()
    assert len(runs) == 2


def test_a_generator_that_is_left_early_is_not_kept() -> None:
    """Half of its yields would be given as all of them."""
    counted = Counted()
    cached = gr.cache(counted.stream)
    assert next(cached("a")) == ["a"]
    assert list(cached("a")) == [["a"], ["a", "!"]]
    assert counted.runs == 2


def test_a_function_is_found_again_where_it_is_cached_in_a_call() -> None:
    """``gr.cache(fn)(…)`` in a function remembers from call to call; other options are another memory."""
    counted = Counted()
    assert gr.cache(counted.plain)("a") == gr.cache(counted.plain)("a")
    assert counted.runs == 1
    gr.cache(counted.plain, max_size=3)("a")
    assert counted.runs == 2


@pytest.mark.parametrize(
    ("limits", "left"),
    [({"max_size": 2}, 2), ({"max_size": 0}, 4), ({"max_memory": "2kb"}, 1), ({"max_memory": 10}, 1)],
)
def test_what_was_used_longest_ago_is_forgotten(limits: dict[str, Any], left: int) -> None:
    """By the number of results or by their bytes; the last one is kept, however large it is."""
    runs: list[int] = []

    @gr.cache(**limits)  # type: ignore[untyped-decorator]
    def large(number: int) -> bytes:
        runs.append(number)
        return np.random.default_rng(number).bytes(1_500)

    for number in range(4):
        large(number)
    runs.clear()
    for number in reversed(range(4)):
        large(number)
        if len(runs) > 0:
            break
    assert runs == ([] if left == 4 else [3 - left])


def test_a_key_says_what_makes_calls_equal() -> None:
    """It gets the arguments by name, defaults included."""
    counted = Counted()
    cached = gr.cache(counted.plain, key=lambda given: given["text"].lower())
    assert cached("A", "?") == cached("a") == ["A?"]


def test_arrays_pictures_and_objects_are_keys() -> None:
    """By what they hold, or by their hash; something that has neither is refused."""
    assert digest(np.arange(3)) == digest(np.arange(3)) != digest(np.arange(4))
    assert digest([1, (2,), {3}]) == digest([1, (2,), {3}]) != digest([1, [2], {3}])
    model, other = threading.Lock(), threading.Lock()
    assert digest({"model": model, "n": 1}) == digest({"model": model, "n": 1}) != digest({"model": other, "n": 1})

    class NoHash:
        __hash__ = None  # type: ignore[assignment]
        lock = threading.Lock()

    with pytest.raises(CannotStore):
        digest([NoHash()])


def served(fn: Callable[..., Any]) -> Door:
    """Return an environment whose API has ``fn``."""
    with gr.Blocks() as demo:
        gr.api(fn)
    return Door(gr.handler(demo, settings=Settings()))


def test_a_cached_function_is_an_endpoint_as_it_is() -> None:
    """Its names, defaults and kind are the function's; requests and progress are filled in and no part of the key."""
    runs: list[str] = []

    @gr.cache(key=lambda given: given["text"])
    def greet(text: str, request: gr.Request, times: int = 2) -> str:
        """Greet."""
        runs.append(text)
        return text * times

    door = served(greet)
    assert door.run("a", 3, api="greet").data == door.run("a", 3, api="greet").data == ["aaa"]
    assert runs == ["a"]
    names = [
        one["parameter_name"] for one in door.get("/gradio_api/info").json["named_endpoints"]["/greet"]["parameters"]
    ]
    assert names == ["text", "times"]


@pytest.mark.parametrize("per_session", [True, False])
def test_a_session_finds_what_is_its_own(per_session: bool) -> None:
    """With ``per_session``; else all sessions share what an environment keeps."""
    memory = gr.Cache(per_session=per_session)

    def remember(text: str, kept: gr.Cache = memory) -> str:
        found = kept.get("last")
        kept.set("last", text=text)
        return "nothing" if found is None else str(found["text"])

    door = served(remember)
    assert door.run("a", api="remember", session="ann").data == ["nothing"]
    assert door.run("b", api="remember", session="ann").data == ["a"]
    assert door.run("c", api="remember", session="bob").data == ["nothing" if per_session else "b"]


def test_a_cache_is_filled_in_wherever_it_stands() -> None:
    """It is no input."""
    memory = gr.Cache()

    def ask(request: gr.Request, kept: gr.Cache = memory, text: str = "x") -> str:
        kept.set(text, method=request.method)
        return f"{len(kept)} {kept.keys()}"

    door = served(ask)
    assert door.run("a", api="ask").data == ["1 ['a']"]
    assert door.run("b", api="ask").data == ["2 ['a', 'b']"]


def test_a_cache_can_be_emptied() -> None:
    """What `get` gives is the caller's own."""
    kept = gr.Cache(max_size=2)
    kept.set("a", x=1)
    found = kept.get("a")
    assert found == {"x": 1}
    found["x"] = 2
    assert kept.get("a") == {"x": 1}
    kept.clear()
    assert (len(kept), kept.get("a"), kept.keys()) == (0, None, [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            lambda: gr.cache(3),  # type: ignore[call-overload]
            r"cache\(\) was given 3, which is no function",
        ),
        (lambda: gr.cache(max_memory="much")(print), "max_memory is 'much'; give bytes, or such as '5mb'"),
        (lambda: gr.Cache(max_memory="1pb"), "max_memory is '1pb'"),
    ],
)
def test_what_cannot_be_cached_is_refused(wrong: Callable[[], Any], said: str) -> None:
    """With what is wanted."""
    with pytest.raises(ConfigurationError, match=said):
        wrong()
