"""``gr.handler(app)``: a FastAPI app in which pages are mounted, served whole on Lambda."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware

import adapter as gr
from adapter.aws_lambda.events import to_response
from adapter.aws_lambda.handler import LambdaHandler
from adapter.state.open_apps import use_warm_store
from adapter.state.session import SessionId, mount_mark, mount_of, session_key
from tests.support.events import event

begun: list[str] = []
ended: list[Any] = []


@pytest.fixture(autouse=True)
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Be an environment with a store."""
    monkeypatch.setenv("ADAPTER_STORE", f"sqlite:///{tmp_path}/state.db")
    monkeypatch.setenv("ADAPTER_SESSION_KEYS", "a-key-for-tests-of-32-bytes-0123")
    begun.clear()
    ended.clear()
    yield
    use_warm_store(None)


def counting(name: str) -> gr.Blocks:
    """Return an app that counts in its session."""

    def count(before: int) -> tuple[int, str]:
        return before + 1, f"{name} {before + 1}"

    with gr.Blocks() as demo:
        state = gr.State(0, delete_callback=lambda value: ended.append((name, value)))
        out = gr.Textbox()
        gr.Button().click(count, state, [state, out], api_name="count")
    return demo


def host() -> FastAPI:
    """Return a host app with routes before and after two mounts, a middleware and a lifespan."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[dict[str, str]]:
        begun.append("begun")
        yield {"made": "at the start"}
        begun.append("ended")

    app = FastAPI(lifespan=lifespan)
    app.add_middleware(CORSMiddleware, allow_origins=["https://host.example.org"])

    @app.get("/before")
    def before(request: Request) -> dict[str, str]:
        return {"made": request.state.made}

    gr.mount_gradio_app(app, counting("one"), path="/one")
    gr.mount_gradio_app(app, counting("two"), path="/two")

    @app.get("/after")
    async def after() -> str:
        return "after"

    return app


def asked(handler: LambdaHandler, source: str, path: str, body: Any = None) -> Any:
    """Send a request by one of Lambda's sources; return the answer's status and what its JSON says."""
    sent = event(f"{source}.post_run", path=path, json=body) if body else event(f"{source}.get_config", path=path)
    answer = to_response(handler(sent, None))
    return answer.status, json.loads(answer.body)


@pytest.mark.parametrize("source", ["http_api", "http_api_stage", "rest", "function_url", "alb"])
def test_the_whole_app_is_served_from_every_source(source: str) -> None:
    """Its own routes and both mounts, behind any stage; the lifespan begins once, before the first request."""
    handler = gr.handler(host())
    assert begun == []
    assert asked(handler, source, "/before") == (200, {"made": "at the start"})
    assert asked(handler, source, "/after") == (200, "after")
    for name in ("one", "two", "one"):
        body = {"data": [None], "session_hash": "ann"}
        status, answer = asked(handler, source, f"/{name}/gradio_api/run/count", body)
        assert (status, answer["data"][1].split()[0]) == (200, name)
    status, config = asked(handler, source, "/two/config")
    assert (status, len(config["dependencies"])) == (200, 1)
    assert asked(handler, source, "/nowhere")[0] == 404
    assert begun == ["begun"]
    assert set(handler.services) == {"/one", "/two"}


def test_a_host_behind_a_root_path_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the front door does not tell the prefix, the setting does."""
    monkeypatch.setenv("ADAPTER_ROOT_PATH", "/api")
    handler = gr.handler(host())
    assert asked(handler, "http_api", "/api/after") == (200, "after")
    body = {"data": [None], "session_hash": "ann"}
    assert asked(handler, "http_api", "/api/one/gradio_api/run/count", body)[1]["data"][1] == "one 1"


def test_an_app_inside_a_middleware_is_served() -> None:
    """Whatever stands around the app."""
    handler = gr.handler(CORSMiddleware(host(), allow_origins=["*"]))
    assert asked(handler, "http_api", "/before") == (200, {"made": "at the start"})
    assert set(handler.services) == {"/one", "/two"}


def test_a_lifespan_that_fails_is_tried_again() -> None:
    """The request fails as on a server that does not start; the next one may go well."""
    tries: list[int] = []

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("not yet")
        yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/ping")
    def ping() -> str:
        return "pong"

    handler = gr.handler(app)
    with pytest.raises(Exception, match="not yet"):
        asked(handler, "http_api", "/ping")
    assert asked(handler, "http_api", "/ping") == (200, "pong")
    assert len(tries) == 2


def test_the_sessions_of_mounts_are_told_apart_by_their_keys() -> None:
    """So that the end of one calls its own app's callbacks."""
    keys = {mount: session_key("app", SessionId("hash", "ann", mount=mount)) for mount in ("", "/one", "/two")}
    assert len(set(keys.values())) == 3
    assert [mount_of(key) for key in keys.values()] == [mount_mark(mount) for mount in keys]
    assert mount_of(keys[""]) == ""


def test_two_handlers_of_one_module_are_two_apps() -> None:
    """Each answers with its own page; a session of the same name in both is one, as the apps' names are the same."""
    one, two = gr.handler(counting("one")), gr.handler(counting("two"))
    body = {"data": [None], "session_hash": "ann"}
    assert asked(one, "http_api", "/gradio_api/run/count", body)[1]["data"][1] == "one 1"
    assert asked(two, "http_api", "/gradio_api/run/count", body)[1]["data"][1].startswith("two")
