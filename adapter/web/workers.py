"""Where calls run: at once, or in worker threads, where the event loop is somebody else's too.

An execution environment has one invocation at a time, and its loop nothing else to do. In a host app the loop answers
the host's other routes meanwhile; only functions that are ``async`` run on it, as they would in the host's own routes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, Protocol, TypeVar

import anyio
from anyio import to_thread

from adapter.calls import runner
from adapter.calls.call import Call, Step
from adapter.calls.endpoint import Endpoint
from adapter.calls.notices import Said
from adapter.state.warm_store import WarmStore

T = TypeVar("T")

MOST_THREADS = 40
"""Calls of an app that run at the same time; as many as Gradio has. They take none of the host's threads."""


class Workers(Protocol):
    """Runs calls."""

    def steps(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> AsyncGenerator[Said | Step, None]:
        """Run a call; yield what it says and gives, in order. Raises as ``runner.steps`` does."""
        ...

    async def result(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> Step:
        """Run a call to its end; see ``runner.result``."""
        ...

    async def check(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> None:
        """Ask an endpoint's validator; see ``runner.check``."""
        ...


class InPlace:
    """Runs calls where they are asked for; what they say comes with the next step."""

    async def steps(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> AsyncGenerator[Said | Step, None]:
        said: list[Said] = []
        failure: Exception | None = None
        try:
            async for step in runner.steps(endpoint, replace(call, notice=said.append), warm_store):
                for notice in said:
                    yield notice
                said.clear()
                yield step
        except Exception as error:  # noqa: BLE001 - raised below, when what was said before is told
            failure = error
        for notice in said:
            yield notice
        if failure is not None:
            raise failure

    async def result(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> Step:
        return await runner.result(endpoint, call, warm_store)

    async def check(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> None:
        await runner.check(endpoint, call, warm_store)


class InThreads:
    """Runs calls in worker threads; what they say comes as it is said."""

    def __init__(self) -> None:
        self._limiter: anyio.CapacityLimiter | None = None

    async def steps(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> AsyncGenerator[Said | Step, None]:
        host = asyncio.get_running_loop()
        said: asyncio.Queue[Said] = asyncio.Queue()

        def tell(notice: Said) -> None:
            host.call_soon_threadsafe(said.put_nowait, notice)

        loop = asyncio.new_event_loop()  # of this call alone; one thread at a time runs it
        steps = runner.steps(endpoint, replace(call, notice=tell, live=True, on_host=_on(host)), warm_store)
        pulling: asyncio.Task[Step | None] | None = None
        try:
            while True:
                pulling = asyncio.create_task(self._run(loop, _next(steps)))
                async for notice in _until(pulling, said):
                    yield notice
                step = await pulling
                if step is None:
                    return
                yield step
        finally:
            with anyio.CancelScope(shield=True):  # of a client that has gone; the call's lease must be given back
                if pulling is not None:
                    await asyncio.wait([pulling])
                await self._run(loop, _closed(steps))
                await self._run(loop, loop.shutdown_asyncgens())
                loop.close()

    async def result(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> Step:
        host = asyncio.get_running_loop()
        notice = call.notice

        def tell(said: Said) -> None:
            host.call_soon_threadsafe(notice, said)

        return await self._alone(runner.result(endpoint, replace(call, notice=tell, on_host=_on(host)), warm_store))

    async def check(self, endpoint: Endpoint, call: Call, warm_store: WarmStore) -> None:
        if endpoint.validator is not None:
            await self._alone(
                runner.check(endpoint, replace(call, on_host=_on(asyncio.get_running_loop())), warm_store)
            )

    async def _alone(self, work: Coroutine[Any, Any, T]) -> T:
        loop = asyncio.new_event_loop()
        try:
            return await self._run(loop, work)
        finally:
            loop.close()

    async def _run(self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(MOST_THREADS)
        return await to_thread.run_sync(loop.run_until_complete, work, limiter=self._limiter)


def _on(host: asyncio.AbstractEventLoop) -> Callable[[Awaitable[Any]], Awaitable[Any]]:
    """Return what awaits something on ``host``, asked from another thread's loop."""

    async def on_host(work: Awaitable[Any]) -> Any:
        done = asyncio.run_coroutine_threadsafe(_without_stop(work), host)
        ended, value = await asyncio.wrap_future(done)
        if ended:
            raise StopAsyncIteration
        return value

    return on_host


async def _without_stop(work: Awaitable[Any]) -> tuple[bool, Any]:
    """Return the end of an iteration as a value: a future cannot hold that exception."""
    try:
        return False, await work
    except StopAsyncIteration:
        return True, None


async def _next(steps: AsyncIterator[Step]) -> Step | None:
    return await anext(steps, None)


async def _closed(steps: Any) -> None:
    await steps.aclose()


async def _until(done: asyncio.Task[Any], said: asyncio.Queue[Said]) -> AsyncIterator[Said]:
    """Yield what is said until ``done`` is, and what was said before that."""
    while not done.done():
        getting = asyncio.create_task(said.get())
        try:
            await asyncio.wait([done, getting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            if not getting.done():
                getting.cancel()
        if getting.done() and not getting.cancelled():
            yield getting.result()
    while not said.empty():
        yield said.get_nowait()
