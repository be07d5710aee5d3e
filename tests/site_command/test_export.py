"""``adapter site``: pages as files."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from adapter.commands.build.build import RECORD
from adapter.commands.build.contents import source_digest
from adapter.commands.build.drawing import draw
from adapter.commands.cli import main
from adapter.commands.site import export as exporting
from tests.support.dev import ROOT

COUNTER = str(ROOT / "functions" / "counter")
CHAT = str(ROOT / "functions" / "chat" / "app.py")


def exported(out: Path, *arguments: str) -> dict[str, bytes]:
    """Run the command; return what stands in ``out`` afterwards, by path."""
    assert main(["site", str(out), *arguments]) == 0
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def config_of(page: bytes) -> dict[str, Any]:
    """Return the config inside ``page``."""
    found = re.search(rb'id="config">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found[1])
    return read


def references(page: bytes) -> list[str]:
    """Return what the page asks for by itself."""
    return [one for one in re.findall(r'(?:src|href)="([^"]+)"', page.decode()) if not one.startswith("data:")]


def test_the_page_stands_there_with_its_config_and_every_file_that_it_names(tmp_path: Path) -> None:
    """Opening it needs nothing but files, at relative addresses: it works below any path."""
    files = exported(tmp_path, "--app", COUNTER)

    page = files["index.html"]
    assert (config_of(page)["title"], config_of(page)["root"]) == ("Counter", None)
    assert references(page)
    for reference in references(page):
        assert re.match(r"static/v-[0-9a-f]{12}/", reference)
        assert reference in files


def test_what_a_page_runs_is_sealed_by_its_hash(tmp_path: Path) -> None:
    """A file that is another one than was exported does not run."""
    files = exported(tmp_path, "--app", COUNTER)

    sealed = re.findall(r'(?:src|href)="(static/[^"]+)" integrity="sha384-([^"]+)"', files["index.html"].decode())
    assert [name for name, _ in sealed] == references(files["index.html"])
    for name, digest in sealed:
        assert hashlib.sha384(files[name]).digest() == base64.b64decode(digest)


def test_the_scripts_of_an_app_are_exported_and_sealed(tmp_path: Path) -> None:
    """Those that the page loads by itself, and those that it may come to."""
    app = tmp_path / "app.py"
    app.write_text(
        "import adapter as gr\n"
        "with gr.Blocks(head='<script>one = 1;</script>') as demo:\n"
        "    demo.load(None, None, gr.Textbox(), js='() => one')\n"
        "handler = gr.handler(demo)\n"
    )
    files = exported(tmp_path / "out", "--app", str(app))

    page = files["index.html"]
    scripts: Any = config_of(page)["scripts"]
    [folder] = {name.split("/scripts/")[0] for name in files if "/scripts/" in name}
    named = [one for one in references(page) if "/scripts/" in one]
    assert len(named) == 2
    assert {f"{folder}/{name}" for name in scripts["sealed"]} >= set(named)
    for name, seal in scripts["sealed"].items():
        digest = base64.b64encode(hashlib.sha384(files[f"{folder}/{name}"]).digest()).decode()
        assert seal == f"sha384-{digest}"


def test_each_file_stands_there_packed_as_well(tmp_path: Path) -> None:
    """Whatever a server takes, it unpacks to the same."""
    files = exported(tmp_path, "--app", COUNTER)

    packed = [name for name in files if name.endswith(".gz")]
    assert {"index.html.gz", *(f"{name}.gz" for name in references(files["index.html"]))} <= set(packed)
    for name in packed:
        content = files[name.removesuffix(".gz")]
        assert gzip.decompress(files[name]) == content
        assert import_module("brotli").decompress(files[name.removesuffix(".gz") + ".br"]) == content


def test_without_brotli_it_packs_by_gzip_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The package is an extra."""
    monkeypatch.setattr(exporting, "find_spec", lambda name: None)
    files = exported(tmp_path, "--app", COUNTER)

    assert [name for name in files if name.endswith(".br")] == []
    assert "pip install 'serverless-function-adapter[site]'" in capsys.readouterr().out


def test_the_headers_of_each_file_are_listed(tmp_path: Path) -> None:
    """The document is asked for each time, its files are kept for good, and its policy stands in it as well."""
    files = exported(tmp_path, "--app", COUNTER, "--api-url", "https://api.example.org/prod/")

    listed = json.loads(files["headers.json"])
    assert set(listed) == {name for name in files if not name.endswith((".gz", ".br", "headers.json"))}
    document = listed.pop("index.html")
    assert document["cache-control"] == "no-cache"
    assert {one["cache-control"] for one in listed.values()} == {"public, max-age=31536000, immutable"}
    policy = document["content-security-policy"]
    assert "connect-src 'self' https://api.example.org;" in policy
    inside = html.escape(policy.removesuffix("; frame-ancestors 'self'"))  # which a page cannot say of itself
    assert len(inside) < len(html.escape(policy))
    assert f'<meta http-equiv="Content-Security-Policy" content="{inside}">' in files["index.html"].decode()
    assert config_of(files["index.html"])["root"] == "https://api.example.org/prod"


def test_several_apps_share_the_files(tmp_path: Path) -> None:
    """Each has a folder of its name, and the API that is its own."""
    files = exported(tmp_path, "--app", COUNTER, "--app", CHAT, "--api-url", "https://api.example.org/{app}")

    assert {name for name in files if name.endswith("index.html")} == {"counter/index.html", "chat/index.html"}
    for name in ("counter", "chat"):
        page = files[f"{name}/index.html"]
        assert config_of(page)["root"] == f"https://api.example.org/{name}"
        for reference in references(page):
            assert reference.startswith("../static/")
            assert reference.removeprefix("../") in files


def test_an_export_is_the_same_each_time_and_leaves_earlier_versions(tmp_path: Path) -> None:
    """A page that was opened before a deployment still finds its files."""
    first = exported(tmp_path / "one", "--app", COUNTER)
    old = tmp_path / "two" / "static" / "v-0123456789ab" / "main.js"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"//")
    second = exported(tmp_path / "two", "--app", COUNTER)

    assert second.pop("static/v-0123456789ab/main.js") == b"//"
    assert first == second


def test_it_tells_how_to_bring_the_files_to_s3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The files go first: no page names what is not there yet."""
    exported(tmp_path, "--app", COUNTER)

    commands = [line for line in capsys.readouterr().out.splitlines() if "aws s3 sync" in line]
    assert [f"{tmp_path}/static s3://BUCKET/static" in commands[0], f"{tmp_path} s3://BUCKET" in commands[1]] == [
        True
    ] * 2
    assert "immutable" in commands[0]
    assert "no-cache" in commands[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--app", "nothing.py"], "nothing.py did not start (exit code 1)"),
        (["--app", COUNTER, "--app", COUNTER], "two apps have the same name"),
    ],
)
def test_what_cannot_be_exported_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """The command fails with the reason and writes nothing."""
    assert main(["site", str(tmp_path / "out"), *arguments]) == 1
    assert said in capfd.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_plain_function_has_no_page(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """An app of the dev server need not have one; its export is refused."""
    script = tmp_path / "app.py"
    script.write_text("def handler(event, context):\n    return {}\n")

    assert main(["site", str(tmp_path / "out"), "--app", str(script)]) == 1
    assert "is a plain Lambda function without a page" in capfd.readouterr().err


@pytest.mark.parametrize("url", ["api.example.org", "ftp://x", "https://", "https://x/?a=1"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command line says what it wants."""
    with pytest.raises(SystemExit) as caught:
        main(["site", str(tmp_path), "--api-url", url])
    assert caught.value.code == 2
    assert "is no address of an API" in capsys.readouterr().err


def test_a_page_sends_large_files_to_a_bucket_that_is_named(tmp_path: Path) -> None:
    """Only to an origin that its policy allows; whether the API signs for it, the API says."""
    without = exported(tmp_path / "without", "--app", COUNTER)["index.html"]
    named = exported(tmp_path / "named", "--app", COUNTER, "--origin", "https://bucket.example.org")["index.html"]

    assert config_of(without)["max_direct_size"] is None
    assert config_of(named)["max_direct_size"] == 100_000_000
    assert b"connect-src &#x27;self&#x27; https://bucket.example.org;" in named


def test_a_page_shows_what_the_packages_script_drew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its own run draws anew, and the function's environments would refuse its choices; other code has no package."""
    folder, package, outs = tmp_path / "quiz", tmp_path / "built" / "Quiz", tmp_path / "out"
    folder.mkdir()
    script = "import uuid\nimport adapter as gr\ndemo = gr.Interface(len, gr.Radio([str(uuid.uuid4())]), 'number')\n"
    (folder / "app.py").write_text(script, "utf-8")
    package.mkdir(parents=True)
    draw(folder, package)
    (package / RECORD).write_text(json.dumps({"source": source_digest(folder)}), "utf-8")
    arguments = ("--app", str(folder), "--packages", str(tmp_path / "built"))
    pages = [exported(outs / str(number), *arguments)["index.html"] for number in range(2)]
    choices = [
        next(one for one in config_of(page)["components"] if one["type"] == "radio")["props"]["choices"]
        for page in pages
    ]
    assert choices[0] == choices[1]
    with (folder / "app.py").open("a") as file:
        file.write("# changed\n")
    capsys.readouterr()
    assert main(["site", str(outs), *arguments]) == 1
    assert "build it again" in capsys.readouterr().err
