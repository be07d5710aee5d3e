"""Endpoints whose functions change module-level data: generators, methods of objects, async functions, reruns."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from adapter.app.plain_globals.sharing import bound_anew
from adapter.calls import runner
from adapter.calls.call import Call
from adapter.calls.endpoint import Concurrency, Endpoint
from adapter.components.data import JSON
from adapter.components.number import Number
from adapter.components.text import Textbox
from tests.plain_globals.conftest import App


def endpoint(fn: Callable[..., Any], *, inputs: int = 1, concurrency: Concurrency | None = None) -> Endpoint:
    """Return an endpoint with some texts in, and JSON out."""
    return Endpoint(fn, name="f", inputs=[Textbox() for _ in range(inputs)], outputs=[JSON()], concurrency=concurrency)


def run(app: App, one: Endpoint, *data: Any) -> Any:
    """Return what a call answers at its end."""
    return asyncio.run(runner.result(one, Call(data=data), app.warm_store)).data[0]


def at_once(app: App, one: Endpoint, names: list[str]) -> None:
    """Make a call with each name, all at the same time, as environments would."""
    errors: list[BaseException] = []

    def call(name: str) -> None:
        try:
            run(app, one, name)
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=call, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors


STREAMS = {
    "changed first": """
        import time
        log = []
        def f(name):
            log.append([name, ""])
            for letter in "ab":
                log[-1][1] += letter
                time.sleep(0.02)
                yield log
    """,
    "changed last": """
        import time
        log = []
        def f(name):
            seen = len(log)
            for letter in "ab":
                time.sleep(0.02)
                yield [letter, seen]
            log.append([name, "ab"])
            yield log
    """,
    "bound anew": """
        import time
        log = []
        def f(name):
            global log
            for letter in "ab":
                time.sleep(0.02)
                yield [letter]
            log = log + [[name, "ab"]]
            yield log
    """,
    "by another name": """
        import time
        log = []
        def f(name):
            mine = log
            mine.append([name, ""])
            for letter in "ab":
                mine[-1][1] += letter
                yield mine
    """,
    "async": """
        import asyncio
        log = []
        async def f(name):
            await asyncio.sleep(0.01)
            log.append([name, "ab"])
            yield log
            await asyncio.sleep(0.02)
            yield log
    """,
}


@pytest.mark.parametrize("case", STREAMS)
def test_generators_at_the_same_time_lose_nothing(case: str, app: App) -> None:
    """What streams to several visitors keeps each one's change, whenever it makes it, and fails nobody."""
    app.load(STREAMS[case])
    at_once(app, endpoint(app.module.f), list("uvwxyz"))
    assert sorted(app.stored("log")) == [[name, "ab"] for name in "uvwxyz"]


def test_plain_functions_wait_for_a_generator_that_changes_the_same(app: App) -> None:
    """A message that is sent while an answer streams is there afterwards, and so is the answer."""
    app.load("""
        import time
        log = []
        def answer(name):
            log.append(name)
            for _ in range(5):
                time.sleep(0.02)
                yield [name]
        def say(name):
            log.append(name)
            return list(log)
    """)
    streaming = threading.Thread(target=lambda: run(app, endpoint(app.module.answer), "answer"))
    streaming.start()
    for number in range(3):
        time.sleep(0.01)
        run(app, endpoint(app.module.say), str(number))
    streaming.join()
    assert sorted(app.stored("log")) == ["0", "1", "2", "answer"]


def test_a_method_of_an_object_at_module_level_is_that_of_the_calls_copy(app: App) -> None:
    """``click(game.move)`` and ``click(log.append)`` change the shared object, without its name in any function."""
    module = app.load(
        """
        import functools
        class Game:
            def __init__(self):
                self.moves = []
            def move(self, what, times=1):
                self.moves += [what] * times
                return self.moves
        game, log = Game(), []
        twice = functools.partial(game.move, times=2)
        FUNCTIONS = (game.move, twice, log.append)
        """,
        functions="FUNCTIONS",
    )
    move, twice, append = (endpoint(bound_anew(one, app.shared.values())) for one in module.FUNCTIONS)
    assert run(app, move, "a") == ["a"]
    app.warm_store.cache.clear()
    assert run(app, twice, "b") == ["a", "b", "b"]
    run(app, append, "c")
    assert app.stored("log") == ["c"]


def test_async_functions_that_run_at_the_same_time_add_up(app: App) -> None:
    """Two calls in one event loop that wait in the middle do not see each other, and run again where they must."""
    app.load("""
        import asyncio
        n = 0
        async def f(step):
            global n
            before = n
            await asyncio.sleep(0.01)
            assert n == before
            n = n + int(step)
            return n
    """)
    one = Endpoint(app.module.f, name="f", inputs=[Number()], outputs=[Number()])

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*(runner.result(one, Call(data=[1]), app.warm_store) for _ in range(3)))

    answers = sorted(step.data[0] for step in asyncio.run(all_of_them()))
    assert answers == [1, 2, 3]
    assert app.stored("n") == 3
