"""The example apps: short, and run through their handlers."""

from __future__ import annotations

import ast
import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from adapter.errors import InvalidInput
from adapter.state.open_apps import use_warm_store
from tests.support.http import SESSION, Answer, Door

FOLDER = Path(__file__).parents[2] / "functions"
APPS = sorted(path.name for path in FOLDER.iterdir() if (path / "app.py").is_file())
SERVED = [app for app in APPS if app != "dialogpt"]  # it needs PyTorch, and has a test of its own
LONGEST_LINES = 40

Load = Callable[[str], Door]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Load]:
    """Start another execution environment of an app, as Lambda does: by importing it."""
    monkeypatch.setenv("ADAPTER_STORE", f"sqlite://{tmp_path}/state.db")
    monkeypatch.setenv("ADAPTER_SESSION_KEYS", "a-key-for-tests-of-32-bytes-0123")
    doors: list[Door] = []

    def start(app: str) -> Door:
        name = f"functions_{app}_{len(doors)}"
        monkeypatch.syspath_prepend(FOLDER / app)  # as Lambda does with what it unpacks
        spec = importlib.util.spec_from_file_location(name, FOLDER / app / "app.py")
        assert spec is not None
        assert spec.loader is not None
        module: ModuleType = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        doors.append(Door(module.handler))
        return doors[-1]

    yield start
    for door in doors:
        door.close()
    use_warm_store(None)


def test_there_are_apps() -> None:
    """The five that the documentation shows, at least."""
    assert {"chat", "counter", "greeting", "interface_state", "score_tracker"} <= set(APPS)


@pytest.mark.parametrize("app", APPS)
def test_an_app_is_short_and_plain(app: str) -> None:
    """At most forty lines, says what it shows, uses nothing but public names, and can be started by itself."""
    source = (FOLDER / app / "app.py").read_text(encoding="utf-8")
    tree = ast.parse(source)

    assert len(source.splitlines()) <= LONGEST_LINES
    assert ast.get_docstring(tree)
    assert "import adapter as gr" in source
    assert "handler = gr.handler(demo)" in source
    assert "demo.launch()" in source
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [node for node in imported if (node.module or "").startswith("adapter")]


@pytest.mark.parametrize("app", SERVED)
def test_an_app_is_served(app: str, load: Load) -> None:
    """Its page, its config and its API's description are there, and every example of the description runs."""
    door = load(app)
    info = door.get("/gradio_api/info").json["named_endpoints"]

    assert door.get("/").status == 200
    assert door.get("/config").json["title"] != "Gradio"
    for name, endpoint in info.items():
        data = [
            parameter["parameter_default"] if parameter["parameter_has_default"] else parameter["example_input"]
            for parameter in endpoint["parameters"]
        ]
        assert door.run(*data, api=name.strip("/"), session="ann").status == 200


def test_score_tracker(load: Load) -> None:
    """Everybody adds to the same list, in whichever environment, and sees the three highest at once."""
    one, other = load("score_tracker"), load("score_tracker")

    assert one.run(5, session="ann").data == [[5]]
    assert other.run(9, session="bob").data == [[9, 5]]
    assert one.run(7).data == [[9, 7, 5]]
    assert other.call(8) == [("complete", [[9, 8, 7]])]
    assert one.queue(6)[-2]["output"]["data"] == [[9, 8, 7]]


def test_interface_state(load: Load) -> None:
    """Each visitor has a list of messages; the newest stands first among the previous ones."""
    one, other = load("interface_state"), load("interface_state")

    first = one.run("a", headers={SESSION: "new"})
    token = {SESSION: first.headers[SESSION]}
    assert first.data == [{"Current messages": "a", "Previous messages": []}, None]
    other.run("b", headers=token)
    assert one.run("c", headers=token).data[0] == {"Current messages": "c", "Previous messages": ["b", "a"]}
    assert one.run("x", headers={SESSION: "new"}).data[0]["Previous messages"] == []


def test_counter(load: Load) -> None:
    """Each session counts from the default of the function's own argument."""
    one, other = load("counter"), load("counter")

    assert [door.run(step, session="ann").data[0] for door, step in [(one, 1), (other, 5), (one, 2)]] == [
        "The total is 11.", "The total is 16.", "The total is 18."
    ]  # fmt: skip
    assert one.run(1, session="bob").data == ["The total is 11.", None]


def test_greeting(load: Load) -> None:
    """What goes in decides what comes out; the examples fill the inputs."""
    door = load("greeting")

    assert door.run("Ada", "formal", 1, api="greet").data == ["Good day, Ada!"]
    assert door.run(" ", "loud", 2, api="greet").data == ["HEY, whoever you are! HEY, whoever you are!"]
    assert door.run("Ada", "rude", 1, api="greet").status == 422
    assert door.run(1, api="load_example").data == ["Grace", "loud", 3]


def test_chat(load: Load) -> None:
    """Each session has a conversation of its own, which grows in whichever environment answers."""
    one, other = load("chat"), load("chat")

    assert one.run("Hi", "You said:", api="chat", session="ann").data[0] == "You said: Hi (message 1)."
    assert other.run("Ho", "And:", api="chat", session="ann").data[0] == "And: Ho (message 2). The first was: Hi"
    assert one.run("Hu", "You said:", api="chat", session="bob").data[0] == "You said: Hu (message 1)."
    assert one.run(" ", "You said:", api="chat", session="ann").json["error"] == "Say something."


def test_board(load: Load) -> None:
    """Everybody moves cards on the same board; what came too late changes nothing, and is told."""
    one, other = load("board"), load("board")

    def move(door: Door, card: str, source: str, goal: str, index: int = 0) -> Answer:
        event = {"card": card, "source": source, "goal": goal, "index": index}
        return door("POST", "/gradio_api/run/move", json={"data": [], "event_data": event})

    assert one.run(" Test ", api="add").data == ["", {"To do": ["Write", "Test"], "Doing": [], "Done": ["Plan"]}]
    assert move(other, "Write", "To do", "Done", 1).json["data"][0]["Done"] == ["Plan", "Write"]
    late = move(one, "Write", "To do", "Doing").json
    assert late["data"] == [{"To do": ["Test"], "Doing": [], "Done": ["Plan", "Write"]}]
    assert late["logs"][0]["log"] == "Somebody else has moved 'Write'."
    assert one.run(" ", api="add").json["error"] == "Say what is to be done."
    assert move(one, "Test", "To do", "nowhere").json["data"] == late["data"]
    with pytest.raises(InvalidInput, match=r"'Tasks' .* each a list of texts"):
        sys.modules["kanban"].Board(label="Tasks").preprocess({"To do": "Write"})
