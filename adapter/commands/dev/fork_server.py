"""Environments as forks of one process that has imported what every app needs: they start in an eighth of the time.

The dev server asks the fork server for an environment by sending the descriptor of its channel; the fork
server answers with the process's number, and tells later how it ended. It imports nothing of an app's and has
one thread, so that a fork is a process like any other that has just started.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import selectors
import signal
import socket
import sys
from collections import deque
from importlib import import_module

from adapter.commands.dev import frames
from adapter.commands.dev.process import PROGRAM, EnvironmentDied

IMPORTED = ("adapter.aws_lambda.handler", "adapter.web.app", "adapter.app.interface", "adapter.app.chat.interface")
"""What is there in each environment from the beginning, with all that it imports; none of it is an app's."""

FORKING = "fork"
"""The argument that makes the environments' program a fork server."""


class Fork:
    """A process that the fork server has started, as `asyncio.subprocess.Process` shows one.

    Attributes:
        pid: its number.
        returncode: its exit code, or the negated number of the signal that ended it; ``None`` while it runs.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def wait(self) -> int:
        """Return the exit code, as soon as there is one."""
        return await asyncio.shield(self._ended)

    def end(self, code: int) -> None:
        """Take note that it has ended."""
        self.returncode = code
        self._ended.set_result(code)


class ForkServer:
    """The dev server's side; the process is started when the first environment is wanted."""

    def __init__(self) -> None:
        self._control: socket.socket | None = None
        self._reading: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._wanted: deque[asyncio.Future[Fork]] = deque()
        self._forks: dict[int, Fork] = {}

    async def launch(self, descriptor: int) -> Fork:
        """Start an environment that finds its channel at ``descriptor``.

        Raises:
            EnvironmentDied: the fork server has ended; the next call starts another one.
        """
        async with self._starting:
            control = self._control or await self._start()
        wanted: asyncio.Future[Fork] = asyncio.get_running_loop().create_future()
        self._wanted.append(wanted)
        with contextlib.suppress(OSError):  # it has ended, which `_read` is about to find
            socket.send_fds(control, [b"+"], [descriptor])
        return await wanted

    async def close(self) -> None:
        """End the fork server; the environments end by themselves, each with its channel."""
        if self._control is not None:
            with contextlib.suppress(OSError):
                self._control.shutdown(socket.SHUT_RDWR)
        if self._reading is not None:
            await self._reading

    async def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours)
            try:
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-u", PROGRAM, str(theirs.fileno()), FORKING, pass_fds=(theirs.fileno(),)
                )
            except BaseException:
                writer.close()
                raise
        self._control = ours
        self._reading = asyncio.create_task(self._read(process, reader, writer))
        return ours

    async def _read(
        self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while (message := await frames.read(reader)) is not None:
            if "code" in message:
                self._forks.pop(message["pid"]).end(message["code"])
                continue
            fork = self._forks[message["pid"]] = Fork(message["pid"])
            wanted = self._wanted.popleft()
            if not wanted.done():  # else its channel is closed already, and it ends by itself
                wanted.set_result(fork)
        self._control = None
        writer.close()
        forks, self._forks = self._forks, {}
        for fork in forks.values():  # nobody could say any more when they end
            with contextlib.suppress(ProcessLookupError):
                os.kill(fork.pid, signal.SIGKILL)
            fork.end(-signal.SIGKILL)
        while self._wanted:
            wanted = self._wanted.popleft()
            if not wanted.done():
                wanted.set_exception(EnvironmentDied("the process that it is a fork of has ended"))
        await process.wait()


def serve(descriptor: int) -> int:
    """Fork whenever the dev server asks for it, until it is gone.

    Args:
        descriptor: the open file descriptor of the line to the dev server.

    Returns:
        In each fork, and only there: the descriptor of its channel.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the dev server decides who ends
    for name in IMPORTED:
        import_module(name)
    gc.collect()
    gc.freeze()  # or each fork's first collection would copy all that it shares
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    signal.set_wakeup_fd(waker.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    with control, woken, waker, selectors.DefaultSelector() as selector:
        selector.register(control, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        try:
            channel = _until_forked(control, woken, selector)
        except ConnectionError:  # the dev server was killed
            os._exit(0)
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    return channel


def _until_forked(control: socket.socket, woken: socket.socket, selector: selectors.BaseSelector) -> int:
    """Answer the dev server; return in the forks, each with the descriptor of its channel."""
    while True:
        ready = {key.fileobj for key, _ in selector.select()}
        if woken in ready:
            woken.recv(4_096)
            _tell_ended(control)
        if control in ready:
            _, channels, _, _ = socket.recv_fds(control, 1, 1)
            if not channels:
                os._exit(0)
            pid = os.fork()
            if pid == 0:
                return channels[0]
            os.close(channels[0])
            control.sendall(frames.encode({"pid": pid}))


def _tell_ended(control: socket.socket) -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        control.sendall(frames.encode({"pid": pid, "code": os.waitstatus_to_exitcode(status)}))
