"""Large files: forms by which a page sends them to the bucket itself."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from moto import mock_aws

import adapter as gr
from adapter.files.base import owner_in
from adapter.files.sizes import in_bytes
from adapter.settings import Settings
from adapter.web.service import open_service
from tests.support import aws
from tests.support.http import SESSION, Answer, Door
from tests.web.conftest import Serve

FORM = "/gradio_api/upload/form"
FILES = "s3://files/kept"
LARGE = {"name": "large.bin", "size": 20_000_000}

Ask = Callable[..., Answer]


@pytest.fixture
def ask(serve: Serve, history: gr.Interface, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Asks an environment of an app for a form, with a page's token unless another one is given."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", aws.REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")

    def send(body: Any = LARGE, *, session: str | None = "new", files: str | None = FILES, **settings: Any) -> Answer:
        door = serve(history, files=files, **settings)
        return door("POST", FORM, json=body, headers={SESSION: session} if session else {})

    with mock_aws():
        yield send


def test_a_form_is_its_sessions(ask: Ask) -> None:
    """The path that it gives belongs to the session that asks; a new one is told its token, as by an upload."""
    first = ask()
    token = first.headers[SESSION]
    again, other = ask(session=token), ask()

    assert first.status == 200, first.body
    assert set(first.json) == {"path", "url", "fields"}
    assert first.json["fields"]["key"] == f"kept/{first.json['path']}"
    assert owner_in(first.json["path"]) == owner_in(again.json["path"]) is not None
    assert owner_in(other.json["path"]) != owner_in(first.json["path"])
    assert first.json["path"] != again.json["path"]
    assert first.headers["cache-control"] == "no-store"


def test_a_session_may_be_named_by_its_hash(ask: Ask) -> None:
    """As in the other calls, where no token is sent."""
    answer = ask({**LARGE, "session_hash": "ann"}, session=None)
    assert owner_in(answer.json["path"]) == owner_in(ask({**LARGE, "session_hash": "ann"}, session=None).json["path"])


def test_s3_holds_the_file_to_what_was_said(ask: Ask) -> None:
    """The policy that is signed has the very size."""
    policy = json.loads(base64.b64decode(ask().json["fields"]["policy"]))
    assert ["content-length-range", LARGE["size"], LARGE["size"]] in policy["conditions"]


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a"},
        {"size": 1},
        {"name": None, "size": 1},
        {"name": ["a"], "size": 1},
        {"name": "a", "size": -1},
        {"name": "a", "size": 1.5},
        {"name": "a", "size": "1"},
        {"name": "a", "size": True},
        {"name": "a", "size": None},
        [],
    ],
)
def test_what_names_no_file_is_400(ask: Ask, body: Any) -> None:
    """A name and a number of bytes are wanted."""
    answer = ask(body)
    assert (answer.status, bool(answer.json["error"])) == (400, True)


def test_without_a_session_there_is_no_form(ask: Ask) -> None:
    """What belongs to nobody could be used by nobody; a forged token is no session's."""
    answer = ask(session=None)
    assert (answer.status, "x-adapter-session, or session_hash" in answer.json["error"]) == (400, True)
    assert ask({**LARGE, "session_hash": "x" * 300}, session=None).status == 400
    assert ask(session="forged").status == 401


@pytest.mark.parametrize(("most", "size", "status"), [(1_000, 1_000, 200), (1_000, 1_001, 413)])
def test_a_file_over_the_limit_is_413(ask: Ask, most: int, size: int, status: int) -> None:
    """The answer names the file, its size and the limit."""
    answer = ask({"name": "a.bin", "size": size}, max_file_bytes=most)
    assert answer.status == status
    if status == 413:
        assert answer.json["error"] == "file 'a.bin' has 1,001 bytes; this app takes 1,000."


def test_a_folder_gives_no_form(ask: Ask, tmp_path: Any) -> None:
    """It says what it takes, and what would change that."""
    answer = ask(files=str(tmp_path / "files"))
    assert answer.status == 404
    assert "up to 4,000,000 bytes to /gradio_api/upload, or set ADAPTER_FILES" in answer.json["error"]
    assert "ADAPTER_FILES" in ask(files=None).json["error"]


@pytest.mark.parametrize(
    ("files", "own", "direct"),
    [(FILES, None, 100_000_000), (FILES, "1kb", 1_024), (FILES, "1gb", 100_000_000), ("folder", None, None)],
)
def test_the_page_is_told_how_large_a_file_may_be(
    history: gr.Interface, files: str, own: str | None, direct: int | None
) -> None:
    """By the deployment's limit and the app's own, apart from what the API takes; ``None``: nothing but that."""
    history.max_file_bytes = in_bytes("max_file_size", own)
    assert open_service(history, Settings(files=files)).max_direct_bytes == direct


def test_the_pages_policy_allows_the_bucket(ask: Ask, serve: Serve, history: gr.Interface) -> None:
    """It is the origin that forms are posted to; the config tells the page of it."""
    door = serve(history, files=FILES)
    origin = ask().json["url"].rstrip("/")

    assert f"connect-src 'self' {origin};" in door.get("/").headers["content-security-policy"]
    assert door.get("/config").json["max_direct_size"] == 100_000_000
    assert b'"max_direct_size":100000000' in door.get("/").body


def test_nothing_signed_is_logged(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    """Neither by the adapter nor by botocore, however much is logged."""
    caplog.set_level(logging.DEBUG)
    fields = ask().json["fields"]

    assert caplog.records
    for name in ("policy", "x-amz-signature", "x-amz-credential"):
        assert fields[name] not in caplog.text


def test_forms_are_in_the_openapi_document(ask: Ask, serve: Serve, history: gr.Interface) -> None:
    """Whoever writes a page of his own finds them there."""
    described: dict[str, Any] = Door.get(serve(history), "/openapi.json").json
    assert "post" in described["paths"][FORM]
