"""A network between a client and DynamoDB that counts requests and loses replies."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from tests.support.loopback import serving


@dataclass
class LossyProxy:
    """A proxy in front of ``upstream``.

    Attributes:
        upstream: an address, without a slash at the end.
        url: the proxy's own.
        seen: the operations that came through, in order: ``["GetItem", "UpdateItem"]``.
    """

    upstream: str
    url: str = ""
    seen: list[str] = field(default_factory=list)
    _losing: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    _refusing: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def lose_reply(self, operation: str, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Break the connection once ``operation`` is done upstream, in place of its next reply.

        Args:
            operation: such as ``UpdateItem``.
            meanwhile: what others do between the operation and the client's next try.
        """
        with self._guard:
            self._losing.append((operation, meanwhile))

    def refuse(self, operation: str, code: str, status: int, *, times: int) -> None:
        """Answer the next ``times`` requests for ``operation`` with an error, in the upstream's place."""
        with self._guard:
            self._refusing[operation] = (code, status, times)

    def refused(self, operation: str) -> tuple[str, int] | None:
        """Return the error that answers ``operation`` now, if one does."""
        with self._guard:
            code, status, times = self._refusing.get(operation, ("", 0, 0))
            if times <= 0:
                return None
            self._refusing[operation] = (code, status, times - 1)
            return code, status

    def passed(self, operation: str) -> Callable[[], None] | None:
        """Note that ``operation`` was done and return what happens instead of a reply, if it gets none."""
        with self._guard:
            self.seen.append(operation)
            for index, (losing, meanwhile) in enumerate(self._losing):
                if losing == operation:
                    del self._losing[index]
                    return meanwhile
            return None


@contextmanager
def lossy_proxy(upstream: str) -> Iterator[LossyProxy]:
    """Run a proxy in front of ``upstream``, on a free port of the loopback."""
    proxy = LossyProxy(upstream)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            operation = self.headers.get("X-Amz-Target", "").rpartition(".")[2]
            refusal = proxy.refused(operation)
            if refusal is not None:
                self._answer(refusal[1], json.dumps({"__type": refusal[0], "message": "as the test says"}).encode())
                return
            connection = http.client.HTTPConnection(urlsplit(upstream).netloc, timeout=30)
            try:
                connection.request("POST", self.path, body, dict(self.headers.items()))
                answer = connection.getresponse()
                payload = answer.read()
            finally:
                connection.close()
            instead = proxy.passed(operation)
            if instead is not None:
                instead()
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def _answer(self, status: int, payload: bytes) -> None:
            self.send_response_only(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    with serving(Handler) as url:
        proxy.url = url
        yield proxy
