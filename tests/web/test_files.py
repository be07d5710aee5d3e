"""Uploads and downloads through the API."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto import mock_aws

import adapter as gr
from adapter.files import LocalFiles, StoredFile, open_files, safe_name
from adapter.files.base import PATH, owner_in
from adapter.files.in_call import give, take
from adapter.state.stores.provision import create_bucket
from tests.support import aws
from tests.support.http import Answer, Door
from tests.web.conftest import Serve

BOUNDARY = "----a-boundary-6f1c0a9d"


def form(*files: tuple[str, str | None, bytes]) -> bytes:
    """Return multipart/form-data of fields with a name, a file name (``None`` for plain fields) and bytes."""
    parts = []
    for field, name, content in files:
        filename = "" if name is None else f'; filename="{name}"'
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"{filename}\r\n\r\n'.encode())
        parts += [content, b"\r\n"]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def upload(door: Door, *files: tuple[str, str | None, bytes], kind: str = "multipart/form-data") -> Answer:
    """Send a form to the upload route."""
    headers = {"content-type": f"{kind}; boundary={BOUNDARY}"}
    return door("POST", "/gradio_api/upload", body=form(*files), headers=headers, query={"upload_id": "x"})


def kept(door: Door, name: str, content: bytes) -> str:
    """Upload one file; return its path."""
    answer = upload(door, ("files", name, content))
    assert answer.status == 200, answer.body
    [path] = answer.json
    return str(path)


def fetched(door: Door, path: str) -> Answer:
    """Ask for a file by its path, as clients do."""
    return door.get(f"/gradio_api/file={quote(path)}")


def test_what_was_uploaded_is_served(door: Door) -> None:
    """Bytes come back as they were, under a path that nobody can guess."""
    content = bytes(range(256)) * 10
    path = kept(door, "data.bin", content)

    assert PATH.fullmatch(path)
    assert fetched(door, path).body == content
    assert kept(door, "data.bin", content) != path


def test_a_files_size_and_kind_can_be_asked_first(door: Door) -> None:
    """A HEAD tells what a GET would send; media elements ask so."""
    path = kept(door, "a.png", b"x" * 10)
    answer = door("HEAD", f"/gradio_api/file={quote(path)}")
    assert (answer.status, answer.headers["content-type"], answer.headers["content-length"]) == (200, "image/png", "10")


def test_the_progress_of_an_upload_is_an_empty_stream(door: Door) -> None:
    """Gradio's page asks beside an upload how far it is: there is nothing to tell, and no error either."""
    answer = door("GET", "/gradio_api/upload_progress", query={"upload_id": "x"})
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_several_files_keep_their_order(door: Door) -> None:
    """The answer lists the paths in the form's order; other fields are passed over."""
    answer = upload(
        door, ("files", "a.txt", b"a"), ("other", None, b"x"), ("files", "b.txt", b"b"), ("files", "empty.txt", b"")
    )
    assert [fetched(door, path).body for path in answer.json] == [b"a", b"b", b""]


def test_another_environment_serves_the_file(serve: Serve, history: gr.Interface) -> None:
    """Files are shared, as state is."""
    path = kept(serve(history), "a.txt", b"content")
    assert fetched(serve(history), path).body == b"content"


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("../../etc/passwd", "passwd"),
        ("", "file"),
        ("..", "file-5ec1f7e7"),
        ("C:\\\\Users\\\\ann\\\\photo.png", "photo.png"),
        ("a/b\\\\c.txt", "c.txt"),
        (".hidden", ".hidden"),
        ("a+b=c,d.txt", "a+b=c,d.txt"),
        ("[x](y).txt", "[x](y).txt"),
        ("😀 smile.png", "😀 smile.png"),
        ("a#b%20c&d;e@f~'^.txt", "a#b%20c&d;e@f~'^.txt"),
        ("  -rf", "  -rf"),
        ("e\u0301.txt", "e\u0301.txt"),
        ("grüße 1 (2).txt", "grüße 1 (2).txt"),
        ("name.tar.gz", "name.tar.gz"),
        ("x" * 196 + ".txt", "x" * 196 + ".txt"),
        ("x" * 300 + ".txt", "x" * 187 + "-MARK.txt"),
        ("文" * 100 + ".csv", "文" * 62 + "-MARK.csv"),
        ("semi;colon<b>.txt", "semi;colonb-MARK.txt"),
        ("?.txt", "file-MARK.txt"),
        ("trail. ", "trail-MARK"),
    ],
)
def test_a_files_name_is_made_harmless(door: Door, given_name: str, kept_name: str) -> None:
    """Only the last part of a name is kept, without what a file system or a header could trip over."""
    path = kept(door, given_name, b"content")

    mark = hashlib.sha256(re.split(r"[/\\]", given_name)[-1].encode()).hexdigest()[:8]
    kept_name = kept_name.replace("MARK", mark)
    assert path.split("/")[2:] == [kept_name]
    assert fetched(door, path).body == b"content"
    assert quote(kept_name) in fetched(door, path).headers["content-disposition"]


@given(st.text() | st.text("文🙂.a ", min_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_name_makes_a_path_that_is_served(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, it can be kept, and its path is one that the store looks up."""
    store = LocalFiles(tmp_path)
    assert store.get(store.put(name, b"content")) == StoredFile(safe_name(name), b"content")
    assert safe_name(safe_name(name)) == safe_name(name)


@given(st.lists(st.text("a文?:. 🙂", min_size=1, max_size=120), min_size=2, max_size=2, unique=True))
def test_two_names_never_become_one(names: list[str]) -> None:
    """Who puts the files of two names into one archive has two there."""
    one, other = map(safe_name, names)
    assert one != other


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../state.db",
        "uploads/../state.db",
        "uploads/aaaaaaaaaaaaaaaaaaaaaa/../../../state.db",
        "uploads/aaaaaaaaaaaaaaaaaaaaaa/..",
        "uploads/aaaaaaaaaaaaaaaaaaaaaa/x.txt",
        "uploads/aaaaaaaaaaaaaaaaaaaaaa/a\x00b",
        "..\\state.db",
        "file:///etc/passwd",
        "https://example.org/x",
        "%2e%2e/state.db",
        "",
    ],
)
def test_a_path_that_was_not_handed_out_is_refused(door: Door, tmp_path: Path, path: str) -> None:
    """Nothing else on the machine is served, and a foreign path looks like one that never was."""
    (tmp_path / "state.db").touch()
    for text in (quote(path), quote(path, safe=""), path.replace("\x00", "%00")):
        for route in (f"/gradio_api/file={text}", f"/gradio_api/file/{text}"):
            answer = door.get(route)
            assert answer.status in (403, 404, 307), answer.body
            assert answer.status == 307 or "error" in answer.json


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    """Whatever is asked for, a store finds only what it handed out."""
    (tmp_path / "secret").write_bytes(b"secret")
    store = LocalFiles(tmp_path / "files")
    store.put("a", b"a")

    for tried in (path, f"uploads/{path}", f"uploads/{'a' * 22}/{path}", f"../{path}", "../secret"):
        assert store.get(tried) is None


@pytest.mark.parametrize(
    "name", ["page.html", "page.xhtml", "picture.svg", "feed.xml", "script.js", "x.pdf", "noending"]
)
def test_what_could_run_as_a_page_is_a_download(door: Door, name: str) -> None:
    """An upload never becomes a page of the app's own origin."""
    headers = fetched(door, kept(door, name, b"<script>alert(1)</script>")).headers

    assert headers["content-disposition"].startswith("attachment;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *((name, "application/octet-stream") for name in ("a.js", "a.mjs", "a.css", "a.html", "a.json", "a.wasm", "a")),
        *((name, "application/octet-stream") for name in ("a.csv", "a.xml", "a.pdf", "a.JS", "a.png.js", "a.py")),
        *(("a.svg", "image/svg+xml"), ("a.vtt", "text/vtt; charset=utf-8"), ("a.mp3", "audio/mpeg")),
    ],
)
def test_a_visitors_file_has_no_kind_that_a_page_runs(door: Door, name: str, kind: str) -> None:
    """What could be taken for a script, a style or a module is bytes of no kind, so that no reference runs it."""
    assert fetched(door, kept(door, name, b"content")).headers["content-type"] == kind


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.webp", "a.mp3", "a.mp4", "a.txt"])
def test_what_cannot_run_is_shown(door: Door, name: str) -> None:
    """Pictures, sound, films and plain text may stand in a page."""
    headers = fetched(door, kept(door, name, b"content")).headers

    assert headers["content-disposition"].startswith("inline;")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, max-age=3600"


def test_a_file_over_the_limit_is_413(serve: Serve, history: gr.Interface, tmp_path: Path) -> None:
    """The answer names the file, its size and the limit, and nothing of the upload is kept."""
    door = serve(history, max_upload_bytes=1_000)
    answer = upload(door, ("files", "small.txt", b"x"), ("files", "large.txt", b"x" * 1_001))

    assert answer.status == 413
    assert answer.json["error"] == "file 'large.txt' has 1,001 bytes; an upload takes 1,000."
    assert not (tmp_path / "files").exists()
    assert upload(door, ("files", "large.txt", b"x" * 1_000)).status == 200
    assert door.get("/config").json["max_file_size"] == 1_000


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (form(), f"multipart/form-data; boundary={BOUNDARY}"),
        (form(("other", "a.txt", b"x")), f"multipart/form-data; boundary={BOUNDARY}"),
        (form(("files", None, b"x")), f"multipart/form-data; boundary={BOUNDARY}"),
        (b"", f"multipart/form-data; boundary={BOUNDARY}"),
        (b"no multipart", f"multipart/form-data; boundary={BOUNDARY}"),
        (form(("files", "a.txt", b"x")), "multipart/form-data"),
        (form(("files", "a.txt", b"x"))[:60], f"multipart/form-data; boundary={BOUNDARY}"),
        (b"files=x", "application/x-www-form-urlencoded"),
        (b'{"files": []}', "application/json"),
        (b"", ""),
    ],
)
def test_an_upload_without_files_is_400(door: Door, body: bytes, kind: str) -> None:
    """What holds no file, or is no form, is the caller's mistake."""
    answer = door("POST", "/gradio_api/upload", body=body, headers={"content-type": kind} if kind else {})
    assert (answer.status, bool(answer.json["error"])) == (400, True)


def test_without_a_place_for_files_that_is_said(serve: Serve, history: gr.Interface) -> None:
    """An app without ``ADAPTER_FILES`` names the setting."""
    door = serve(history, files=None)
    for answer in (upload(door, ("files", "a.txt", b"x")), fetched(door, f"uploads/{'a' * 22}/a.txt")):
        assert (answer.status, "ADAPTER_FILES" in answer.json["error"]) == (404, True)


def test_a_local_store_opens_by_its_folder(tmp_path: Path) -> None:
    """A folder is made when its first file comes."""
    store = open_files(str(tmp_path / "new" / "folder"))
    assert not (tmp_path / "new").exists()
    assert store.get(store.put("a.txt", b"a")) == StoredFile("a.txt", b"a")


def test_paths_are_plain_json(door: Door) -> None:
    """Clients put the path into ``/file=`` as it stands."""
    path = kept(door, 'quo"te.txt', b"x")
    assert re.fullmatch(r"[\w/. -]+", json.loads(json.dumps(path)))


def test_a_pages_upload_is_its_sessions(door: Door) -> None:
    """With a page's token the file has an owner at once; the answer to a first upload brings the token."""
    headers = {"content-type": f"multipart/form-data; boundary={BOUNDARY}", "x-adapter-session": "new"}
    first = door("POST", "/gradio_api/upload", body=form(("files", "a.txt", b"a")), headers=headers)
    token = first.headers["x-adapter-session"]
    again = door(
        "POST",
        "/gradio_api/upload",
        body=form(("files", "a.txt", b"a")),
        headers={**headers, "x-adapter-session": token},
    )

    assert owner_in(first.json[0]) is not None
    assert owner_in(first.json[0]) == owner_in(again.json[0])
    assert fetched(door, first.json[0]).body == b"a"


def test_an_upload_of_too_many_files_is_413(door: Door) -> None:
    """The answer names their number and the limit."""
    answer = upload(door, *(("files", "a.txt", b"") for _ in range(101)))
    assert (answer.status, answer.json["error"]) == (413, "the upload has 101 files; one upload takes 100.")


def test_the_pages_own_files_have_addresses(serve: Serve, tmp_path: Path) -> None:
    """In ``/config``, behind any stage; every environment serves them, to everybody."""
    (tmp_path / "logo.txt").write_text("content")

    class Shown(gr.Textbox):
        def __init__(self) -> None:
            super().__init__()
            self.value = give(tmp_path / "logo.txt")

    with gr.Blocks() as demo:
        Shown()
    [component] = [one for one in serve(demo).get("/config").json["components"] if one["type"] == "textbox"]
    data = component["props"]["value"]

    assert data["url"].endswith(f"/gradio_api/file={data['path']}")
    assert fetched(serve(demo), data["path"]).body == b"content"


def test_a_files_place_in_state_is_good_in_every_environment(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A path that a function put into its State leads to the file wherever the next call runs."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", aws.REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")

    def keep(text: str, kept: list[str]) -> tuple[str, list[str]]:
        data = {"path": text} if text else None
        return "".join(Path(place).read_text() for place in kept), [*kept, *([str(take(data))] if data else [])]

    demo = gr.Interface(keep, ["textbox", gr.State([])], ["textbox", gr.State()], api_name="predict")
    with mock_aws(), aws.s3() as client:
        create_bucket(client, "files")
        for number in range(3):  # each with a disk of its own
            monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "disk"))
            door = serve(demo, files="s3://files")
            said = kept(door, f"{number}.txt", str(number).encode())
            answer = door.run(said, None, session="ann")
            assert answer.json["data"][0] == "".join(map(str, range(number)))
            shutil.rmtree(tmp_path / "disk")
