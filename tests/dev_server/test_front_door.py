"""HTTP on the outside, API Gateway events on the inside."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from tests.dev_server.conftest import PROBE, Serve
from tests.support.dev import DevServer, dev_server


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[DevServer, httpx.Client]]:
    """One server of the probe and a client of it, for tests that leave it as it was."""
    with dev_server(PROBE) as server, httpx.Client(base_url=server.url, timeout=60, trust_env=False) as client:
        yield server, client


@pytest.fixture
def client(shared: tuple[DevServer, httpx.Client]) -> httpx.Client:
    """A client of the shared server, without cookies."""
    shared[1].cookies.clear()
    return shared[1]


def test_an_event_says_what_the_request_said(client: httpx.Client) -> None:
    """Method, path, query, headers, cookies and the caller arrive as API Gateway would hand them on."""
    answer = client.get("/?a=%20b&a=c%2Fd", headers=[("x-one", "1"), ("x-one", "2"), ("cookie", "a=1; b=2")])
    event = answer.json()["event"]
    assert event["rawQueryString"] == "a=%20b&a=c%2Fd"
    assert event["queryStringParameters"] == {"a": " b,c/d"}
    assert event["headers"]["x-one"] == "1,2"
    assert event["headers"]["x-forwarded-proto"] == "http"
    assert event["headers"]["x-forwarded-port"] == str(client.base_url.port)
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["requestContext"]["http"]["method"] == "GET"
    assert event["requestContext"]["http"]["sourceIp"] == "127.0.0.1"
    assert event["requestContext"]["stage"] == "$default"
    assert abs(event["requestContext"]["timeEpoch"] - time.time() * 1_000) < 60_000


@pytest.mark.parametrize(
    ("sent", "arrives"),
    [
        ("/%2e", "/."),
        ("/./", "/./"),
        ("//..//%2F%2e%2e", "//..///.."),
        ("/a/%2525%C3%A4%FF", "/a/%25ä\ufffd"),
        ("/a%", "/a%"),
    ],
)
def test_a_path_is_decoded_and_not_tidied_up(sent: str, arrives: str, client: httpx.Client) -> None:
    """As by an HTTP API: dots, slashes and percent signs reach the function, which decides."""
    address = urlsplit(str(client.base_url))
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
    connection.request("GET", sent)
    assert json.load(connection.getresponse())["event"]["rawPath"] == arrives
    connection.close()


def test_the_context_is_lambdas(client: httpx.Client) -> None:
    """Name, ARN, memory, a request id, and the time that is left until API Gateway gives up."""
    told = client.get("/").json()
    context = told["context"]
    assert context["function_name"] == "probe"
    assert context["invoked_function_arn"].endswith(":function:probe")
    assert context["function_version"] == "$LATEST"
    assert len(context["aws_request_id"]) == 36
    assert 0 < told["remaining_ms"] <= 29_000


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/octet-stream", bytes(range(256))),
        ("text/plain; charset=utf-8", "äß€".encode()),
        ("image/png", b""),
    ],
)
def test_bodies_and_cookies_go_there_and_back(content_type: str, body: bytes, client: httpx.Client) -> None:
    """Bytes stay bytes, and each cookie is a header of its own."""
    headers = {"content-type": content_type, "cookie": "a=1; b=2"}
    answer = client.post("/mirror", content=body, headers=headers)
    assert answer.content == body
    assert answer.headers["content-type"] == content_type
    assert answer.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2; Path=/"]
    assert answer.headers.get_list("content-length") == [str(len(body))]


def test_a_head_request_is_answered_without_a_body(client: httpx.Client) -> None:
    """The function is asked, and the connection is good for the next request."""
    answer = client.head("/")
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.get("/").json()["event"]["requestContext"]["http"]["method"] == "GET"


def test_a_body_just_within_lambdas_limit_is_taken(client: httpx.Client) -> None:
    """Of text, 6 MB with everything around it."""
    answer = client.post("/mirror", content=b"x" * 6_200_000, headers={"content-type": "text/plain"})
    assert (answer.status_code, len(answer.content)) == (200, 6_200_000)


@pytest.mark.parametrize(
    ("content_type", "size"),
    [("text/plain", 6_291_456), ("application/octet-stream", 5_000_000), ("text/plain", 20_000_000)],
)
def test_a_body_over_lambdas_limit_is_refused(
    content_type: str, size: int, shared: tuple[DevServer, httpx.Client]
) -> None:
    """413 in API Gateway's shape; base64 counts, and so does what stands around it."""
    server, client = shared
    answer = client.post("/mirror", content=b"x" * size, headers={"content-type": content_type})
    assert (answer.status_code, answer.json()) == (413, {"message": "Request Entity Too Large"})
    server.wait_for("Lambda takes 6,291,456.")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/large", "the answer is 7,000,031 bytes; Lambda passes on 6,291,556."),
        ("/unreadable", "API Gateway cannot read the answer: statusCode is 'many'"),
    ],
)
def test_an_answer_that_cannot_be_passed_on_fails(path: str, said: str, shared: tuple[DevServer, httpx.Client]) -> None:
    """502 for the caller, and the reason in the terminal."""
    server, client = shared
    answer = client.get(path)
    assert (answer.status_code, answer.json()) == (502, {"message": "Internal Server Error"})
    server.wait_for(f"GET {path}: {said}")


def test_an_ipv6_address_is_served(serve: Serve) -> None:
    """The address is printed with its brackets and works as it is printed."""
    server, client = serve("--host", "::1")
    assert server.url.startswith("http://[::1]:")
    event = client.get("/").json()["event"]
    assert event["headers"]["host"] == server.url.removeprefix("http://")
    assert event["requestContext"]["domainName"] == "[::1]"


def test_a_name_that_is_not_this_machines_is_refused(client: httpx.Client) -> None:
    """Before any environment is asked, with the option that would allow it."""
    answer = client.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, "--allow-host evil.example" in answer.json()["message"]) == (403, True)
    assert client.get("/", headers={"host": "my.localhost:9"}).status_code == 200
