"""What the bucket for large payloads promises."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from botocore.stub import Stubber

from adapter.errors import StoreError
from adapter.state.stores.overflow import READS, ObjectGone, S3Overflow
from tests.state.stores.places import Aws
from tests.support import aws
from tests.support.loopback import serving

PAYLOAD = b"payload" * 1_000


@pytest.fixture
def overflow(remote: Aws) -> S3Overflow:
    """A bucket of its own."""
    return S3Overflow(remote.s3, remote.bucket)


def test_what_was_put_is_got_copied_and_discarded(overflow: S3Overflow, remote: Aws) -> None:
    """Byte for byte, under each name."""
    overflow.put("state/a", PAYLOAD)
    overflow.copy("state/a", "state/b")
    assert overflow.get("state/a") == overflow.get("state/b") == PAYLOAD
    overflow.discard(["state/a", "state/none"])
    assert remote.objects() == ["state/b"]


def test_what_is_not_there_is_gone(overflow: S3Overflow) -> None:
    """To fetch and to copy it is the same error."""
    with pytest.raises(ObjectGone, match=r"s3:GetObject on bucket .* refused: NoSuchKey"):
        overflow.get("state/none")
    with pytest.raises(ObjectGone):
        overflow.copy("state/none", "state/b")


def test_names_differ_by_table_key_and_write(overflow: S3Overflow) -> None:
    """And do not tell the key."""
    names = {
        overflow.name(table, key, version, nonce, expires=True)
        for table in ("scores", "chats")
        for key in ("S#app#a", "S#app#b")
        for version in (1, 2)
        for nonce in (b"m" * 12, b"n" * 12)
    }
    assert len(names) == 16
    assert not any("S#" in name for name in names)


@pytest.mark.parametrize(
    ("key", "folder"),
    [
        ("S#shop#a", "shop"),
        ("G#shop#scores", "shop"),
        ("M#my#shop#a", "my%23shop"),
        ("S#../shop#a", "..%2Fshop"),
        ("key", "other"),
    ],
)
def test_the_objects_of_one_app_have_a_folder(overflow: S3Overflow, key: str, folder: str) -> None:
    """A role can be held to it: no app's name leads out of its folder."""
    for expires in (True, False):
        assert overflow.name("scores", key, 1, b"n" * 12, expires=expires).split("/")[3] == folder


def test_the_objects_of_one_table_are_listed(overflow: S3Overflow, remote: Aws) -> None:
    """What another table keeps in the same bucket is not."""
    tables = ("scores", "scores-old", "chats")
    names = {}
    for table in tables:
        names[table] = {overflow.name(table, "G#app#g", 1, b"n" * 12, expires=expires) for expires in (True, False)}
        for name in names[table]:
            overflow.put(name, PAYLOAD)
    listed = list(overflow.listing("scores"))
    assert {name for name, _, _ in listed} == names["scores"]
    assert {size for _, size, _ in listed} == {len(PAYLOAD)}
    assert all(put_at > 0 for _, _, put_at in listed)


def test_denied_is_gone_too(remote: Aws, ministack: str) -> None:
    """A role that may not list the bucket is told "denied" of what is not there; the remedy says what it lacks."""
    with aws.s3(ministack) as client, Stubber(client) as stubber:
        stubber.add_client_error("get_object", "AccessDenied", "Access Denied", 403)
        with pytest.raises(ObjectGone, match=r"Give the function's role s3:GetObject on bucket 'b'"):
            S3Overflow(client, "b").get("state/a")


def test_what_cannot_be_deleted_is_logged(remote: Aws, ministack: str, caplog: pytest.LogCaptureFixture) -> None:
    """Tidying up is no reason to fail a call whose state is safe."""
    with aws.s3(ministack) as client, Stubber(client) as stubber:
        stubber.add_client_error("delete_object", "AccessDenied", "Access Denied", 403)
        stubber.add_response("delete_object", {})
        S3Overflow(client, "b").discard(["state/a", "state/b"])
        stubber.assert_no_pending_responses()
    assert "an object is left behind: s3:DeleteObject on bucket 'b' in eu-central-1 was refused" in caplog.text


@contextmanager
def _breaking_off(times: int) -> Iterator[str]:
    """Serve `PAYLOAD`, but only its half the first so many times."""
    served = 0

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            nonlocal served
            served += 1
            self.send_response(200)
            self.send_header("Content-Length", str(len(PAYLOAD)))
            self.end_headers()
            self.wfile.write(PAYLOAD if served > times else PAYLOAD[: len(PAYLOAD) // 2])

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the test's output clean."""

    with serving(Handler) as url:
        yield url


def test_a_payload_that_breaks_off_is_read_again() -> None:
    """A connection that ends half way gives the whole payload in the end, or an error; never a half."""
    with _breaking_off(READS - 1) as url, aws.s3(url) as client:
        assert S3Overflow(client, "b").get("state/a") == PAYLOAD
    with _breaking_off(READS) as url, aws.s3(url) as client, pytest.raises(StoreError, match="got no answer"):
        S3Overflow(client, "b").get("state/a")
