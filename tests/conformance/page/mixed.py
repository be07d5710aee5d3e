"""A page of one make in front of an API of the other, from one address."""

from __future__ import annotations

import http.client
import json
import mimetypes
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol
from urllib.parse import urlsplit

from adapter.web.page.document import page
from adapter.web.page.files import page_files
from tests.support.dev import ROOT
from tests.support.loopback import serving

FOUND = next(ROOT.glob(".venv-gradio/lib/python3*/site-packages/gradio/templates/frontend"), None)
FRONTEND = FOUND and FOUND.resolve()

MARK = re.compile(r"\{\{ (.*?) \}\}")
"""What Gradio fills in in its page's document."""

OWN_HEADERS = ("connection", "content-length", "date", "server", "transfer-encoding")
"""What a proxy says for itself."""


class Page(Protocol):
    """A page that can stand in front of any API."""

    def document(self, config: dict[str, Any], info: dict[str, Any], *, root: str) -> bytes:
        """Return the page's document for an app with this ``/config`` and ``/info``, whose API is at ``root``."""
        ...

    def file(self, path: str) -> bytes | None:
        """Return the page's file at ``path``; ``None`` where it has none."""
        ...


class GradiosPage:
    """The page of the installed gradio."""

    def document(self, config: dict[str, Any], info: dict[str, Any], *, root: str) -> bytes:
        assert FRONTEND is not None
        known = {
            "config | toorjson": _safe({**config, "root": root}),
            "gradio_api_info | toorjson": _safe(info),
            "config.get('root', '') | toorjson": '""',
            "base_url | default('./')": "./",
        }
        text = (FRONTEND / "index.html").read_text("utf-8")
        return MARK.sub(lambda mark: known.get(mark[1], ""), text).encode()

    def file(self, path: str) -> bytes | None:
        assert FRONTEND is not None
        place = (FRONTEND / path).resolve()
        return place.read_bytes() if place.is_relative_to(FRONTEND) and place.is_file() else None


class OurPage:
    """The adapter's page."""

    def document(self, config: dict[str, Any], info: dict[str, Any], *, root: str) -> bytes:
        files = page_files()
        return page({**config, "root": root}, files, folder=f"static/{files.version}/")

    def file(self, path: str) -> bytes | None:
        files = page_files()
        return files.contents.get(path.removeprefix(f"static/{files.version}/")) if path.startswith("static/") else None


@contextmanager
def mixed(shown: Page, api: str) -> Iterator[str]:
    """Serve ``shown`` and, for all that is not the page's, the API at ``api``, until the block ends."""
    upstream = urlsplit(api)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"  # the connection's end is the answer's: streams need no chunks

        def do_GET(self) -> None:
            path = urlsplit(self.path).path.lstrip("/")
            if not path:
                config, info = _asked(f"{api}/config"), _asked(f"{api}/gradio_api/info")
                self._answer("text/html", shown.document(config, info, root=f"http://{self.headers['host']}"))
                return
            content = shown.file(path)
            if content is None:
                self._pass_on()
            else:
                self._answer(mimetypes.guess_type(path)[0] or "application/octet-stream", content)

        def do_POST(self) -> None:
            self._pass_on()

        def _answer(self, kind: str, content: bytes) -> None:
            self.send_response_only(200)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            connection = http.client.HTTPConnection(upstream.netloc, timeout=60)
            try:
                headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
                connection.request(self.command, self.path, body or None, headers)
                answer = connection.getresponse()
                self.send_response_only(answer.status)
                for name, value in answer.getheaders():
                    if name.lower() not in OWN_HEADERS:
                        self.send_header(name, value)
                self.end_headers()
                while part := answer.read1():
                    self.wfile.write(part)
                    self.wfile.flush()
            except (BrokenPipeError, http.client.IncompleteRead):  # one of the two has gone: the test is over
                self.close_connection = True
            finally:
                connection.close()

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    with serving(Handler) as url:
        yield url


def _asked(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url) as answer:
        found: dict[str, Any] = json.load(answer)
        return found


def _safe(value: Any) -> str:
    return json.dumps(value).replace("<", "\\u003c")
