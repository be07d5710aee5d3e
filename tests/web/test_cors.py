"""Which other origins' pages may call the API."""

from __future__ import annotations

import pytest

import adapter as gr
from tests.support.http import SESSION, VERSION, Answer, Door
from tests.web.conftest import Serve

PREFLIGHT = {"access-control-request-method": "POST", "access-control-request-headers": "content-type,x-gradio-user"}


def allowed(door: Door, origin: str) -> str | None:
    """Return which origin the answer lets read it."""
    return door.get("/config", headers={"origin": origin}).headers.get("access-control-allow-origin")


def test_elsewhere_only_pages_of_this_machine_may_call(door: Door) -> None:
    """A page from the web must not reach what runs on the developer's machine."""
    for origin in ("http://localhost:3000", "http://127.0.0.1", "https://[::1]:8443"):
        assert allowed(door, origin) == origin
    for origin in ("https://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "null"):
        assert allowed(door, origin) is None


def test_on_lambda_any_page_may_call(serve: Serve, history: gr.Interface, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gradio's JavaScript client runs on any page; sessions hang on headers and never on cookies."""
    door = serve(history, cors_origins=("*",))

    assert allowed(door, "https://any.example") == "*"
    assert (
        "access-control-allow-credentials" not in door.get("/config", headers={"origin": "https://a.example"}).headers
    )


def test_chosen_origins_are_the_only_ones(serve: Serve, history: gr.Interface) -> None:
    """A list is a list."""
    door = serve(history, cors_origins=("https://a.example",))

    assert allowed(door, "https://a.example") == "https://a.example"
    assert allowed(door, "http://localhost:3000") is None


def test_a_preflight_allows_what_the_clients_send(serve: Serve, history: gr.Interface) -> None:
    """Gradio's clients send two headers of their own, our page two more; it may read ours."""
    door = serve(history, cors_origins=("https://a.example",))
    headers = {**PREFLIGHT, "origin": "https://a.example"}
    headers["access-control-request-headers"] += f",{SESSION},{VERSION}"

    for path in ("/gradio_api/run/predict", "/gradio_api/queue/join", "/gradio_api/queue/data"):
        answer = door("OPTIONS", path, headers=headers)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "https://a.example")
    exposed = door.run("a", headers={"origin": "https://a.example"}).headers["access-control-expose-headers"]
    assert {one.strip().lower() for one in exposed.split(",")} == {SESSION, VERSION}


def test_a_preflight_of_another_origin_is_refused(serve: Serve, history: gr.Interface) -> None:
    """The browser then does not send the call."""
    door = serve(history, cors_origins=("https://a.example",))
    assert (
        door("OPTIONS", "/gradio_api/run/predict", headers={**PREFLIGHT, "origin": "https://b.example"}).status == 400
    )


def test_errors_may_be_read_too(serve: Serve, history: gr.Interface) -> None:
    """A page of another origin reads why a call failed."""
    answer = serve(history, cors_origins=("*",)).run(headers={"origin": "https://a.example"})
    assert (answer.status, answer.headers["access-control-allow-origin"]) == (422, "*")


POSTS = ("upload", "session/reset", "run/predict", "queue/join", "cancel", "reset", "call/predict", "component_server")
"""Every kind of request that changes something."""


def posted(door: Door, path: str, **headers: str) -> Answer:
    """Send a form, as a page of any site can without being asked first."""
    kind = {"content-type": "multipart/form-data; boundary=b"}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return door("POST", f"/gradio_api/{path}", body=b"--b--\r\n", headers={**kind, **named})


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec_fetch_site": "cross-site"},
        {"origin": "https://evil.example", "sec_fetch_site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null", "sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "cross-site"},
        {"origin": "http://localhost.evil.example:7860"},
    ],
)
def test_a_page_of_another_site_sends_nothing_that_changes_anything(
    door: Door, path: str, headers: dict[str, str]
) -> None:
    """What a browser sends for it without asking first is refused, with the setting that would allow it."""
    answer = posted(door, path, **headers)
    assert (answer.status, "ADAPTER_CORS_ORIGINS" in answer.json["error"]) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://app.example.org", "sec_fetch_site": "same-origin"},
        {"origin": "https://behind.a.proxy.example", "sec_fetch_site": "same-origin"},
        {"origin": "https://app.example.org"},
        {"origin": "http://localhost:3000", "sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "none"},
        {},
    ],
)
def test_the_apps_own_page_and_what_is_no_browser_may_send(door: Door, headers: dict[str, str]) -> None:
    """A request of the same origin, of this machine, or of a program is not refused for where it comes from."""
    assert posted(door, "upload", **headers).status == 400  # that form has no file
    assert posted(door, "session/reset", **headers).status == 400  # it names no session


@pytest.mark.parametrize(("origin", "status"), [("https://a.example", 400), ("https://b.example", 403)])
def test_pages_that_may_call_may_send(serve: Serve, history: gr.Interface, origin: str, status: int) -> None:
    """The origins of ``ADAPTER_CORS_ORIGINS``, and no others."""
    door = serve(history, cors_origins=("https://a.example",))
    assert posted(door, "upload", origin=origin, sec_fetch_site="cross-site").status == status
    everybody = serve(history, cors_origins=("*",))
    assert posted(everybody, "upload", origin=origin, sec_fetch_site="cross-site").status == 400
