"""What APP may be, and what is served of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from adapter.commands.dev.loader import locate
from adapter.errors import ConfigurationError
from tests.dev_server.conftest import PROBE, Serve

PAGE = "import adapter as gr\n{name} = gr.Interface(lambda text: text, 'textbox', 'textbox', title={title!r})\n"


def titled(title: str, name: str = "demo") -> str:
    """Return a script's lines that make an app with a title."""
    return PAGE.format(name=name, title=title)


@pytest.mark.parametrize(
    ("app", "name"),
    [("greeting/app.py", "greeting"), ("greeting", "greeting"), ("greeting/say_hello.py", "say_hello")],
)
def test_a_script_or_its_folder_is_found(app: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is the folder's where the file's says nothing."""
    (tmp_path / "greeting").mkdir()
    for file in ("app.py", "say_hello.py"):
        (tmp_path / "greeting" / file).touch()
    monkeypatch.chdir(tmp_path)
    target = locate(app)
    assert target.name == name
    assert target.folder == target.source == str(tmp_path / "greeting")


def test_a_module_is_found_without_being_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its outermost package is what is watched."""
    (tmp_path / "shop" / "till").mkdir(parents=True)
    (tmp_path / "shop" / "__init__.py").write_text("raise RuntimeError")
    (tmp_path / "shop" / "till" / "app.py").touch()
    monkeypatch.chdir(tmp_path)
    target = locate("shop.till.app:demo")
    assert (target.module, target.attribute, target.name) == ("shop.till.app", "demo", "till")
    assert (target.folder, target.source) == (str(tmp_path), str(tmp_path / "shop"))


@pytest.mark.parametrize(
    ("app", "said"),
    [
        ("nothing.py", "no file nothing.py"),
        ("empty", "empty has no app.py"),
        ("no_such_module:demo", "no module no_such_module"),
        ("module", "no file module"),
    ],
)
def test_what_is_not_there_is_refused(app: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names it and says what APP may be."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match=said):
        locate(app)


def test_a_script_runs_as_python_would_run_it(serve: Serve) -> None:
    """It is ``__main__``, it is alone on its command line, and its folder comes first among the imports."""
    told = serve()[1].get("/").json()
    assert told["name"] == "__main__"
    assert told["argv"] == [str(PROBE)]
    assert told["path"] == str(PROBE.parent)


def test_a_module_is_imported_from_the_working_folder(serve: Serve, tmp_path: Path) -> None:
    """Its handler may be any callable of an event and a context."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "app.py").write_text(PROBE.read_text())
    told = serve(app="shop.app:handler")[1].get("/").json()
    assert (told["name"], told["path"]) == ("shop.app", str(tmp_path))


@pytest.mark.parametrize(
    "script",
    [
        titled("wanted"),
        titled("wanted") + "if __name__ == '__main__':\n    demo.launch()\n",
        titled("wanted", name="page") + "page.launch()\n",
        titled("wanted", name="page"),
        titled("other") + titled("wanted", name="page") + "page.launch()\n",
        titled("wanted") + "demo.launch(prevent_thread_lock=True)\nraise ValueError('for the shell only')\n",
        "import adapter as gr\ndef main():\n    gr.Interface(str, 'text', 'text', title='wanted').launch()\nmain()\n",
        titled("other", name="page") + titled("wanted"),
        titled("wanted") + "handler = gr.handler(demo)\n",
        titled("wanted") + titled("other", name="page") + "handler = gr.handler(demo)\npage.launch()\n",
        titled("wanted") + "def handler(event, context): ...\n",
    ],
    ids=[
        "demo",
        "guarded",
        "unguarded",
        "only one",
        "launched",
        "more behind",
        "in main()",
        "named",
        "handler",
        "handler first",
        "own function",
    ],
)
def test_the_demo_of_a_script_is_served(script: str, serve: Serve, tmp_path: Path) -> None:
    """Its ``adapter.handler``, else what it launched last, else ``demo``, else the only one it has."""
    (tmp_path / "page.py").write_text(script)
    assert serve(app=tmp_path / "page.py")[1].get("/config").json()["title"] == "wanted"


@pytest.mark.parametrize("name", ["demo", "handler"])
def test_the_demo_of_a_module_is_served(name: str, serve: Serve, tmp_path: Path) -> None:
    """By the name that the command line gives."""
    (tmp_path / "page.py").write_text(titled("wanted") + "handler = gr.handler(demo)\n")
    assert serve(app=f"page:{name}")[1].get("/config").json()["title"] == "wanted"


@pytest.mark.parametrize(
    ("script", "app", "said"),
    [
        ("x = 1\n", "page.py", "page.py has nothing to serve: it makes no Interface or Blocks"),
        (titled("a", "one") + titled("b", "two"), "page.py", "none of one, two is named demo"),
        ("x = 1\n", "page:demo", "page has no demo"),
        ("x = 1\n", "page:x", "page:x is a int"),
        ("import sys\nsys.exit(4)\n", "page.py", "ended itself with exit status 4"),
        ("def f(:\n", "page.py", "SyntaxError"),
        ("import no_such_library\n", "page.py", "No module named 'no_such_library'"),
    ],
)
def test_an_app_without_anything_to_serve_says_what_was_found(
    script: str, app: str, said: str, serve: Serve, tmp_path: Path
) -> None:
    """The reason stands in the terminal and in the answer."""
    (tmp_path / "page.py").write_text(script)
    server, client = serve(app=tmp_path / app if app.endswith(".py") else app)
    answer = client.get("/")
    assert answer.status_code == 500
    assert said in answer.json()["message"]
    server.wait_for(said)


def test_import_gradio_means_adapter_where_asked(serve: Serve, tmp_path: Path) -> None:
    """The package and its modules are the adapter's own, not copies; what is missing raises by name."""
    (tmp_path / "page.py").write_text(
        "import adapter, adapter.components.number\n"
        "import gradio as gr\n"
        "import gradio.components.number\n"
        "from gradio.components import number\n"
        "from gradio.themes import Soft\n"
        "from gradio.layouts import Row\n"
        "from gradio import ChatMessage, events\n"
        "assert gr.Number is number.Number and number is adapter.components.number\n"
        "assert Row is gr.Row is events.Row and ChatMessage is adapter.ChatMessage\n"
        "assert tuple(map(int, gr.__version__.split('.'))) > (6, 30)\n"
        "assert number.__spec__.name == 'adapter.components.number'\n"
        "try:\n    import gradio.no_such_part\nexcept ModuleNotFoundError:\n    pass\n"
        "demo = gr.Interface(lambda text: text, 'textbox', 'textbox', title='wanted')\n"
    )
    assert serve("--as-gradio", app=tmp_path / "page.py")[1].get("/config").json()["title"] == "wanted"


def test_a_script_for_gradio_4_loads_with_what_it_imports_and_says(serve: Serve, tmp_path: Path) -> None:
    """Its page opens in a browser where it says so, and environments that follow repeat no warning."""
    (tmp_path / "page.py").write_text(
        "import gradio as gr\n"
        "from gradio.components.chatbot import Message, MessageDict\n"
        "from gradio.components.textbox import Textbox\n"
        "from gradio.components.image_editor import ImageEditor\n"
        "from gradio.helpers import special_args\n"
        "from gradio.layouts.row import Row\n"
        "from gradio.media import MEDIA_PATHS, get_audio, get_file, get_video\n"
        "from gradio.utils import NamedString\n"
        "assert Textbox is gr.Textbox and 'python' in gr.Code.languages and NamedString('a').name == 'a'\n"
        "with gr.Blocks(title='wanted') as demo:\n"
        "    gr.Chatbot(bubble_full_width=False, show_copy_button=True)\n"
        "    gr.Image('missing.png', show_download_button=False)\n"
        "if __name__ == '__main__':\n"
        "    demo.queue().launch(inbrowser=True, share=False, show_api=False)\n"
        "    raise AssertionError('launch returned')\n"
    )
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    os.mkfifo(opened)
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    browser.chmod(0o755)
    options = ("--as-gradio", "--environments", "2", "--recycle", "1")
    server, client = serve(*options, app=tmp_path / "page.py", environment={"BROWSER": f"{browser} %s"})
    for _ in range(4):
        assert client.get("/config").json()["title"] == "wanted"
    server.wait_for("bubble_full_width=… has no effect")
    assert server.output.count("bubble_full_width=… has no effect") == 1
    assert server.output.count("'missing.png', which is not there") == 1
    assert opened.read_text().strip() == str(client.base_url).rstrip("/")


# -- a FastAPI app in which pages are mounted ------------------------------------------------------

HOST = """\
from contextlib import asynccontextmanager
from fastapi import FastAPI, Request
import adapter as gr

begun = []

@asynccontextmanager
async def lifespan(app):
    begun.append("begun")
    yield {"told": "by the lifespan"}

app = FastAPI(lifespan=lifespan)

@app.middleware("http")
async def mark(request, call_next):
    answer = await call_next(request)
    answer.headers["x-host"] = "host"
    return answer

@app.get("/")
def root(request: Request):
    return {"root": True, "told": request.state.told, "begun": len(begun)}

@app.get("/shop/ping")
def ping():
    return "pong"

demo = gr.Interface(lambda text: text.upper(), "text", "text", api_name="shout")
other = gr.Interface(lambda text: text.lower(), "text", "text", api_name="whisper")
app = gr.mount_gradio_app(app, demo, path="/gradio")
app = gr.mount_gradio_app(app, other, path="/other")
"""


@pytest.mark.parametrize(
    "end", ["", "import uvicorn\nif __name__ == '__main__':\n    uvicorn.run(app, port=80)\n"], ids=["none", "guarded"]
)
def test_a_host_app_is_served_whole(end: str, serve: Serve, tmp_path: Path) -> None:
    """With its own routes, middlewares and lifespan, and its pages where they are mounted; no server starts."""
    (tmp_path / "page.py").write_text(HOST + end)
    _, client = serve("--environments", "2", app=tmp_path / "page.py")
    assert client.get("/").json() == {"root": True, "told": "by the lifespan", "begun": 1}
    assert client.get("/").headers["x-host"] == "host"
    assert client.get("/shop/ping").json() == "pong"
    for path, api, said in (("/gradio", "shout", "AB"), ("/other", "whisper", "ab")):
        assert "static/" in client.get(f"{path}/").text
        assert client.get(path, follow_redirects=True).url.path == f"{path}/"
        assert client.post(f"{path}/gradio_api/run/{api}", json={"data": ["aB"]}).json()["data"] == [said]
    assert client.get("/").json()["begun"] == 1


LOAD = """\
import sys
from adapter.commands.dev import as_served, loader
as_served.install()
served = loader.load(loader.locate(sys.argv[1]))
print("served", served.app.title, *served.services)
"""


@pytest.mark.parametrize(
    "end",
    [
        "import uvicorn\nuvicorn.run('page:app', reload=True, workers=3)\n",
        "from uvicorn import run\nrun(lambda: app, factory=True)\n",
        "from uvicorn.main import run\nrun(app)\n",
        "import uvicorn\nuvicorn.Server(uvicorn.Config(app, port=1)).run()\n",
        "import asyncio, uvicorn\nasyncio.run(uvicorn.Server(uvicorn.Config(app)).serve())\n",
        "import threading, uvicorn\nthreading.Thread(target=uvicorn.run, args=(app,)).start()\n",
        "handler = gr.handler(app)\n",
        "app.title = 'first'\nwrong = gr.mount_gradio_app(FastAPI(), gr.Blocks(), path='/wrong')\n",
    ],
    ids=["by name", "factory", "from main", "server", "async", "thread", "handler", "by its name"],
)
def test_whatever_starts_a_host_app_says_what_is_served(end: str, tmp_path: Path) -> None:
    """A script that starts uvicorn in any way does not hang an environment: the app that it gives it is served."""
    (tmp_path / "page.py").write_text(HOST + end)
    ran = subprocess.run(
        [sys.executable, "-c", LOAD, str(tmp_path / "page.py")],
        env={**os.environ, "ADAPTER_ENVIRONMENT": "1", "ADAPTER_STORE": "memory:"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.stdout.splitlines()[-1].endswith("/gradio /other"), ran.stderr


def test_a_module_s_host_app_is_served(serve: Serve, tmp_path: Path) -> None:
    """By the name that the command line gives."""
    (tmp_path / "page.py").write_text(HOST)
    _, client = serve(app="page:app")
    assert client.get("/shop/ping").json() == "pong"
    assert client.post("/gradio/gradio_api/run/shout", json={"data": ["a"]}).json()["data"] == ["A"]


def test_of_several_host_apps_none_is_guessed(serve: Serve, tmp_path: Path) -> None:
    """The message names them."""
    (tmp_path / "page.py").write_text(
        "from fastapi import FastAPI\nimport adapter as gr\n"
        "one = gr.mount_gradio_app(FastAPI(), gr.Blocks(), path='/a')\n"
        "two = gr.mount_gradio_app(FastAPI(), gr.Blocks(), path='/a')\n"
    )
    told = serve(app=tmp_path / "page.py")[1].get("/").text
    assert "mounts its pages in one, two; name the one to serve `app`" in told
