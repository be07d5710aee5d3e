"""What Mangum reads wrongly of an event, mended."""

from __future__ import annotations

import asyncio
import copy
from contextlib import closing
from typing import Any

import pytest
from mangum import Mangum
from mangum.types import ASGI

from adapter.aws_lambda.mangum_fixes import mended, scope_of
from tests.support.events import NAMES, event


def scope(found: dict[str, Any], root_path: str | None = None) -> dict[str, Any]:
    """Return the scope that the app gets for an event."""
    seen: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope_of(scope, root_path))
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    asgi: ASGI = app
    with closing(asyncio.new_event_loop()) as loop:
        asyncio.set_event_loop(loop)
        assert Mangum(asgi, lifespan="off")(mended(found), None)["statusCode"] == 204  # type: ignore[arg-type]
        asyncio.set_event_loop(None)
    return seen[0]


def header(found: dict[str, Any], name: str) -> list[str]:
    """Return the values of a scope's header."""
    return [value.decode() for key, value in found["headers"] if key == name.encode()]


@pytest.mark.parametrize("name", NAMES)
def test_every_recorded_event_is_read(name: str) -> None:
    """And the event that was given is not changed."""
    given = event(name)
    before = copy.deepcopy(given)
    found = scope(given)

    assert given == before
    assert found["path"].startswith(found["root_path"])
    assert not found["root_path"].endswith("/")


PREFIXES = {"http_api_stage": "/prod", "rest": "/prod"}


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
def test_the_stage_is_the_root_path(name: str) -> None:
    """What stands in front of the app's own path is told apart from it, where there is something."""
    prefix = PREFIXES.get(name.split(".")[0], "")
    found = scope(event(name))
    assert (found["root_path"], found["path"]) == (prefix, f"{prefix}/config")


@pytest.mark.parametrize("path", ["/production/x", "/prod/x", "/prod", "/prodx", "/x/prod", "/"])
def test_a_path_that_looks_like_the_stage_stays_whole(path: str) -> None:
    """Only the stage itself is taken for the stage."""
    for name in ("http_api_stage.get_config", "rest.get_config"):
        found = scope(event(name, path=path))
        assert (found["root_path"], found["path"]) == ("/prod", f"/prod{path}")
    assert scope(event("http_api.get_config", path=path))["path"] == path


def test_the_stage_without_a_slash_is_told_from_the_stage_with_one() -> None:
    """The page's relative addresses need the slash, so that the app redirects there."""
    assert scope(event("http_api_stage.get_config", path=""))["path"] == "/prod"
    assert scope(event("http_api_stage.get_config", path="/"))["path"] == "/prod/"


@pytest.mark.parametrize("root_path", ["", "/app", "/a/b"])
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
def test_the_settings_know_the_prefix_better(name: str, root_path: str) -> None:
    """Behind a domain of one's own the event's stage says nothing; a base path may stand in the path or not."""
    for path in ("/config", f"{root_path}/config"):
        found = scope(event(name, path=path), root_path)
        assert (found["root_path"], found["path"]) == (root_path, f"{root_path}/config")


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("encoded_slash")])
@pytest.mark.parametrize(
    ("encoded", "decoded"),
    [
        ("/a%2Fb%20c", "/a/b c"),
        ("/100%25", "/100%"),
        ("/%2541", "/%41"),
        ("/gr%C3%BC%C3%9Fe", "/grüße"),
        ("/a+b", "/a+b"),
    ],
)
def test_a_path_is_decoded_once(name: str, encoded: str, decoded: str) -> None:
    """An HTTP API has decoded it already, the others have not; a percent sign in a name is kept by all."""
    sent = decoded if name.startswith("http_api") else encoded
    found = scope(event(name, path=sent))
    assert found["path"].removeprefix(found["root_path"]) == decoded
    assert found["raw_path"].isascii()


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
@pytest.mark.parametrize(
    "host", ["[2001:db8::7]:7860", "[::1]", "::1", "a:b", "a:1:2", "a:", "a:123456", "", "host:80"]
)
def test_any_host_is_passed_on_as_it_stands(name: str, host: str) -> None:
    """What a caller puts there, a load balancer hands on; it must not end the call."""
    assert header(scope(event(name, headers={"host": host})), "host") == [host]


def test_no_header_can_pretend_to_be_the_host() -> None:
    """The host that is put aside is not taken from what a caller can send."""
    sent = event("http_api.get_config", headers={"x-adapter-host": "evil.example", "adapter.host": "evil.example"})
    assert header(scope(sent), "host") == ["a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"]


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
def test_a_port_that_is_no_number_is_passed_over(name: str) -> None:
    """Nobody asks for it but Mangum."""
    assert scope(event(name, headers={"x-forwarded-port": "https"}))["path"]


def test_cookies_are_joined_as_cookies() -> None:
    """Of a list and of repeated headers alike."""
    assert header(scope(event("http_api.cookies")), "cookie") == ["theme=dark; lang=en"]
    assert header(scope(event("rest.repeated_headers")), "cookie") == ["theme=dark; lang=en"]
    assert header(scope(event("rest.repeated_headers")), "x-example") == ["one, two"]


@pytest.mark.parametrize("missing", [None, {}, "gone"])
@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
def test_an_event_may_have_no_headers(name: str, missing: Any) -> None:
    """The console's test button sends ``null``, some emulators nothing."""
    sent = event(name)
    for part in ("headers", "multiValueHeaders"):
        if part in sent:
            sent[part] = missing
            if missing == "gone":
                del sent[part]
    assert scope(sent)["headers"] == []


@pytest.mark.parametrize("name", ["alb.get_config", "alb_multi_value.get_config"])
def test_behind_a_load_balancer_its_own_word_on_the_caller_counts(name: str) -> None:
    """A caller may send the header too; the load balancer adds the address that it saw."""
    sent = event(name, headers={"x-forwarded-for": "198.51.100.1, 203.0.113.7"})
    assert scope(sent)["client"][0] == "203.0.113.7"
    assert scope(event(name))["client"][0] == "203.0.113.7"


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("get_config")])
@pytest.mark.parametrize(
    ("header_name", "value", "kept"),
    [
        ("x-forwarded-proto", "javascript", []),
        ("x-forwarded-proto", "http://evil", []),
        ("x-forwarded-proto", "HTTP", ["http"]),
        ("x-forwarded-port", "99999", []),
        ("x-forwarded-port", "-1", []),
        ("x-forwarded-port", "8443", ["8443"]),
        ("x-forwarded-for", "<script>", []),
        ("x-forwarded-for", "unknown, 203.0.113.7", ["203.0.113.7"]),
        ("x-forwarded-for", "2001:db8::1, 203.0.113.7:4711", ["2001:db8::1, 203.0.113.7:4711"]),
        ("x-forwarded-for", "1.2.3.4\r\nx: y", []),
        ("x-real-ip", "999.1.1.1", []),
    ],
)
def test_a_forwarded_header_that_says_nothing_is_dropped(
    name: str, header_name: str, value: str, kept: list[str]
) -> None:
    """And the rest of it counts: a caller cannot choose the scheme, nor hide his address behind rubbish."""
    found = scope(event(name, headers={header_name: value}))
    assert header(found, header_name) == kept
    assert found["scheme"] in ("http", "https")


@pytest.mark.parametrize("name", ["alb.get_config", "alb_multi_value.get_config"])
@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("rubbish, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7:4711", "203.0.113.7"),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("rubbish", ""),
    ],
)
def test_an_address_is_one_or_none(name: str, value: str, address: str) -> None:
    """A load balancer may add the port; what is no address tells nothing."""
    assert scope(event(name, headers={"x-forwarded-for": value}))["client"][0] == address
