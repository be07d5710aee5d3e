"""N execution environments: who is idle, who is next, and when one is replaced."""

from __future__ import annotations

import asyncio
import os
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from adapter.dev_server import frames
from adapter.dev_server.process import EnvironmentDied, EnvironmentProcess, LoadFailed

START_ATTEMPTS = 3
"""How often a start is tried that ends without a word (killed, out of memory)."""


class Pool:
    """Gives each invocation to one of the idle environments, chosen at random; waits while all are busy.

    Args:
        start: starts an environment and waits until it has loaded the app.
        size: how many environments serve.
        recycle: an environment is killed after so many invocations; its replacement is kept ready.
        timeout_seconds: of an invocation.
    """

    def __init__(
        self,
        start: Callable[[], Awaitable[EnvironmentProcess]],
        *,
        size: int = 1,
        recycle: int | None = None,
        timeout_seconds: float | None = None,
    ) -> None:
        self._start = start
        self._size = size
        self._recycle = recycle
        self._timeout_seconds = timeout_seconds
        self._idle: list[EnvironmentProcess] = []
        self._spare: list[EnvironmentProcess] = []
        self._busy: set[EnvironmentProcess] = set()
        self._leaving: set[EnvironmentProcess] = set()
        self._starting: set[asyncio.Task[None]] = set()
        # more of them at once than processors would only make the first one late
        self._processors = asyncio.Semaphore(os.cpu_count() or 1)
        self._waiting: deque[asyncio.Future[EnvironmentProcess]] = deque()
        self._failure: LoadFailed | None = None
        self._has_loaded = False
        self._closed = False
        self._report: frames.Message = {}
        self._settled = asyncio.Event()

    async def invoke(self, event: dict[str, Any], context: Mapping[str, Any]) -> frames.Message:
        """Return what an environment says of an invocation; see `EnvironmentProcess.invoke`.

        Raises:
            LoadFailed: the app does not load.
            EnvironmentDied: the environment ended before it answered.
            InvocationTimedOut: it took too long.
        """
        environment = await self._acquire()
        try:
            return await environment.invoke(event, context, timeout_seconds=self._timeout_seconds)
        finally:
            self._release(environment)

    def renew(self) -> None:
        """Replace all environments: the idle ones now, the busy ones when they have answered."""
        for task in self._starting:
            task.cancel()
        self._starting.clear()
        for environment in (*self._idle, *self._spare):
            self._leave(environment)
        self._idle.clear()
        self._spare.clear()
        self._leaving |= self._busy
        self._busy.clear()
        self._failure = None
        self._has_loaded = False
        self._settled.clear()
        self._bring()

    async def settled(self) -> frames.Message:
        """Wait until the newest code has loaded once; return what its environment reports.

        Raises:
            LoadFailed: it does not load.
        """
        await self._settled.wait()
        if self._failure is not None:
            raise self._failure
        return self._report

    async def close(self) -> None:
        """Kill all environments and wait until they are gone."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_exception(EnvironmentDied("the dev server is ending"))
        everybody = {*self._idle, *self._spare, *self._busy, *self._leaving}
        for environment in everybody:
            environment.kill()
        await asyncio.gather(*(member.gone for member in everybody), *self._starting, return_exceptions=True)

    @property
    def _members(self) -> int:
        return len(self._idle) + len(self._busy) + len(self._spare)

    async def _acquire(self) -> EnvironmentProcess:
        if self._failure is not None:
            if not self._has_loaded:
                raise self._failure
            # code that has loaded before may load again
            self._failure = None
            self._bring()
        if self._idle:
            environment = self._idle.pop(random.randrange(len(self._idle)))  # noqa: S311 - no secret
            self._busy.add(environment)
            return environment
        waiting: asyncio.Future[EnvironmentProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if not waiting.cancelled():
                self._release(waiting.result())
            raise

    def _release(self, environment: EnvironmentProcess) -> None:
        if environment in self._leaving:
            self._leave(environment)
            return
        self._busy.discard(environment)
        worn = self._recycle is not None and environment.invocations >= self._recycle
        if environment.is_alive and not worn:
            self._admit(environment)
        else:
            self._replace(environment)

    def _replace(self, environment: EnvironmentProcess) -> None:
        self._leave(environment)
        if self._closed:
            return
        if self._spare:
            self._admit(self._spare.pop())
        self._top_up()

    def _leave(self, environment: EnvironmentProcess) -> None:
        environment.kill()
        self._leaving.add(environment)
        environment.gone.add_done_callback(lambda _: self._leaving.discard(environment))

    def _admit(self, environment: EnvironmentProcess) -> None:
        """Let an environment serve whoever waits longest, or wait for somebody itself."""
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                self._busy.add(environment)
                waiting.set_result(environment)
                return
        if len(self._idle) + len(self._busy) < self._size:
            self._idle.append(environment)
        else:
            self._spare.append(environment)

    def _top_up(self) -> None:
        missing = self._size + (self._recycle is not None) - self._members - len(self._starting)
        for _ in range(missing):
            self._bring()

    def _bring(self) -> None:
        """Start one more environment; when it has loaded, all that are missing are started."""
        task = asyncio.create_task(self._start_one())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_one(self) -> None:
        try:
            environment = await self._started()
        except LoadFailed as failure:
            self._finish_start()
            self._fail(failure)
            return
        self._finish_start()
        environment.gone.add_done_callback(lambda _: self._lost(environment))
        self._has_loaded = True
        self._report = environment.report
        self._admit(environment)
        self._settled.set()
        self._top_up()

    def _finish_start(self) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._starting.discard(task)

    async def _started(self) -> EnvironmentProcess:
        for _ in range(START_ATTEMPTS):
            try:
                async with self._processors:
                    return await self._start()
            except EnvironmentDied as death:
                how = str(death)
        raise LoadFailed(f"the environment ended while it loaded the app, {START_ATTEMPTS} times ({how})")

    def _fail(self, failure: LoadFailed) -> None:
        if self._members or self._starting:
            return
        self._failure = failure
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_exception(failure)
        self._settled.set()

    def _lost(self, environment: EnvironmentProcess) -> None:
        """Replace an environment that ended while it had nothing to do."""
        for group in (self._idle, self._spare):
            if environment in group:
                group.remove(environment)
                self._replace(environment)
