"""A far network between a client and the app: every answer is on its way for a while."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

from tests.support.loopback import serving

PATIENCE_SECONDS = 60.0


class FarNetwork:
    """Passes requests on at once and their answers later.

    Attributes:
        url: under which the app is seen through it, without a slash at the end.
    """

    def __init__(self) -> None:
        self.url = ""
        self._left: dict[str, int] = {}
        self._changed = threading.Condition()

    def answers(self, path: str) -> int:
        """Return how many answers to requests for ``path`` have left the app."""
        with self._changed:
            return self._left.get(path, 0)

    def wait_for_answer(self, path: str, after: int) -> None:
        """Wait until more than ``after`` answers to requests for ``path`` have left the app, still on their way."""
        with self._changed:
            came = self._changed.wait_for(lambda: self._left.get(path, 0) > after, PATIENCE_SECONDS)
        assert came, f"no answer to {path} left the app in {PATIENCE_SECONDS:g} s"

    def note(self, path: str) -> None:
        """Note that an answer has left the app."""
        with self._changed:
            self._left[path] = self._left.get(path, 0) + 1
            self._changed.notify_all()


@contextmanager
def far_network(upstream: str, latency: Callable[[str], float]) -> Iterator[FarNetwork]:
    """Run a network in front of ``upstream``, on a free port of the loopback.

    Args:
        upstream: an address, without a slash at the end.
        latency: returns how long an answer from a path is on its way, in seconds.
    """
    network = FarNetwork()
    ending = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection = http.client.HTTPConnection(urlsplit(upstream).netloc, timeout=PATIENCE_SECONDS)
            try:
                connection.request(self.command, self.path, body, dict(self.headers.items()))
                answer = connection.getresponse()
                payload = answer.read()
            finally:
                connection.close()
            path = urlsplit(self.path).path
            seconds = latency(path)
            network.note(path)
            ending.wait(seconds)
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        do_GET = do_POST = _pass  # noqa: N815 - http.server looks for these names

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output clean."""

    with serving(Handler) as url:
        network.url = url
        try:
            yield network
        finally:
            ending.set()
