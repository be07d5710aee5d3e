"""An execution environment's side: load the app once, then answer one invocation after another."""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import socket
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

from adapter.app.plain_globals.watching import Watch
from adapter.aws_lambda.events import RESPONSE_LIMIT_BYTES
from adapter.commands.dev import as_served, frames, loader, tracebacks
from adapter.compat import warnings
from adapter.settings import Settings


@dataclass(frozen=True, slots=True)
class LambdaContext:
    """What Lambda's Python runtime passes as ``context``.

    Source: https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
    """

    aws_request_id: str
    deadline_ms: int | None
    function_name: str
    memory_limit_in_mb: int
    invoked_function_arn: str
    log_group_name: str
    log_stream_name: str
    function_version: str = "$LATEST"
    identity: None = None
    client_context: None = None

    def get_remaining_time_in_millis(self) -> int:
        """Return the milliseconds until the invocation is ended; 15 minutes where it has no limit."""
        if self.deadline_ms is None:
            return 900_000
        return max(0, self.deadline_ms - int(time.time() * 1_000))

    def log(self, text: str) -> None:
        """Write to the log, which is the terminal."""
        sys.stdout.write(text)


class Channel:
    """The line to the dev server; the process ends as soon as the other end is gone."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._socket.set_inheritable(False)
        self._sending = threading.Lock()
        self._received: queue.SimpleQueue[frames.Message] = queue.SimpleQueue()
        threading.Thread(target=self._receive, name="adapter-channel", daemon=True).start()

    def get(self) -> frames.Message:
        """Return the next message, waiting for it."""
        return self._received.get()

    def send(self, message: frames.Message) -> None:
        """Send a message."""
        frame = frames.encode(message)
        with self._sending:
            self._socket.sendall(frame)

    def _receive(self) -> None:
        while (message := frames.receive(self._socket)) is not None:
            self._received.put(message)
        os._exit(0)


def main(descriptor: int) -> None:
    """Serve until the dev server is gone.

    Args:
        descriptor: the open file descriptor of the channel.
    """
    # Ctrl-C reaches the whole terminal; the dev server decides who ends
    signal.signal(signal.SIGINT, lambda *_: None)
    channel = Channel(descriptor)
    start = channel.get()
    handler, report = load(start)
    channel.send(report)
    if handler is None:
        return
    watch = Watch(start["target"]["module"] or "__main__")
    sys.addaudithook(_debugger_hook(channel))
    while True:
        message = channel.get()
        answer = _invoke(handler, message["event"], LambdaContext(**message["context"]))
        changed = watch.changes()
        if changed:
            channel.send({"type": "changed", "names": changed})
        channel.send(answer)


def load(start: frames.Message) -> tuple[loader.Handler | None, frames.Message]:
    """Load the app.

    Args:
        start: a `process.Start` as a dict.

    Returns:
        The app's handler, and what the dev server is told; ``None`` if the app raised, which is printed.
    """
    environ = os.environ  # noqa: TID251 - the parent's choices are written where the settings are read
    for name, value in start["defaults"].items():
        if not environ.get(name):
            environ[name] = value
    environ.update(start["overrides"])
    if start["again"]:
        logging.getLogger("adapter.app.launching").setLevel(logging.ERROR)
        warnings.silence()
    if start["as_gradio"]:
        from adapter.commands.dev import as_gradio

        as_gradio.install()
    as_served.install()
    target = loader.Target(**start["target"])
    try:
        handler = loader.load(target)
        settings = Settings.from_environment()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever the app raises is told to the dev server
        tracebacks.show(error)
        return None, {"type": "failed", "error": tracebacks.summary(error)}
    keys_are_ours = ",".join(settings.session_keys) == start["defaults"].get("ADAPTER_SESSION_KEYS")
    kept = {"store": settings.store, "files": settings.files, "keys_in_memory": keys_are_ours}
    in_browser = getattr(getattr(handler, "demo", None), "in_browser", False)  # a handler may be any function
    return handler, {"type": "ready", "in_browser": in_browser, **kept}


def _invoke(handler: loader.Handler, event: dict[str, Any], context: LambdaContext) -> frames.Message:
    try:
        answer = handler(event, context)
        size = len(json.dumps(answer, ensure_ascii=False).encode(errors="replace"))
    except Exception as error:  # noqa: BLE001 - Lambda's runtime answers for any of them
        tracebacks.show(error)
        return {"type": "error", "error": tracebacks.summary(error)}
    if size > RESPONSE_LIMIT_BYTES:
        return {"type": "too large", "size": size}
    return {"type": "response", "response": answer}


def _debugger_hook(channel: Channel) -> Any:
    """Tell the dev server when a debugger takes over, so that the invocation's time stands still."""

    def hook(event: str, _: Any) -> None:
        if event in ("builtins.breakpoint", "sys.settrace"):
            channel.send({"type": "debugging"})

    return hook
