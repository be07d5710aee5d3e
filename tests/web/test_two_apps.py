"""Two apps in one process are two apps: each has its own state, files, folders, scripts and drawings."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.files import static
from adapter.settings import Settings
from adapter.state.codec import origin, trust_folder
from adapter.state.open_apps import use_warm_store
from tests.support.http import Door

first_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="first")
second_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="second")
shared_scores: gr.GlobalState[list[int]] = gr.GlobalState([], name="shared")
first_visits = gr.GlobalCounter("first-visits")


@pytest.fixture(autouse=True)
def none_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave no app open to other tests, and find none; this file is the app's, whatever folders others have trusted."""
    monkeypatch.setattr(origin, "_folders", {})
    trust_folder(Path(__file__).parent)
    use_warm_store(None)
    yield
    use_warm_store(None)


def add_first(score: int) -> list[int]:
    """Add to the first app's scores."""
    first_scores.append(score)
    first_visits.add()
    return list(first_scores)


def add_second(score: int) -> list[int]:
    """Add to the second app's scores."""
    second_scores.append(score)
    return list(second_scores)


def add_shared(score: int) -> list[int]:
    """Add to scores that both apps have."""
    shared_scores.append(score)
    return list(shared_scores)


def opened(fn: Any, folder: Path, name: str) -> Door:
    """Return an app around ``fn`` with a store of its own."""
    settings = Settings(store=f"sqlite:///{folder / name}.db", files=str(folder / name))
    return Door(gr.handler(gr.Interface(fn, "number", "json", api_name="add"), settings=settings))


def add(door: Door, score: int) -> Any:
    """Call the app's function."""
    return door("POST", "/gradio_api/run/add", json={"data": [score]}).json["data"][0]


def test_a_global_outside_a_call_is_that_of_the_app_whose_functions_use_it(tmp_path: Path) -> None:
    """Whichever app was opened last."""
    one, two = opened(add_first, tmp_path, "one"), opened(add_second, tmp_path, "two")
    first_scores.append(1)
    second_scores.append(10)
    first_visits.add(5)
    assert (add(one, 2), add(two, 20)) == ([1, 2], [10, 20])
    assert (first_scores.value, second_scores.value, first_visits.value) == ([1, 2], [10, 20], 6)
    first_scores.set([])
    assert (add(one, 3), second_scores.value) == ([3], [10, 20])


def test_a_global_that_both_apps_use_is_outside_a_call_that_of_the_last_one(tmp_path: Path) -> None:
    """In a call it is the app's of the call, always."""
    one, two = opened(add_shared, tmp_path, "one"), opened(add_shared, tmp_path, "two")
    shared_scores.append(10)
    assert (add(one, 1), add(two, 20)) == ([1], [10, 20])


def test_threads_that_open_an_app_each_have_their_own(tmp_path: Path) -> None:
    """What a thread asks outside a call is the app's that it opened, while others open theirs."""
    together = threading.Barrier(4)
    found: dict[str, Any] = {}

    def run(name: str, number: int) -> None:
        door = opened(add_shared, tmp_path, name)
        together.wait(60)
        shared_scores.append(number)
        together.wait(60)
        found[name] = add(door, number + 1), shared_scores.value

    threads = [threading.Thread(target=run, args=(f"app-{number}", number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(150)
    assert found == {f"app-{number}": ([number, number + 1], [number, number + 1]) for number in range(4)}


# -- files, folders, scripts, drawings, caches -----------------------------------------------------


def door_of(demo: gr.Blocks, folder: Path, name: str) -> Door:
    """Return an app with a store and files of its own."""
    store, files = f"sqlite:///{folder / name}.db", str(folder / name / "files")
    return Door(gr.handler(demo, settings=Settings(store=store, files=files, session_keys=("k" * 32,))))


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is neither the app's nor a temporary one."""
    for name in ("app", "temporary", "elsewhere"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / "app")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return tmp_path / "elsewhere"


def showing(place: Path) -> gr.Blocks:
    """Return an app whose page shows a file."""
    with gr.Blocks() as demo:
        gr.File(str(place))
    return demo


def file_shown(door: Door) -> str:
    """Return the address of the file that the page shows."""
    [shown] = [one for one in door.get("/config").json["components"] if one["type"] == "file"]
    return str(shown["props"]["value"]["path"])


def test_a_file_of_a_page_is_served_by_its_app_alone(elsewhere: Path, tmp_path: Path) -> None:
    """By both where both show it, and before anybody has opened the page."""
    (elsewhere / "one.txt").write_text("one")
    (elsewhere / "both.txt").write_text("both")
    one, two = showing(elsewhere / "one.txt"), showing(elsewhere / "both.txt")
    doors = [door_of(one, tmp_path, "one"), door_of(two, tmp_path, "two")]
    three = door_of(showing(elsewhere / "both.txt"), tmp_path, "three")
    paths = [file_shown(door) for door in doors]
    assert [door.get(f"/gradio_api/file={path}").status for path in paths for door in doors] == [200, 403, 403, 200]
    assert three.get(f"/gradio_api/file={paths[1]}").body == b"both"


def test_a_component_that_two_pages_show_is_served_by_both(elsewhere: Path, tmp_path: Path) -> None:
    """Although it was made outside of both."""
    (elsewhere / "logo.txt").write_text("logo")
    logo = gr.File(str(elsewhere / "logo.txt"))
    doors = []
    for name in ("one", "two"):
        with gr.Blocks() as demo:
            logo.render()
        doors.append(door_of(demo, tmp_path, name))
    assert [door.get(f"/gradio_api/file={file_shown(door)}").body for door in doors] == [b"logo", b"logo"]


def test_what_another_app_shows_is_no_input_and_no_output(elsewhere: Path, tmp_path: Path) -> None:
    """A function takes and gives its own app's files alone."""
    (elsewhere / "one.txt").write_text("one")
    one = door_of(showing(elsewhere / "one.txt"), tmp_path, "one")
    shown = file_shown(one)
    read = gr.Interface(lambda path: Path(path).read_text(), "file", "text", api_name="read")
    give = gr.Interface(lambda: str(elsewhere / "one.txt"), None, "file", api_name="give")
    body = {"data": [{"path": shown, "meta": {"_type": "gradio.FileData"}}]}
    assert door_of(read, tmp_path, "two")("POST", "/gradio_api/run/read", json=body).status == 422
    assert door_of(give, tmp_path, "three")("POST", "/gradio_api/run/give", json={"data": []}).status == 500


def test_files_that_a_state_names_are_looked_for_in_the_apps_own_store(tmp_path: Path) -> None:
    """Whichever app was opened last."""
    doors = [door_of(gr.Blocks(), tmp_path, name) for name in ("one", "two")]
    for name, door in zip(("one", "two"), doors, strict=True):
        warm_store = door.handler.app.state.service.warm_store
        assert warm_store.files.root == tmp_path / name / "files"


def test_allowed_folders_are_those_of_the_app_that_was_given_them(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By ``launch(allowed_paths=…)``; of another app's functions the file is refused."""
    monkeypatch.setenv("ADAPTER_ENVIRONMENT", "1")
    (elsewhere / "one.txt").write_text("one")

    def app() -> gr.Interface:
        return gr.Interface(lambda: str(elsewhere / "one.txt"), None, "file", api_name="give")

    one, two = app(), app()
    one.launch(allowed_paths=[str(elsewhere)])
    doors = [door_of(one, tmp_path, "one"), door_of(two, tmp_path, "two")]
    answers = [door("POST", "/gradio_api/run/give", json={"data": [], "session_hash": "ann"}) for door in doors]
    assert [answer.status for answer in answers] == [200, 500]


def test_static_folders_are_those_of_the_apps_that_are_opened_after_them(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inside ``with Blocks()`` that app's alone."""
    monkeypatch.setattr(static, "folders", [])
    for name in ("before", "inside", "after"):
        (elsewhere / name).mkdir()
        (elsewhere / name / "a.txt").write_text(name)
    gr.set_static_paths(elsewhere / "before")
    with gr.Blocks() as one:
        gr.set_static_paths(elsewhere / "inside")
    with gr.Blocks() as two:
        gr.Textbox()
    doors = [door_of(one, tmp_path, "one"), door_of(two, tmp_path, "two")]
    gr.set_static_paths(elsewhere / "after")
    doors.append(door_of(gr.Blocks(), tmp_path, "three"))
    found = [[door.get(f"/gradio_api/file={elsewhere}/{name}/a.txt").status for door in doors] for name in
             ("before", "inside", "after")]  # fmt: skip
    assert found == [[200, 200, 200], [200, 403, 403], [403, 403, 200]]


def scripted(text: str, **options: Any) -> gr.Blocks:
    """Return an app with scripts of its own."""
    with gr.Blocks(**options) as demo:
        box = gr.Textbox()
        box.change(None, box, box, js=f"(x) => x + '{text}'")
        gr.HTML("", html_template=f"<b>{text}</b>", js_on_load=f"element.title = '{text}';")
    return demo


def scripts_of(door: Door) -> set[str]:
    """Return the addresses of the scripts that the page may load."""
    page = door.get("/").body.decode()
    return set(re.findall(r"scripts/[0-9a-f]{16}\.js", page))


def test_scripts_are_served_by_their_app_alone(tmp_path: Path) -> None:
    """And neither changes the version of the other's page."""
    alone = door_of(scripted("one"), tmp_path, "alone")
    version = re.findall(r"v-[0-9a-f]{12}", alone.get("/").body.decode())[0]
    one, two = door_of(scripted("one"), tmp_path, "one"), door_of(scripted("two"), tmp_path, "two")
    mine, others = scripts_of(one), scripts_of(two)
    assert len(mine) == 3
    assert mine.isdisjoint(others)
    assert {one.get(f"/static/{name}").status for name in mine} == {200}
    assert {two.get(f"/static/{name}").status for name in mine} == {404}
    assert re.findall(r"v-[0-9a-f]{12}", one.get("/").body.decode())[0] == version


def test_a_call_runs_no_script_that_only_another_app_has_declared(tmp_path: Path) -> None:
    """A source that a function returns is a visitor's in this app."""

    def draws(text: str) -> None:
        gr.HTML("", html_template="<i>{{value}}</i>", js_on_load=f"element.title = '{text}';")

    with gr.Blocks() as demo:
        box = gr.Textbox()
        gr.render(box)(draws)
    door_of(scripted("one"), tmp_path, "one")
    two = door_of(demo, tmp_path, "two")
    [listener] = two.get("/config").json["dependencies"]
    body = {"data": ["one"], "fn_index": listener["id"], "session_hash": "ann"}
    drawn = two("POST", "/gradio_api/run/apply", json=body).json["render_config"]
    [html] = [one for one in drawn["components"] if one["type"] == "html"]
    assert "on_load" not in html


def test_drawings_of_the_same_session_name_are_each_apps_own(tmp_path: Path) -> None:
    """A client that opens both under one name is shown each app's parts."""

    def app(text: str) -> gr.Blocks:
        with gr.Blocks() as demo:
            box = gr.Textbox()

            @gr.render(box)
            def draw(_: str) -> None:
                out = gr.Textbox()
                gr.Button().click(lambda: text, None, out)

        return demo

    doors = [door_of(app(name), tmp_path, name) for name in ("one", "two")]
    parts = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("secrets.randbelow", lambda _: 7)
        for door in doors:
            body = {"data": ["x"], "fn_index": 0, "session_hash": "ann"}
            parts.append(door("POST", "/gradio_api/run/apply", json=body).json["render_config"])
    found = []
    for door, part in zip(doors, parts, strict=True):
        body = {"data": [], "fn_index": part["dependencies"][0]["id"], "session_hash": "ann"}
        found.append(door("POST", "/gradio_api/run/lambda", json=body).json["data"])
    assert found == [["one"], ["two"]]


def test_what_is_cached_for_a_session_is_the_apps_own(tmp_path: Path) -> None:
    """A session of the same name in another app finds nothing."""
    made: list[str] = []

    @gr.cache(per_session=True)
    def slow(text: str) -> str:
        made.append(text)
        return text

    demos = [gr.Interface(slow, "text", "text", api_name="slow") for _ in range(2)]
    one, two = (door_of(demo, tmp_path, name) for name, demo in zip(("one", "two"), demos, strict=True))
    for door in (one, one, two):
        assert door.run("a", api="slow", session="ann").data == ["a"]
    assert made == ["a", "a"]
