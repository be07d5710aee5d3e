"""An app inside somebody's own FastAPI app."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

import adapter as gr
from adapter.errors import NotAvailable


def greet(name: str) -> str:
    """Greet."""
    return f"Hello {name}"


@pytest.fixture
def app() -> FastAPI:
    """Return an app with a route of its own and a page below it."""
    app = FastAPI()

    @app.get("/ping")
    async def ping() -> str:
        return "pong"

    demo = gr.Interface(greet, "text", "text", api_name="greet")
    assert gr.mount_gradio_app(app, demo, path="/chat/", css="#a {}", max_file_size="1kb") is app
    return app


async def ask(app: FastAPI, method: str, path: str, **options: Any) -> httpx.Response:
    """Send one request to an app."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://app.example.org", follow_redirects=True
    ) as client:
        return await client.request(method, path, **options)


@pytest.mark.anyio
async def test_page_and_api_are_below_the_path(app: FastAPI) -> None:
    """The other routes stay what they are; the page's files are asked for beside the page."""
    assert (await ask(app, "GET", "/ping")).json() == "pong"
    page = await ask(app, "GET", "/chat/")
    assert page.status_code == 200
    assert 'src="static/' in page.text
    assert (await ask(app, "GET", "/chat")).url.path == "/chat/"
    config = (await ask(app, "GET", "/chat/config")).json()
    assert (config["css"], config["max_file_size"]) == ("#a {}", 1024)
    answer = await ask(app, "POST", "/chat/gradio_api/run/greet", json={"data": ["Ann"]})
    assert answer.json()["data"] == ["Hello Ann"]


def test_a_login_is_refused(app: FastAPI) -> None:
    """It would ask nobody."""
    with pytest.raises(NotAvailable, match=r"launch\(auth=…\) is not available"):
        gr.mount_gradio_app(app, gr.Blocks(), "/other", auth=("me", "secret"))
