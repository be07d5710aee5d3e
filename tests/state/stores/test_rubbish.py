"""Something that is not AWS answers 200: that is never "nothing is there", and never "done"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any, ClassVar

import pytest

from adapter.errors import StoreError
from adapter.files.s3 import S3Files
from adapter.state.stores.base import Record, new_nonce
from adapter.state.stores.dynamodb import DynamoDBStore
from adapter.state.stores.overflow import S3Overflow, checksum_of
from adapter.state.warm_store import WarmStore
from tests.faults.calls import counting, run
from tests.state.stores.places import LARGE, SMALL, Aws, Clock, write
from tests.support import aws
from tests.support.loopback import serving

KEY, OTHER, NUMBER = "S#app#one", "G#app#g", "C#app#n#0"
TOLD = '"ConsumedCapacity": {"TableName": "scores", "CapacityUnits": 1.0}'

PAGE = "<!doctype html><html><body><h1>Sign in</h1></body></html>"
BODIES = {
    "empty JSON": "{}",
    "nothing": "",
    "a page": PAGE,
    "half of it": '{"Item": {"pk": {"S": "S#a',
    "a list": "[]",
    "a text": '"ok"',
    "null": "null",
    "another shape": '{"message": "ok", "Count": "0", "Items": {}, "Responses": [], "ConsumedCapacity": 1}',
    "lists for maps": '{"Item": [], "Attributes": [], "Responses": {"scores": {}}, "Items": [[]], "Count": 0}',
}
"""What stands in for DynamoDB's answer, whatever was asked."""

ITEMS = {
    "no version": '{"pk": {"S": "S#app#one"}, "d": {"B": "c21hbGw="}}',
    "another key": '{"pk": {"S": "S#app#two"}, "v": {"N": "1"}, "n": {"N": "1"}}',
    "no key": '{"v": {"N": "1"}, "d": {"B": "c21hbGw="}}',
    "a text for a number": '{"pk": {"S": "S#app#one"}, "v": {"S": "1"}}',
    "no number": '{"pk": {"S": "S#app#one"}, "v": {"N": "one"}}',
    "a value without its type": '{"pk": {"S": "S#app#one"}, "v": 1}',
    "two types": '{"pk": {"S": "S#app#one"}, "v": {"N": "1", "S": "1"}}',
    "a text for bytes": '{"pk": {"S": "S#app#one"}, "v": {"N": "1"}, "d": {"S": "small"}}',
    "a number for an address": '{"pk": {"S": "S#app#one"}, "v": {"N": "1"}, "k": {"N": "1"}}',
    "nothing": "{}",
}
"""What stands in for an item, in an answer that is DynamoDB's otherwise."""

OPERATIONS: dict[str, Callable[[DynamoDBStore], object]] = {
    "read": lambda store: store.read([KEY]),
    "read several": lambda store: store.read([KEY, OTHER]),
    "write": lambda store: store.write([write(KEY, SMALL)]),
    "write several": lambda store: store.write([write(KEY, SMALL), write(OTHER, SMALL)]),
    "lock": lambda store: store.lock(KEY, new_nonce(), 4_000_000_000_000),
    "unlock": lambda store: store.unlock(KEY, new_nonce()),
    "touch": lambda store: store.touch(KEY, 1, 4_000_000_000),
    "delete": lambda store: store.delete([KEY]),
    "delete unchanged": lambda store: store.delete_unchanged(KEY, Record(1)),
    "add": lambda store: store.add(NUMBER, 1),
    "sums": lambda store: store.sums([NUMBER]),
    "scan": lambda store: list(store.scan("")),
    "numbers": lambda store: list(store.numbers("")),
}


class Rubbish(BaseHTTPRequestHandler):
    """Answers every request with 200 and ``body``."""

    body: ClassVar[str] = ""
    kind: ClassVar[str] = "application/x-amz-json-1.0"

    def answer(self) -> None:
        """Take the request, and pay no attention to it."""
        self.rfile.read(int(self.headers.get("content-length") or 0))
        content = self.body.encode()
        self.send_response(200)
        self.send_header("content-type", self.kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the test's output clean."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where it answers."""
    with serving(Rubbish) as url:
        yield url


@pytest.fixture(scope="module")
def store(address: str) -> Iterator[DynamoDBStore]:
    """A store that takes it for DynamoDB."""
    with aws.dynamodb(address) as client:
        yield DynamoDBStore(client, "scores", clock=Clock())


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_an_answer_that_is_not_dynamodbs_is_an_error(
    store: DynamoDBStore, monkeypatch: pytest.MonkeyPatch, operation: Callable[[DynamoDBStore], object], body: str
) -> None:
    """Of every operation, whatever it is instead; the text of the answer, which may hold a state, is not told."""
    monkeypatch.setattr(Rubbish, "body", body)
    monkeypatch.setattr(Rubbish, "kind", "text/html" if body == PAGE else "application/x-amz-json-1.0")
    with pytest.raises(StoreError, match="was answered with something else than AWS's answer") as error:
        operation(store)
    assert "Sign in" not in str(error.value)


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@pytest.mark.parametrize("operation", ["read", "read several", "lock", "add", "delete"])
def test_an_item_that_is_none_of_ours_is_an_error(
    store: DynamoDBStore, monkeypatch: pytest.MonkeyPatch, operation: str, item: str
) -> None:
    """Keys that are missing, types that are wrong, and the item of another key."""
    told = f'"Item": {item}, "Attributes": {item}, "Responses": {{"scores": [{item}]}}, "UnprocessedKeys": {{}}, {TOLD}'
    monkeypatch.setattr(Rubbish, "body", f"{{{told}}}")
    with pytest.raises(StoreError, match="something else than AWS's answer"):
        OPERATIONS[operation](store)


def test_a_call_fails_and_starts_from_no_default(store: DynamoDBStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """The visitor reads that the store failed (503), not somebody's fresh state."""
    monkeypatch.setattr(Rubbish, "body", "{}")
    ran: list[int] = []
    for concurrency in ("rerun", "lease"):
        with pytest.raises(StoreError):
            run(counting(concurrency, lambda: ran.append(1)), WarmStore(store))
    assert ran == []


def test_what_is_absent_is_still_absent(store: DynamoDBStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """DynamoDB's own answer for it."""
    monkeypatch.setattr(Rubbish, "body", f"{{{TOLD}}}")
    assert store.read([KEY]) == {}
    assert store.sums([NUMBER]) == {}


# -- the bucket -----------------------------------------------------------------------------------

IN_BUCKET: dict[str, Callable[[S3Overflow], object]] = {
    "put": lambda bucket: bucket.put("state/a", LARGE),
    "copy": lambda bucket: bucket.copy("state/a", "state/b"),
    "delete": lambda bucket: bucket.delete("state/a"),
    "list": lambda bucket: list(bucket.listing("scores")),
    "get": lambda bucket: bucket.get(
        bucket.name("scores", KEY, 1, b"n" * 12, expires=True, checksum=checksum_of(LARGE))
    ),
}


@pytest.mark.parametrize(
    "body",
    ["", "{}", PAGE, "<html><body>Sign in</body></html>", "<Error><Code>x</Code></Error>", LARGE.decode()[:-1]],
    ids=["nothing", "json", "page", "well-formed page", "another element", "cut"],
)
@pytest.mark.parametrize("operation", IN_BUCKET.values(), ids=IN_BUCKET)
def test_an_answer_that_is_not_s3s_is_an_error(
    address: str, monkeypatch: pytest.MonkeyPatch, operation: Callable[[S3Overflow], object], body: str
) -> None:
    """A payload is known by the checksum in its name, the rest by what S3 always tells."""
    monkeypatch.setattr(Rubbish, "body", body)
    monkeypatch.setattr(Rubbish, "kind", "text/html")
    with aws.s3(address, attempts=1) as client, pytest.raises(StoreError):
        operation(S3Overflow(client, "b"))


def test_an_object_of_an_earlier_version_is_read(remote: Aws) -> None:
    """Its name has no checksum."""
    bucket = S3Overflow(remote.s3, remote.bucket)
    name = bucket.name("scores", KEY, 1, b"n" * 12, expires=True)
    bucket.put(name, LARGE)
    assert bucket.get(name) == LARGE


# -- visitors' files ------------------------------------------------------------------------------

UPLOAD = f"uploads/{'a' * 22}/words.txt"

OF_FILES: dict[str, Callable[[S3Files], object]] = {
    "put": lambda files: files.put("words.txt", SMALL),
    "get": lambda files: files.get(UPLOAD),
    "local": lambda files: files.local(UPLOAD),
    "claim": lambda files: files.claim(UPLOAD, "b" * 22),
}


@pytest.mark.parametrize("body", ["", "{}", PAGE], ids=["nothing", "json", "page"])
@pytest.mark.parametrize("operation", OF_FILES.values(), ids=OF_FILES)
def test_an_answer_that_is_not_s3s_is_no_file(
    address: str, monkeypatch: pytest.MonkeyPatch, operation: Callable[[S3Files], object], body: str
) -> None:
    """A sign-in page is not what a visitor has uploaded."""
    monkeypatch.setattr(Rubbish, "body", body)
    monkeypatch.setattr(Rubbish, "kind", "text/html")
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_DEFAULT_REGION": aws.REGION,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(StoreError, match="could not be kept in or read from bucket"):
        operation(S3Files("b"))
