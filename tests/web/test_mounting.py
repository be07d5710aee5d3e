"""An app inside somebody's own FastAPI app."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
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


# -- in a host app that others use, too -------------------------------------------------------------


@asynccontextmanager
async def clients(app: FastAPI, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client of an app."""
    transport = httpx.ASGITransport(app=app, **options)
    async with httpx.AsyncClient(transport=transport, base_url="http://app.example.org", timeout=60) as client:
        yield client


def host(**demos: gr.Blocks) -> FastAPI:
    """Return an app with a route of its own, and others below their names."""
    app = FastAPI()

    @app.get("/ping")
    async def ping() -> str:
        return "pong"

    for name, demo in demos.items():
        gr.mount_gradio_app(app, demo, path=f"/{name}")
    return app


@pytest.mark.anyio
@pytest.mark.parametrize("way", ["run", "call"])
@pytest.mark.parametrize("kind", ["plain", "generator", "chat"])
async def test_the_host_answers_while_a_function_runs(way: str, kind: str) -> None:
    """A plain function, a generator and a chat's function run in a thread, and leave the loop to the others."""
    started, leave = threading.Event(), threading.Event()

    def wait(text: str) -> str:
        started.set()
        assert leave.wait(30)
        return f"{text}!"

    def stream(text: str) -> Iterator[str]:
        yield wait(text)

    demos: dict[str, gr.Blocks] = {
        "plain": gr.Interface(wait, "text", "text", api_name="act"),
        "generator": gr.Interface(stream, "text", "text", api_name="act"),
        "chat": gr.ChatInterface(lambda message, history: wait(message), api_name="act"),
    }
    async with clients(host(demo=demos[kind])) as client:
        if way == "run":
            data = ["a"] if kind != "chat" else ["a", None]
            asked = asyncio.create_task(client.post("/demo/gradio_api/run/act", json={"data": data}))
        else:
            event = (await client.post("/demo/gradio_api/call/act", json={"data": ["a"]})).json()["event_id"]
            asked = asyncio.create_task(client.get(f"/demo/gradio_api/call/act/{event}"))
        assert await asyncio.to_thread(started.wait, 30)
        assert (await client.get("/ping")).json() == "pong"
        assert not asked.done()
        leave.set()
        assert "a!" in (await asked).text


@pytest.mark.anyio
async def test_an_async_function_runs_on_the_hosts_loop() -> None:
    """What the host has made for its loop, such as a lock or a connection, is of use in it."""
    loops: list[asyncio.AbstractEventLoop] = []

    async def act(text: str) -> str:
        loops.append(asyncio.get_running_loop())
        await asyncio.sleep(0)
        return text

    async def stream(text: str) -> AsyncIterator[str]:
        for letter in text:
            loops.append(asyncio.get_running_loop())
            yield letter

    app = host(
        one=gr.Interface(act, "text", "text", api_name="act"), two=gr.Interface(stream, "text", "text", api_name="act")
    )
    async with clients(app) as client:
        answers = [await client.post(f"/{name}/gradio_api/run/act", json={"data": ["ab"]}) for name in ("one", "two")]
    assert [answer.json()["data"] for answer in answers] == [["ab"], ["b"]]
    assert loops == [asyncio.get_running_loop()] * 3


@pytest.mark.anyio
async def test_calls_of_one_session_wait_for_each_other_and_stop_nobody() -> None:
    """Two generators of one session, plain or async, both end, and no step of a State is lost."""

    async def count(before: list[int]) -> AsyncIterator[tuple[list[int], str]]:
        await asyncio.sleep(0.05)
        yield [*before, len(before)], str(len(before))

    with gr.Blocks() as demo:
        state, out = gr.State([]), gr.Textbox()
        gr.Button().click(count, state, [state, out], api_name="count")
    async with clients(host(demo=demo)) as client:
        body = {"data": [None], "session_hash": "ann"}
        answers = await asyncio.gather(*(client.post("/demo/gradio_api/run/count", json=body) for _ in range(4)))
    assert sorted(answer.json()["data"][1] for answer in answers) == ["0", "1", "2", "3"]


@pytest.mark.anyio
async def test_notices_and_progress_go_out_as_they_are_made() -> None:
    """Before the function has ended; what a further run says again is said once."""
    heard, leave = asyncio.Event(), threading.Event()

    def work(text: str, progress: gr.Progress = gr.Progress()) -> str:  # noqa: B008 - Gradio's way
        gr.Info("begun")
        progress(0.5, desc="half")
        assert leave.wait(30)
        return text

    app = host(demo=gr.Interface(work, "text", "text", api_name="work"))
    messages: list[str] = []

    async def listen(body: bytes) -> None:
        messages.append(body.decode())
        if "begun" in "".join(messages) and "half" in "".join(messages):
            heard.set()

    async with clients(app) as client:
        body = {"data": ["a"], "fn_index": 0, "session_hash": "ann"}
        await client.post("/demo/gradio_api/queue/join", json=body)
    streaming = asyncio.create_task(streamed(app, "/demo/gradio_api/queue/data", b"session_hash=ann", listen))
    await asyncio.wait_for(heard.wait(), 30)
    assert "process_completed" not in "".join(messages)
    leave.set()
    await asyncio.wait_for(streaming, 30)
    assert "process_completed" in "".join(messages)
    assert "".join(messages).count("begun") == 1


@pytest.mark.anyio
async def test_a_client_that_leaves_gives_its_lease_back() -> None:
    """Its generator is ended after the step that it is at, and the session's next call need not wait."""
    entered, leave, ended = threading.Event(), threading.Event(), threading.Event()

    def count(before: int, wait: bool) -> Iterator[tuple[int, str]]:
        try:
            yield before + 1, "first"
            if wait:
                entered.set()
                assert leave.wait(30)
            yield before + 2, "second"
        finally:
            ended.set()

    with gr.Blocks() as demo:
        state, wait, out = gr.State(0), gr.Checkbox(), gr.Textbox()
        gr.Button().click(count, [state, wait], [state, out], api_name="count")
    app, gone = host(demo=demo), asyncio.Event()

    async def listen(body: bytes) -> None:
        if b"first" in body:
            gone.set()

    async with clients(app) as client:
        joined = {"data": [None, True], "fn_index": 0, "session_hash": "ann"}
        await client.post("/demo/gradio_api/queue/join", json=joined)
        asked = asyncio.create_task(streamed(app, "/demo/gradio_api/queue/data", b"session_hash=ann", listen, gone))
        assert await asyncio.to_thread(entered.wait, 30)
        leave.set()
        await asyncio.wait_for(asked, 30)
        assert await asyncio.to_thread(ended.wait, 30)
        body = {"data": [None, False], "session_hash": "ann"}
        answer = await asyncio.wait_for(client.post("/demo/gradio_api/run/count", json=body), 30)
    assert answer.json()["data"][1] == "second"


async def streamed(app: FastAPI, path: str, query: bytes, listen: Any, gone: asyncio.Event | None = None) -> None:
    """Ask for ``path`` and hand on each part of the body as it comes, which httpx's transport keeps to the end."""
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": query, "root_path": "", "headers": [(b"host", b"h")],
        "client": ("127.0.0.1", 1), "server": ("h", 80),
    }  # fmt: skip
    silent = gone or asyncio.Event()

    async def receive() -> dict[str, Any]:
        await silent.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            await listen(message.get("body", b""))

    await app(scope, receive, send)


@pytest.mark.anyio
async def test_two_apps_in_one_host_have_their_own_sessions_and_share_globals() -> None:
    """Also where a client names its sessions alike."""
    shared: gr.GlobalState[list[str]] = gr.GlobalState([], name="mounted")

    def app(name: str) -> gr.Blocks:
        def add(text: str, before: list[str]) -> tuple[list[str], list[str], int]:
            shared.append(text)
            return [*before, text], [name, *before, text], len(shared)

        with gr.Blocks() as demo:
            state, box, out, total = gr.State([]), gr.Textbox(), gr.JSON(), gr.Number()
            gr.Button().click(add, [box, state], [state, out, total], api_name="add")
        return demo

    async with clients(host(one=app("one"), two=app("two"))) as client:
        found = []
        for name, text in (("one", "a"), ("two", "b"), ("one", "c")):
            body = {"data": [text, None], "session_hash": "ann"}
            found.append((await client.post(f"/{name}/gradio_api/run/add", json=body)).json()["data"][1:])
    assert found == [[["one", "a"], 1], [["two", "b"], 2], [["one", "a", "c"], 3]]


@pytest.mark.anyio
@pytest.mark.parametrize(("path", "root"), [("/chat", ""), ("/", ""), ("/chat", "/behind"), ("/a/b/", "/behind")])
async def test_the_addresses_of_files_have_the_mounts_path(path: str, root: str, tmp_path: Path) -> None:
    """Below the host's root path and the mount's own; they can be fetched there."""
    (tmp_path / "a.txt").write_text("hello")
    with gr.Blocks() as demo:
        gr.File(str(tmp_path / "a.txt"))
    app = FastAPI()
    gr.mount_gradio_app(app, demo, path=path)
    async with clients(app, root_path=root) as client:
        base = f"{root}{path.rstrip('/')}"
        config = (await client.get(f"{base}/config")).json()
        [url] = [one["props"]["value"]["url"] for one in config["components"] if one["type"] == "file"]
        assert url.startswith(f"http://app.example.org{base}/gradio_api/file=app/")
        assert (await client.get(url)).text == "hello"
        page = await client.get(f"{base}/")
        assert page.status_code == 200
        assert "static/" in page.text
