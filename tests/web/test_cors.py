from __future__ import annotations

import pytest
from starlette.testclient import TestClient

import adapter as gr
from adapter.settings import Settings
from adapter.web.app import create_app

KEYS = ("a" * 32,)


def client(settings: Settings) -> TestClient:
    """Return a client of an app with such settings."""
    return TestClient(create_app(gr.Interface(str, "text", "text"), settings))


def allowed(settings: Settings, origin: str) -> str | None:
    """Return which origin a preflight of ``origin`` allows, if any."""
    headers = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    return client(settings).options("/gradio_api/run/str", headers=headers).headers.get("access-control-allow-origin")


@pytest.mark.parametrize(
    ("settings", "origin", "answer"),
    [
        (Settings(), "http://localhost:5173", "http://localhost:5173"),
        (Settings(), "http://[::1]:80", "http://[::1]:80"),
        (Settings(), "https://elsewhere.example", None),
        (Settings(), "http://localhost.elsewhere.example", None),
        (Settings(on_lambda=True, session_keys=KEYS), "https://elsewhere.example", "*"),
        (Settings(cors_origins=("https://a.example",)), "https://a.example", "https://a.example"),
        (Settings(cors_origins=("https://a.example",)), "https://b.example", None),
    ],
)
def test_only_the_origins_that_are_allowed_may_call(settings: Settings, origin: str, answer: str | None) -> None:
    """A page from elsewhere never reaches a developer's machine; a deployed API says who may."""
    assert allowed(settings, origin) == answer


def test_pages_of_other_origins_can_read_the_session_headers() -> None:
    """The token and the version are of no use to a page that cannot read them."""
    answer = client(Settings()).post(
        "/gradio_api/run/str",
        json={"data": ["x"]},
        headers={"origin": "http://localhost:1", "x-adapter-session": "new"},
    )
    exposed = answer.headers["access-control-expose-headers"]
    assert "x-adapter-session" in exposed
    assert "x-adapter-version" in exposed
