"""An execution environment as AWS makes it: its runtime client under its runtime interface emulator.

Source: https://github.com/aws/aws-lambda-runtime-interface-emulator
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import os
import signal
import socket
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from adapter.commands.dev import frames
from adapter.commands.dev.process import EnvironmentDied, InvocationTimedOut, LoadFailed, Start

START = "ADAPTER_DEV_START"
"""The variable that tells the runtime what to load, as JSON."""

REPORT_WANTED = "adapter.commands.dev.report"
"""The key of the event that asks how the app has loaded."""

INVOKE_PATH = "/2015-03-31/functions/function/invocations"
"""Source: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"""

LONGEST_SECONDS = 900
"""The longest time that Lambda gives an invocation."""

LOAD_SECONDS = 60
"""How long an app may load. The emulator counts it as part of the first invocation."""

MEMORY_MB = 1_024
"""What the runtime is told; nothing is limited here."""

_PACKAGE = Path(__file__).resolve().parents[3]
_TRIES_A_SECOND = 100


class RieEnvironment:
    """An emulator with a runtime behind it; given one invocation at a time, since it fails at two.

    Attributes:
        report: what the app's handler said when it was loaded.
        invocations: how many it was given.
        gone: done when the emulator has ended; its runtime follows it.
    """

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self._port = port
        self._ending = False
        self._turn = asyncio.Lock()
        self._runtime: int | None = None
        self.report: frames.Message = {}
        self.invocations = 0
        self.gone = asyncio.create_task(self._watch())

    @classmethod
    async def start(cls, start: Start, *, emulator: str, name: str, timeout_seconds: float | None) -> RieEnvironment:
        """Start an emulator and wait until its runtime has loaded the app.

        Args:
            start: what to load.
            emulator: the program's path.
            name: the function's.
            timeout_seconds: of an invocation.

        Raises:
            LoadFailed: the app's code raised; its traceback is in the terminal.
            EnvironmentDied: the emulator or the runtime ended without a word.
        """
        seconds = LONGEST_SECONDS if timeout_seconds is None else timeout_seconds
        limit = math.ceil(seconds) + LOAD_SECONDS
        told = {**asdict(start), "later_ms": int((limit - seconds) * 1_000), "dev_server": os.getpid()}
        port, runtime_port = _free_ports()
        process = await asyncio.create_subprocess_exec(
            *(emulator, "--log-level", "error"),
            *("--runtime-interface-emulator-address", f"127.0.0.1:{port}"),
            *("--runtime-api-address", f"127.0.0.1:{runtime_port}"),
            *(sys.executable, "-u", "-m", "awslambdaric", "adapter.commands.dev.rie_handler.handler"),
            env=_variables(told, name, limit),
            stdin=asyncio.subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the whole terminal; the dev server decides who ends
        )
        environment = cls(process, port)
        try:
            await environment._listens()
            answer = await environment._exchange({REPORT_WANTED: True})
            if answer["type"] == "error":
                raise EnvironmentDied(answer["error"])
            environment.report = answer["response"]
            environment._runtime = os.pidfd_open(environment.report["pid"])
            if environment.report["type"] == "failed":
                raise LoadFailed(environment.report["error"])
        except BaseException:
            environment.kill()
            await asyncio.shield(environment.gone)
            raise
        return environment

    @property
    def is_alive(self) -> bool:
        """Whether it can be given an invocation."""
        return not self._ending and self._process.returncode is None

    async def invoke(
        self, event: dict[str, Any], context: Mapping[str, Any], *, timeout_seconds: float | None
    ) -> frames.Message:
        """Return what the runtime says of an invocation; the context is the runtime's own.

        Raises:
            EnvironmentDied: the runtime ended before it answered.
            InvocationTimedOut: it took longer than ``timeout_seconds``; it is killed.
        """
        self.invocations += 1
        async with self._turn:
            try:
                async with asyncio.timeout(timeout_seconds):
                    return await self._exchange(event)
            except TimeoutError:
                self.kill()
                raise InvocationTimedOut(f"no answer after {timeout_seconds:g} seconds") from None
            except EnvironmentDied:
                self.kill()
                raise

    def kill(self) -> None:
        """End the emulator and its runtime at once."""
        self._ending = True
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        if self._runtime is not None:
            # by its descriptor: a runtime that has ended by itself may have left its number to another process
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._runtime, signal.SIGKILL)
            os.close(self._runtime)
            self._runtime = None

    async def _watch(self) -> None:
        await self._process.wait()
        self.kill()

    async def _listens(self) -> None:
        """Wait until the emulator takes connections."""
        for _ in range(LOAD_SECONDS * _TRIES_A_SECOND):
            if self.gone.done():
                break
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self._port)
            except OSError:
                await asyncio.sleep(1 / _TRIES_A_SECOND)
                continue
            writer.close()
            return
        raise EnvironmentDied(f"the emulator does not listen on port {self._port}")

    async def _exchange(self, event: Mapping[str, Any]) -> frames.Message:
        body = json.dumps(event).encode()
        # HTTP/1.0: the answer comes in one piece and ends with the connection
        head = f"POST {INVOKE_PATH} HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
            try:
                writer.write(head.encode() + body)
                await writer.drain()
                answer = await reader.read(-1)
            finally:
                writer.close()
        except OSError as error:
            raise EnvironmentDied(f"the emulator broke off: {error.strerror or error}") from None
        top, _, payload = answer.partition(b"\r\n\r\n")
        return _message(top.partition(b"\r\n")[0], payload)


def _message(status: bytes, payload: bytes) -> frames.Message:
    """Return the emulator's answer as the dev server has it of an environment of its own."""
    try:
        content = json.loads(payload)
    except ValueError:
        raise EnvironmentDied(payload.decode(errors="replace").strip() or "the emulator answered nothing") from None
    is_error = isinstance(content, dict) and {"errorType", "errorMessage"} <= content.keys()
    if is_error and content["errorType"].startswith("Runtime."):
        raise EnvironmentDied(content["errorMessage"])
    if is_error or b" 200 " not in status:
        return {"type": "error", "error": f"{content['errorType']}: {content['errorMessage']}"}
    return {"type": "response", "response": content}


def _variables(told: Mapping[str, Any], name: str, limit_seconds: int) -> dict[str, str]:
    inherited = dict(os.environ)  # noqa: TID251 - the runtime has the user's own variables, as the other environments
    return {
        **inherited,
        START: json.dumps(told),
        "PYTHONPATH": os.pathsep.join(filter(None, (str(_PACKAGE), inherited.get("PYTHONPATH")))),
        "LAMBDA_TASK_ROOT": told["target"]["folder"],
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_TIMEOUT": str(limit_seconds),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(MEMORY_MB),
    }


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]
