"""Files through Gradio's own clients, in a folder and in a bucket, over environments that come and go."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import handle_file
from PIL import Image

from adapter.state.stores.provision import create_bucket
from tests.clients.conftest import HERE, Place
from tests.clients.drivers import Node, Player, Python, Step, python_client
from tests.support import aws

pytestmark = pytest.mark.end_to_end

MEDIA = HERE.parent / "components" / "media"
PREFIX = "kept/here"


@dataclass(frozen=True)
class Served:
    """The app of `apps/files.py`.

    Attributes:
        url: its address.
        copies: where environments put copies of a bucket's files; ``None`` where the files are in a folder.
    """

    url: str
    copies: Path | None

    def forget_copies(self) -> None:
        """Remove what a bucket's files have left on this machine's disk, as another machine has none of it."""
        if self.copies is not None:
            shutil.rmtree(self.copies)


@pytest.fixture(scope="module")
def served(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app, in 3 environments that live for 7 invocations: with SQLite and a folder, with DynamoDB and a bucket."""
    endpoint = place.environment.get("AWS_ENDPOINT_URL")
    files, copies = str(tmp_path_factory.mktemp("files")), None
    if endpoint is not None:
        bucket = place.url.removeprefix("dynamodb://")
        with aws.s3(endpoint) as client:
            create_bucket(client, bucket)
        files, copies = f"s3://{bucket}/{PREFIX}", Path(tempfile.gettempdir()) / "adapter-files" / bucket
    there = replace(place, environment={**place.environment, "ADAPTER_FILES": files})
    with there.serving(HERE / "apps/files.py", "--environments", "3", "--recycle", "7") as server:
        yield Served(server.url, copies)
    if copies is not None:
        shutil.rmtree(copies, ignore_errors=True)


def file(player: Player, folder: Path, name: str, text: str) -> Any:
    """Return a file as this client takes it."""
    if isinstance(player, Node):
        return {"blob": text, "name": name}
    (folder / name).write_text(text)
    return handle_file(str(folder / name))


def read(shown: Any) -> tuple[str, str]:
    """Return the name and the text of a file as a client gives it: downloaded, or by its address."""
    if isinstance(shown, dict):
        answer = httpx.get(shown["url"], trust_env=False)
        assert answer.status_code == 200, answer.text
        return shown["orig_name"], answer.text
    return Path(shown).name, Path(shown).read_text()


def test_a_file_goes_in_and_another_comes_out(served: Served, player: Player, tmp_path: Path) -> None:
    """Uploaded, read by the function, made by it, downloaded; also with a name that is no address."""
    data = [file(player, tmp_path, "a text ü.txt", "hello")]
    [shown] = player.replay(served.url, [Step("A", "/shout", data)])

    assert read(shown) == ("loud-a text ü.txt", "HELLO")


def test_a_file_that_is_a_default_need_not_be_given(served: Served) -> None:
    """The Python client sends the default that the API tells, from a machine that has no such file."""
    told = python_client(served.url).predict(api_name="/size")

    assert told == f"{(MEDIA / 'words.txt').stat().st_size} bytes"


def test_several_files_go_in(served: Served, player: Player, tmp_path: Path) -> None:
    """As bytes, in their order."""
    data = [[file(player, tmp_path, f"{name}.txt", name) for name in ("one", "two")]]

    assert player.replay(served.url, [Step("A", "/join", data)]) == ["one+two"]


def test_a_state_keeps_files_in_every_environment(served: Served, player: Player, tmp_path: Path) -> None:
    """Their paths are read wherever the session goes next, on a machine that has never seen the files too."""
    steps = [Step("A", "/keep", [file(player, tmp_path, f"{name}.txt", name)]) for name in ("one", "two")]
    assert player.replay(served.url, steps) == ["0 before", "1 before"]
    served.forget_copies()
    again = [Step("A", "/keep", [file(player, tmp_path, f"{number}.txt", str(number))]) for number in range(2)]
    played = player.replay(served.url, [*steps, *again, *[Step("A", "/recall", [])] * 3, Step("A", "/show", [])])

    assert played[-4:-1] == ["one, two, 0, 1"] * 3
    assert [read(one) for one in played[-1]] == [(f"{name}.txt", name) for name in ("one", "two", "0", "1")]


def test_copies_may_be_gone_in_the_middle(served: Served, tmp_path: Path) -> None:
    """A session that kept a path finds its file after this machine lost its copies."""
    client = python_client(served.url)
    (tmp_path / "a.txt").write_text("kept")
    client.predict(handle_file(str(tmp_path / "a.txt")), api_name="/keep")
    for _ in range(3):
        served.forget_copies()
        assert client.predict(api_name="/recall") == "kept"
        assert read(client.predict(api_name="/show")[0]) == ("a.txt", "kept")


def test_pictures(served: Served, python: Python) -> None:
    """An array in, an array out: a file of the format that the component has."""
    shown, shape = python.client(served.url).predict(handle_file(str(MEDIA / "photo.png")), api_name="/turn")

    assert shape == "(4, 6, 3)"
    with Image.open(shown) as picture:
        assert (picture.format, picture.size) == ("PNG", (4, 6))


def test_tables(served: Served, player: Player) -> None:
    """Headers and rows, both ways."""
    data = {"headers": ["a", "b"], "data": [[1, 2], [3, 4]], "metadata": None}

    assert player.replay(served.url, [Step("A", "/double", [data])]) == [{**data, "data": [[2, 4], [6, 8]]}]


def test_a_chat_about_files(served: Served, player: Player, tmp_path: Path) -> None:
    """Messages have files, the history keeps them, and the answer shows them."""
    first = {"text": "see", "files": [file(player, tmp_path, "one.txt", "one")]}
    steps = [Step("A", "/talk", [first]), Step("A", "/talk", [{"text": "and", "files": []}])]
    seen, followed = player.replay(served.url, steps)

    assert (seen["text"], [read(one) for one in seen["files"]]) == ("see ['one'] after 0", [("one.txt", "one")])
    assert followed == {"text": "and [] after 2", "files": []}


def call(served: Served, name: str, session: str, *data: Any) -> httpx.Response:
    """Call an endpoint in one request."""
    body = {"data": list(data), "session_hash": session}
    return httpx.post(f"{served.url}/gradio_api/run/{name}", json=body, trust_env=False, timeout=60)


def upload(served: Served, text: str) -> dict[str, Any]:
    """Upload a file as Gradio's clients do; return its data."""
    answer = httpx.post(
        f"{served.url}/gradio_api/upload", files={"files": ("a.txt", text.encode())}, trust_env=False, timeout=60
    )
    [path] = answer.json()
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


def test_another_sessions_files_are_refused(served: Served) -> None:
    """An upload is the session's that first uses it, what was made for a session is its own: others get a 403."""
    uploaded = upload(served, "mine")
    made = call(served, "shout", "ann", uploaded).json()["data"][0]

    for data in (uploaded, made):
        refused = call(served, "shout", "ben", data)
        assert refused.status_code == 403, refused.text
        assert "another session's" in refused.json()["error"]
        assert call(served, "shout", "ann", data).status_code == 200


@pytest.mark.parametrize("path", ["/etc/passwd", "apps/files.py", "../state.db", f"uploads/{'a' * 22}/a.txt", ""])
def test_no_path_of_the_machine_is_read(served: Served, path: str) -> None:
    """What is no file of the store is an invalid input, by the component's label."""
    refused = call(served, "shout", "ann", {"path": path, "meta": {"_type": "gradio.FileData"}})

    assert refused.status_code == 422
    assert "'File'" in refused.json()["error"]


@pytest.mark.parametrize("size", [4_000_001, 6_500_000, 20_000_000])
def test_the_python_client_sends_files_over_4_mb(served: Served, tmp_path: Path, size: int) -> None:
    """Where this machine is the door; Lambda takes no request of over 6 MB, and Gradio's clients know no other way."""
    large = tmp_path / "a+b [large].bin"
    large.write_bytes(b"x" * size)
    found = python_client(served.url).predict(handle_file(str(large)), api_name="/size")
    assert found == f"{size} bytes"
