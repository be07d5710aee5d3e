"""N execution environments: who is idle, who is next, and when one is replaced."""

from __future__ import annotations

import asyncio
import os
import random
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from adapter.commands.dev import frames
from adapter.commands.dev.process import EnvironmentDied, LoadFailed

START_ATTEMPTS = 3
"""How often a start is tried that ends without a word (killed, out of memory)."""


class Environment(Protocol):
    """What has loaded the app and answers one invocation at a time; a process, or an emulator with one behind it.

    Attributes:
        report: what it said when it had loaded the app: ``store``, ``files``, ``keys_in_memory``, ``in_browser``.
        invocations: how many it was given.
        gone: done when it has ended.
    """

    report: frames.Message
    invocations: int
    gone: asyncio.Task[None]

    @property
    def is_alive(self) -> bool:
        """Whether it can be given an invocation."""
        ...

    async def invoke(
        self, event: dict[str, Any], context: Mapping[str, Any], *, timeout_seconds: float | None
    ) -> frames.Message:
        """Return what it says of an invocation: a ``response``, an ``error`` or ``too large``.

        Raises:
            EnvironmentDied: it ended before it answered.
            InvocationTimedOut: it took longer than ``timeout_seconds``; it is killed.
        """
        ...

    def kill(self) -> None:
        """End it at once, as Lambda may at any time."""
        ...


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
        start: Callable[[], Awaitable[Environment]],
        *,
        size: int = 1,
        recycle: int | None = None,
        timeout_seconds: float | None = None,
    ) -> None:
        self._start = start
        self._size = size
        self._recycle = recycle
        self._timeout_seconds = timeout_seconds
        self._idle: list[Environment] = []
        self._spare: list[Environment] = []
        self._busy: set[Environment] = set()
        self._leaving: set[Environment] = set()
        self._starting: set[asyncio.Task[None]] = set()
        # more of them at once than processors would only make the first one late
        self._processors = asyncio.Semaphore(os.cpu_count() or 1)
        self._waiting: deque[asyncio.Future[Environment]] = deque()
        self._failure: LoadFailed | None = None
        self._has_loaded = False
        self._closed = False
        self._report: frames.Message = {}
        self._settled = asyncio.Event()

    async def invoke(self, event: dict[str, Any], context: Mapping[str, Any]) -> frames.Message:
        """Return what an environment says of an invocation; see `Environment.invoke`.

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

    async def _acquire(self) -> Environment:
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
        waiting: asyncio.Future[Environment] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        try:
            return await waiting
        except asyncio.CancelledError:
            if not waiting.cancelled():
                self._release(waiting.result())
            raise

    def _release(self, environment: Environment) -> None:
        if environment in self._leaving:
            self._leave(environment)
            return
        self._busy.discard(environment)
        worn = self._recycle is not None and environment.invocations >= self._recycle
        if environment.is_alive and not worn:
            self._admit(environment)
        else:
            self._replace(environment)

    def _replace(self, environment: Environment) -> None:
        self._leave(environment)
        if self._closed:
            return
        if self._spare:
            self._admit(self._spare.pop())
        self._top_up()

    def _leave(self, environment: Environment) -> None:
        environment.kill()
        self._leaving.add(environment)
        environment.gone.add_done_callback(lambda _: self._leaving.discard(environment))

    def _admit(self, environment: Environment) -> None:
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

    async def _started(self) -> Environment:
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

    def _lost(self, environment: Environment) -> None:
        """Replace an environment that ended while it had nothing to do."""
        for group in (self._idle, self._spare):
            if environment in group:
                group.remove(environment)
                self._replace(environment)
