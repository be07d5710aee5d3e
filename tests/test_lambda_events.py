"""HTTP ↔ API Gateway HTTP API, payload format 2.0."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapter.aws_lambda.events import HttpRequest, to_event, to_response

RECEIVED = datetime(2026, 3, 12, 19, 3, 58, 390_000, tzinfo=UTC)

TOKENS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
CONTENT_TYPES = st.sampled_from(
    ["", "text/plain", "text/html; charset=utf-8", "text/plain; charset=latin-1", "application/json",
     "application/octet-stream", "image/png", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)  # fmt: skip


def event_of(request: HttpRequest) -> dict[str, Any]:
    """Return the event as Lambda gets it, through JSON."""
    event = to_event(request, request_id="JKJaXmPLvHcESHA=", received=RECEIVED)
    carried: dict[str, Any] = json.loads(json.dumps(event))
    assert carried == event
    return carried


def body_of(event: dict[str, Any]) -> bytes:
    """Return the body as a function restores it."""
    body: str = event.get("body", "")
    return base64.b64decode(body) if event["isBase64Encoded"] else body.encode()


def test_an_event_has_the_shape_that_aws_documents() -> None:
    """Every key of the documented event that concerns HTTP is there, under its name, and no other."""
    request = HttpRequest(
        "POST",
        "/my/path",
        query="parameter1=value1&parameter1=value2&parameter2=value",
        headers=[
            ("Host", "id.execute-api.us-east-1.amazonaws.com"),
            ("User-Agent", "agent"),
            ("Header1", "value1"),
            ("header1", "value2"),
            ("Cookie", "cookie1=a; cookie2=b"),
            ("Content-Type", "application/json"),
            ("Connection", "keep-alive"),
        ],
        body=b'{"data": []}',
        source_ip="192.0.2.1",
    )
    assert event_of(request) == {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/my/path",
        "rawQueryString": "parameter1=value1&parameter1=value2&parameter2=value",
        "cookies": ["cookie1=a", "cookie2=b"],
        "headers": {
            "host": "id.execute-api.us-east-1.amazonaws.com",
            "user-agent": "agent",
            "header1": "value1,value2",
            "content-type": "application/json",
        },
        "queryStringParameters": {"parameter1": "value1,value2", "parameter2": "value"},
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": "id.execute-api.us-east-1.amazonaws.com",
            "domainPrefix": "id",
            "http": {
                "method": "POST",
                "path": "/my/path",
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "agent",
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "$default",
            "stage": "$default",
            "time": "12/Mar/2026:19:03:58 +0000",
            "timeEpoch": 1_773_342_238_390,
        },
        "body": '{"data": []}',
        "isBase64Encoded": False,
    }


def test_what_a_request_lacks_its_event_lacks() -> None:
    """A bare GET has no cookies, no body and no query parameters."""
    event = event_of(HttpRequest("GET", "/", headers=[("host", "localhost")]))
    assert not {"cookies", "body", "queryStringParameters"} & set(event)
    assert event["rawQueryString"] == ""
    assert event["isBase64Encoded"] is False


def test_the_time_is_told_in_utc() -> None:
    """A time in another zone names the same moment."""
    there = RECEIVED.astimezone(timezone(timedelta(hours=5, minutes=30)))
    context = to_event(HttpRequest("GET", "/"), request_id="x", received=there)["requestContext"]
    assert context["time"] == "12/Mar/2026:19:03:58 +0000"
    assert context["timeEpoch"] == 1_773_342_238_390


@given(body=st.binary(max_size=200), content_type=CONTENT_TYPES)
def test_a_body_arrives_as_it_was_sent(body: bytes, content_type: str) -> None:
    """Whatever its bytes and its content type, the function can restore the body exactly."""
    event = event_of(HttpRequest("POST", "/", headers=[("content-type", content_type)], body=body))
    assert body_of(event) == body


@pytest.mark.parametrize(
    ("content_type", "body", "is_base64"),
    [
        ("application/json; charset=utf-8", b"{}", False),
        ("text/csv", "ä".encode(), False),
        ("text/plain; charset=latin-1", "ä".encode("latin-1"), True),
        ("application/json", b"\xff", True),
        ("application/x-www-form-urlencoded", b"a=b", True),
        ("image/png", b"\x89PNG", True),
        ("", b"a", True),
    ],
)
def test_only_text_travels_as_text(content_type: str, body: bytes, is_base64: bool) -> None:
    """Text types in UTF-8 stand in the event as they are; everything else is base64."""
    event = event_of(HttpRequest("POST", "/", headers=[("content-type", content_type)], body=body))
    assert event["isBase64Encoded"] is is_base64


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=5))
def test_a_query_arrives_in_both_forms(pairs: list[tuple[str, str]]) -> None:
    """The raw query is untouched; the parameters are decoded, a repeated one joined by commas."""
    query = urlencode(pairs)
    event = event_of(HttpRequest("GET", "/", query=query))
    assert event["rawQueryString"] == query
    assert parse_qsl(event["rawQueryString"], keep_blank_values=True) == pairs
    for name, value in event["queryStringParameters"].items():
        assert value == ",".join(given for key, given in pairs if key == name)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_path_is_decoded_once(path: str) -> None:
    """As an HTTP API does it: the path stands in the event without its percent-encoding."""
    event = event_of(HttpRequest("GET", "/" + quote(path, safe="")))
    assert event["rawPath"] == "/" + path
    assert event["requestContext"]["http"]["path"] == "/" + path


@given(st.dictionaries(TOKENS, TOKENS, min_size=1, max_size=4), st.booleans())
def test_cookies_stand_in_a_list(cookies: dict[str, str], is_split: bool) -> None:
    """However many Cookie headers there were, each cookie is one entry and no header is left of them."""
    pairs = [f"{name}={value}" for name, value in cookies.items()]
    headers = [("Cookie", pair) for pair in pairs] if is_split else [("cookie", "; ".join(pairs))]
    event = event_of(HttpRequest("GET", "/", headers=headers))
    assert event["cookies"] == pairs
    assert "cookie" not in event["headers"]


@given(st.lists(st.tuples(TOKENS, st.text("abc ,", max_size=6)), max_size=5))
def test_repeated_headers_are_joined_by_commas(headers: list[tuple[str, str]]) -> None:
    """Names are in lower case and each stands once, with all its values."""
    headers = [(f"X-{name}", value) for name, value in headers]
    event = event_of(HttpRequest("GET", "/", headers=headers))
    for name, value in event["headers"].items():
        assert name == name.lower()
        assert value == ",".join(given for key, given in headers if key.lower() == name)


@pytest.mark.parametrize(
    ("host", "domain"),
    [("[::1]:7860", "[::1]"), ("[::1]", "[::1]"), ("localhost:7860", "localhost"), ("127.0.0.1", "127.0.0.1")],
)
def test_a_host_keeps_its_port_in_the_header_only(host: str, domain: str) -> None:
    """IPv6 addresses among them: the domain name is the host without the port."""
    event = event_of(HttpRequest("GET", "/", headers=[("Host", host)]))
    assert event["headers"]["host"] == host
    assert event["requestContext"]["domainName"] == domain


@given(body=st.binary(max_size=200), status=st.integers(100, 599))
def test_an_answer_in_base64_is_sent_as_bytes(body: bytes, status: int) -> None:
    """The response's body is exactly what the function encoded."""
    response = to_response({"statusCode": status, "body": base64.b64encode(body).decode(), "isBase64Encoded": True})
    assert (response.status, response.body) == (status, body)


def test_an_answer_in_text_is_sent_in_utf_8() -> None:
    """Headers are in lower case, those of the connection are not passed on, and each cookie is its own."""
    response = to_response(
        {
            "statusCode": "201",
            "headers": {"Content-Type": "text/html", "Connection": "close", "X-Count": 2, "X-Done": True},
            "cookies": ["a=1; HttpOnly", "b=2"],
            "body": "grün",
        }
    )
    assert response.status == 201
    assert response.headers == [("content-type", "text/html"), ("x-count", "2"), ("x-done", "true")]
    assert response.cookies == ["a=1; HttpOnly", "b=2"]
    assert response.body == "grün".encode()


@pytest.mark.parametrize(
    ("answer", "body"),
    [({"message": "hi"}, b'{"message": "hi"}'), ("hi", b"hi"), ([1], b"[1]"), (None, b"null")],
)
def test_an_answer_without_a_status_is_the_body_of_a_200(answer: Any, body: bytes) -> None:
    """API Gateway takes it for JSON."""
    response = to_response(answer)
    assert (response.status, response.headers, response.body) == (200, [("content-type", "application/json")], body)


def test_a_body_without_a_content_type_is_plain_text() -> None:
    """As API Gateway fills it in; an empty body gets none."""
    assert to_response({"statusCode": 200, "body": "a"}).headers == [("content-type", "text/plain; charset=utf-8")]
    assert to_response({"statusCode": 204}).headers == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"statusCode": "abc"}, "statusCode is 'abc'"),
        ({"statusCode": 99}, "statusCode is 99"),
        ({"statusCode": None}, "statusCode is None"),
        ({"statusCode": 200, "body": {"a": 1}}, "body is of type dict"),
        ({"statusCode": 200, "body": "%%%", "isBase64Encoded": True}, "body is not base64"),
        ({"statusCode": 200, "headers": {"a": ["b"]}}, "header 'a' is"),
        ({"statusCode": 200, "headers": ["a"]}, "headers is"),
        ({"statusCode": 200, "cookies": "a=1"}, "cookies is"),
    ],
)
def test_an_answer_that_api_gateway_cannot_read_is_refused(answer: Any, said: str) -> None:
    """The error names the part of the answer and its value."""
    with pytest.raises(ValueError, match=said):
        to_response(answer)
