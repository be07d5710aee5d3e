"""The dev server's side of one execution environment."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from adapter.commands.dev import frames
from adapter.commands.dev.loader import Target

EXIT_SECONDS = 1.0
"""How long a process may take to end after it has closed its channel."""

PROGRAM = str(Path(__file__).with_name("__main__.py"))


class LoadFailed(Exception):
    """Raise when an environment cannot load the app; the message is the app's error, in one line."""


class EnvironmentDied(Exception):
    """Raise when an environment ended in the middle of something; the message says how."""


class InvocationTimedOut(Exception):
    """Raise when an invocation took longer than it may; its environment is killed."""


@dataclass(frozen=True, slots=True)
class Start:
    """What an environment is told before it loads the app.

    Attributes:
        target: what to load.
        defaults: settings that hold where the user has set none.
        overrides: settings that hold in any case.
        as_gradio: whether ``import gradio`` means this package.
        again: whether another environment has said already which options of the app do nothing here.
    """

    target: Target
    defaults: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    as_gradio: bool = False
    again: bool = False


class Process(Protocol):
    """A process that was started; `asyncio.subprocess.Process` is one."""

    @property
    def pid(self) -> int:
        """Its number."""
        ...

    @property
    def returncode(self) -> int | None:
        """Its exit code, or the negated number of the signal that ended it; ``None`` while it runs."""
        ...

    async def wait(self) -> int:
        """Return the exit code, as soon as there is one."""
        ...


Launch = Callable[[int], Awaitable[Process]]
"""Starts the process of an environment, given the descriptor of its channel."""

TellChanged = Callable[[list[str]], None]


async def spawned(descriptor: int) -> Process:
    """Start an environment as a process that has to import everything."""
    command = (sys.executable, "-u", PROGRAM, str(descriptor))
    return await asyncio.create_subprocess_exec(*command, pass_fds=(descriptor,))


class EnvironmentProcess:
    """A process that has loaded the app and answers one invocation at a time.

    Attributes:
        report: what it said when it had loaded the app: ``store``, ``files``, ``keys_in_memory``, ``in_browser``.
        invocations: how many it was given.
        gone: done when the process has ended.
    """

    def __init__(
        self,
        process: Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        tell_changed: TellChanged,
    ) -> None:
        self._process = process
        self._tell_changed = tell_changed
        self._reader = reader
        self._writer = writer
        self._ending = False
        self._messages: asyncio.Queue[frames.Message | None] = asyncio.Queue()
        self.report: frames.Message = {}
        self.invocations = 0
        self.gone = asyncio.create_task(self._watch())

    @classmethod
    async def start(
        cls, start: Start, *, launch: Launch = spawned, tell_changed: TellChanged = lambda _: None
    ) -> EnvironmentProcess:
        """Start a process and wait until it has loaded the app.

        Args:
            start: what it is told.
            launch: how the process comes into being.
            tell_changed: called with the names of the module-level data that an invocation has changed.

        Raises:
            LoadFailed: the app's code raised; its traceback is in the terminal.
            EnvironmentDied: the process ended without a word.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours)
            try:
                process = await launch(theirs.fileno())
            except BaseException:
                writer.close()
                raise
        environment = cls(process, reader, writer, tell_changed)
        try:
            await environment._send(asdict(start))
            report = await environment._next()
            if report["type"] == "failed":
                raise LoadFailed(report["error"])
        except BaseException:
            environment.kill()
            await asyncio.shield(environment.gone)
            raise
        environment.report = report
        return environment

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be given an invocation."""
        return not self._ending and self._process.returncode is None

    async def invoke(
        self, event: dict[str, Any], context: Mapping[str, Any], *, timeout_seconds: float | None
    ) -> frames.Message:
        """Return what the environment says of an invocation: a ``response``, an ``error`` or ``too large``.

        Time spent in a debugger does not count.

        Raises:
            EnvironmentDied: it ended before it answered.
            InvocationTimedOut: it took longer than ``timeout_seconds``; it is killed.
        """
        self.invocations += 1
        try:
            async with asyncio.timeout(timeout_seconds) as clock:
                await self._send({"event": event, "context": dict(context)})
                while True:
                    message = await self._next()
                    if message["type"] == "debugging":
                        clock.reschedule(None)
                    elif message["type"] == "changed":
                        self._tell_changed(message["names"])
                    else:
                        return message
        except TimeoutError:
            self.kill()
            raise InvocationTimedOut(f"no answer after {timeout_seconds:g} seconds") from None
        except EnvironmentDied:
            self.kill()
            raise

    def kill(self) -> None:
        """End the process at once, as Lambda may at any time."""
        self._ending = True
        if self._process.returncode is None:
            # not Popen.kill(), which may take the exit status away from asyncio
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)

    async def _watch(self) -> None:
        reading = asyncio.create_task(self._read())
        await self._process.wait()
        self._ending = True
        # a process that the app has started may hold the other end: read what is there, and no further
        channel: socket.socket = self._writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            channel.shutdown(socket.SHUT_RDWR)
        await reading
        self._writer.close()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()

    async def _read(self) -> None:
        while (message := await frames.read(self._reader)) is not None:
            self._messages.put_nowait(message)
        self._messages.put_nowait(None)

    async def _send(self, message: frames.Message) -> None:
        # a channel that is broken has no next message either, and that one tells how it ended
        with contextlib.suppress(ConnectionError):
            self._writer.write(frames.encode(message))
            await self._writer.drain()

    async def _next(self) -> frames.Message:
        message = await self._messages.get()
        if message is None:
            self._messages.put_nowait(None)
            raise EnvironmentDied(await self._how())
        return message

    async def _how(self) -> str:
        """Return how the process ended, which has closed its channel."""
        await asyncio.wait({self.gone}, timeout=EXIT_SECONDS)
        self.kill()
        code = await self._process.wait()
        return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
