"""A network between a client and AWS that notes what was asked for, in the words of IAM."""

from __future__ import annotations

import http.client
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.support.loopback import serving

OBJECT_ACTIONS = {"PUT": "s3:PutObject", "GET": "s3:GetObject", "HEAD": "s3:GetObject", "DELETE": "s3:DeleteObject"}

FORM_KEY = re.compile(rb'name="key"\r\n\r\n([^\r]+)\r\n')


@dataclass(frozen=True)
class Request:
    """One thing that a role has to be allowed.

    Attributes:
        action: ``dynamodb:GetItem``, ``s3:PutObject``.
        resource: the table, or the bucket and the key.
        keys: the partition keys of the items.
        status: of the answer.
    """

    action: str
    resource: str
    keys: tuple[str, ...]
    status: int


@dataclass
class Recorder:
    """A proxy in front of an emulator.

    Attributes:
        url: its address.
        seen: what was asked for, in order.
    """

    url: str = ""
    seen: list[Request] = field(default_factory=list)

    def note(self, method: str, path: str, headers: dict[str, str], body: bytes, status: int) -> None:
        """Add what one request asked for."""
        target = headers.get("x-amz-target", "")
        if target:
            asked = [(f"dynamodb:{name}", table, keys) for name, table, keys in _of_items(target, json.loads(body))]
        else:
            asked = [(action, resource, ()) for action, resource in _of_object(method, path, headers, body)]
        self.seen += [Request(action, resource, keys, status) for action, resource, keys in asked]


def _of_items(target: str, body: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Give the actions, tables and keys of a request to DynamoDB.

    A transaction is no action of its own. Source:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
    """
    operation = target.rpartition(".")[2]
    if operation == "TransactWriteItems":
        for item in body["TransactItems"]:
            ((name, part),) = item.items()
            yield f"{name}Item", part["TableName"], (part["Key"]["pk"]["S"],)
    elif operation == "BatchGetItem":
        for table, part in body["RequestItems"].items():
            yield operation, table, tuple(key["pk"]["S"] for key in part["Keys"])
    else:
        yield operation, body["TableName"], (body["Key"]["pk"]["S"],) if "Key" in body else ()


def _of_object(method: str, path: str, headers: dict[str, str], body: bytes) -> Iterator[tuple[str, str]]:
    """Give the actions of a request to S3; a copy reads one object and writes another, a form names its object."""
    name = unquote(urlsplit(path).path).removeprefix("/")
    if "/" not in name:
        key = FORM_KEY.search(body) if method == "POST" else None
        if key is not None:
            yield "s3:PutObject", f"{name}/{key[1].decode()}"
            return
        yield f"s3:{method} of a bucket", name
        return
    if "x-amz-copy-source" in headers:
        yield "s3:GetObject", unquote(headers["x-amz-copy-source"]).removeprefix("/")
    yield OBJECT_ACTIONS[method], name


@contextmanager
def recording(upstream: str) -> Iterator[Recorder]:
    """Run a proxy in front of ``upstream``, on a free port of the loopback."""
    recorder = Recorder()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            connection = http.client.HTTPConnection(urlsplit(upstream).netloc, timeout=30)
            try:
                connection.request(self.command, self.path, body, dict(self.headers.items()))
                answer = connection.getresponse()
                payload = answer.read()
            finally:
                connection.close()
            lowered = {name.lower(): value for name, value in self.headers.items()}
            recorder.note(self.command, self.path, lowered, body, answer.status)
            self.send_response_only(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def do_GET(self) -> None:
            self._pass()

        do_HEAD = do_PUT = do_POST = do_DELETE = do_GET  # noqa: N815 - http.server's names

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    with serving(Handler) as url:
        recorder.url = url
        yield recorder
