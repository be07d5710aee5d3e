"""A stand-in for Lambda's Runtime API: hands out one event, and notes when it was answered.

Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARN = "arn:aws:lambda:eu-central-1:123456789012:function:benchmark"
REQUEST_ID = "6f1d5f0e-3a2b-4c8d-9e7f-0a1b2c3d4e5f"


@dataclass
class Invocation:
    """One event and what became of it.

    Attributes:
        event: what the function is handed.
        taken: whether the runtime has asked for it.
        answered: set when ``answer`` stands.
        answer: the function's, or the error that the runtime reported.
        seconds: when the answer came, on the clock of `time.perf_counter`.
    """

    event: dict[str, Any]
    taken: bool = False
    answered: threading.Event = field(default_factory=threading.Event)
    answer: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0


class RuntimeAPI(ThreadingHTTPServer):
    """Hands `invocation` out once; who asks for a second one waits until its own process ends."""

    daemon_threads = True
    invocation: Invocation

    @property
    def address(self) -> str:
        """Host and port, as ``AWS_LAMBDA_RUNTIME_API`` has them."""
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of connections that end because their process was ended."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RuntimeAPI

    def do_GET(self) -> None:
        """Hand out the event: ``/2018-06-01/runtime/invocation/next``."""
        invocation = self.server.invocation
        if invocation.taken:
            self.rfile.read(1)  # there is nothing more to read: this waits until the process has ended
            self.close_connection = True
            return
        invocation.taken = True
        body = json.dumps(invocation.event).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Lambda-Runtime-Aws-Request-Id", REQUEST_ID)
        self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1_000) + 30_000))
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", ARN)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        """Take the answer, or the error of the handler or of its import."""
        invocation = self.server.invocation
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not invocation.answered.is_set():
            invocation.seconds = time.perf_counter()
            invocation.answer = json.loads(body or "{}")
            invocation.answered.set()
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def runtime_api() -> Iterator[RuntimeAPI]:
    """Run a Runtime API on a free port of the loopback."""
    server = RuntimeAPI(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
