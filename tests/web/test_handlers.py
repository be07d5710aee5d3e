"""The handlers of the API: functions that can be named, which ask for the service of the app that answers."""

from __future__ import annotations

import importlib
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

import adapter as gr
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from adapter.web.app import create_app


def app_that_says(word: str) -> gr.Blocks:
    """Return an app each of whose answers has ``word`` in it."""
    with gr.Blocks(title=word) as demo:
        name = gr.Textbox(label=word)
        gr.HTML("<p></p>", js_on_load="", server_functions=[lambda: word])
        name.submit(lambda name: f"{word} {name}", name, name, api_name="greet")
    return demo


@pytest.fixture(autouse=True)
def none_open() -> Iterator[None]:
    """Leave no app open to other tests."""
    yield
    use_warm_store(None)


def test_each_handler_is_a_function_that_can_be_imported_by_its_name() -> None:
    """The handler of an API route stands in a module of ``adapter.web.routes``, under the name it says it has."""
    app = create_app(app_that_says("any"), Settings(store="memory:"))
    handlers = {route.endpoint for route in app.routes if isinstance(route, APIRoute)}
    assert handlers
    for handler in handlers:
        module = importlib.import_module(handler.__module__)
        assert module.__name__.startswith("adapter.web.routes.")
        assert getattr(module, handler.__qualname__) is handler


WORDS = ("alder", "birch", "cedar")

Ask = Callable[[httpx.AsyncClient, str], Any]


async def _get(client: httpx.AsyncClient, path: str) -> str:
    return (await client.get(path)).text


async def _run(client: httpx.AsyncClient, path: str) -> str:
    return (await client.post(path, json={"data": ["Ann"]})).text


async def _component(client: httpx.AsyncClient, path: str) -> str:
    config = (await client.get(path.replace("gradio_api/component_server", "config"))).json()
    number = next(one["id"] for one in config["components"] if one["type"] == "html")
    body = {"component_id": number, "fn_name": "<lambda>", "data": [], "session_hash": "one"}
    return (await client.post(path, json=body)).text


async def _call(client: httpx.AsyncClient, path: str) -> str:
    event = (await client.post(path, json={"data": ["Ann"]})).json()["event_id"]
    return (await client.get(f"{path}/{event}")).text


async def _queue(client: httpx.AsyncClient, path: str) -> str:
    body = {"data": ["Ann"], "fn_index": 0, "session_hash": "one"}
    await client.post(f"{path}/join", json=body)
    return (await client.get(f"{path}/data", params={"session_hash": "one"})).text


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("ask", "path"),
    [
        pytest.param(_get, "config", id="config"),
        pytest.param(_get, "gradio_api/info", id="info"),
        pytest.param(_get, "openapi.json", id="openapi"),
        pytest.param(_get, "", id="page"),
        pytest.param(_run, "gradio_api/run/greet", id="run"),
        pytest.param(_call, "gradio_api/call/greet", id="call"),
        pytest.param(_queue, "gradio_api/queue", id="queue"),
        pytest.param(_component, "gradio_api/component_server", id="component"),
    ],
)
async def test_each_of_several_apps_in_a_process_answers_as_itself(ask: Ask, path: str) -> None:
    """Routes that several mounted apps have in common answer with the app at whose address they are asked."""
    host = FastAPI(title="host")
    for word in WORDS[:2]:
        gr.mount_gradio_app(host, app_that_says(word), path=f"/{word}")
    inner = FastAPI(title="inner")
    gr.mount_gradio_app(inner, app_that_says("cedar"), path="/cedar")
    host.mount("/inner", inner)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=host), base_url="http://app.example.org") as client:
        for below, word in zip(("/alder", "/birch", "/inner/cedar"), WORDS, strict=True):
            said = await ask(client, f"{below}/{path}")
            assert word in said
            assert not [other for other in WORDS if other != word and other in said]


def test_apps_may_be_made_by_several_threads_at_the_same_time() -> None:
    """Each app that a thread makes has all of the routes, whatever other threads make meanwhile."""
    made: list[FastAPI] = []
    demos = [app_that_says(str(number)) for number in range(8)]
    start = threading.Barrier(len(demos))

    def make(demo: gr.Blocks) -> None:
        start.wait()
        made.append(create_app(demo, Settings(store="memory:")))

    threads = [threading.Thread(target=make, args=(demo,)) for demo in demos]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == len(demos)
    assert {len(app.routes) for app in made} == {len(made[0].routes)}
    documents = {json.dumps(app.openapi()["paths"]) for app in made}
    assert len(documents) == 1
