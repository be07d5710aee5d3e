"""Two apps in one process are two apps: each has its own state, files, folders, scripts and drawings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.settings import Settings
from adapter.state.open_spaces import use_space
from tests.support.http import Door

first_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="first")
second_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="second")
shared_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="shared")
first_visits = gr.GlobalCounter("first-visits")


@pytest.fixture(autouse=True)
def none_open() -> Iterator[None]:
    """Leave no app open to other tests, and find none."""
    use_space(None)
    yield
    use_space(None)


def add_first(score: int) -> list[int]:
    """Add to the first app's scores."""
    first_scores.append(score)
    first_visits.add()
    return list(first_scores)


def add_second(score: int) -> list[int]:
    """Add to the second app's scores."""
    second_scores.append(score)
    return list(second_scores)


def add_shared(score: int) -> list[int]:
    """Add to scores that both apps have."""
    shared_scores.append(score)
    return list(shared_scores)


def opened(fn: Any, folder: Path, name: str) -> Door:
    """Return an app around ``fn`` with a store of its own."""
    settings = Settings(store=f"sqlite:///{folder / name}.db", files=str(folder / name))
    return Door(gr.handler(gr.Interface(fn, "number", "json", api_name="add"), settings=settings))


def add(door: Door, score: int) -> Any:
    """Call the app's function."""
    return door("POST", "/gradio_api/run/add", json={"data": [score]}).json["data"][0]


def test_a_global_outside_a_call_is_that_of_the_app_whose_functions_use_it(tmp_path: Path) -> None:
    """Whichever app was opened last."""
    one, two = opened(add_first, tmp_path, "one"), opened(add_second, tmp_path, "two")
    first_scores.append(1)
    second_scores.append(10)
    first_visits.add(5)
    assert (add(one, 2), add(two, 20)) == ([1, 2], [10, 20])
    assert (first_scores.value, second_scores.value, first_visits.value) == ([1, 2], [10, 20], 6)
    first_scores.set([])
    assert (add(one, 3), second_scores.value) == ([3], [10, 20])


def test_a_global_that_both_apps_use_is_outside_a_call_that_of_the_last_one(tmp_path: Path) -> None:
    """In a call it is the app's of the call, always."""
    one, two = opened(add_shared, tmp_path, "one"), opened(add_shared, tmp_path, "two")
    shared_scores.append(10)
    assert (add(one, 1), add(two, 20)) == ([1], [10, 20])


def test_threads_that_open_an_app_each_have_their_own(tmp_path: Path) -> None:
    """What a thread asks outside a call is the app's that it opened, while others open theirs."""
    together = threading.Barrier(4)
    found: dict[str, Any] = {}

    def run(name: str, number: int) -> None:
        door = opened(add_shared, tmp_path, name)
        together.wait(20)
        shared_scores.append(number)
        together.wait(20)
        found[name] = add(door, number + 1), shared_scores.value

    threads = [threading.Thread(target=run, args=(f"app-{number}", number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {f"app-{number}": ([number, number + 1], [number, number + 1]) for number in range(4)}
