"""What APP may be, and what is served of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapter.dev_server.loader import locate
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
