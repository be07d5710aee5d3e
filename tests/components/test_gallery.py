"""A gallery of pictures that are at addresses."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from adapter.components.gallery import Gallery
from adapter.files import LocalFiles, remote

UNREACHABLE = [
    "http://127.0.0.1:9/a.png",
    "https://nowhere.invalid/deep/b%20c.jpg?signed=1",
    "http://10.0.0.1/film.mp4",
]


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Another site on this machine, with one picture; for once it counts as public."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/dot.png").write_bytes(b"picture")
    assert remote.fetch.__kwdefaults__ is not None
    monkeypatch.setitem(remote.fetch.__kwdefaults__, "allowed", lambda _: True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site"))) as server:
        serving = Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        serving.join()


def part(item: dict[str, Any]) -> dict[str, Any]:
    """Return the file of an item."""
    found: dict[str, Any] = item.get("image") or item["video"]
    return found


def test_addresses_are_passed_on_as_they_are(files: LocalFiles) -> None:
    """Callers get the address that the function returned, also of what this machine cannot reach, with its caption."""
    shown = Gallery().postprocess([*UNREACHABLE[:2], (UNREACHABLE[2], "A film")])

    assert [part(one)["path"] for one in shown] == [part(one)["url"] for one in shown] == UNREACHABLE
    assert [part(one)["orig_name"] for one in shown] == ["a.png", "b c.jpg", "film.mp4"]
    assert [part(one)["mime_type"] for one in shown[::2]] == ["image/png", "video/mp4"]
    assert [one["caption"] for one in shown] == [None, None, "A film"]
    assert "video" in shown[2]


def test_the_page_has_a_copy_where_there_is_one(site: str, files: LocalFiles) -> None:
    """Callers are told the address all the same; the page, which loads nothing of other sites, shows the copy."""
    [item] = Gallery().postprocess([f"{site}/dot.png"])
    copy = part(item)

    assert copy["url"] == f"{site}/dot.png"
    assert (files.root / copy["path"]).read_bytes() == b"picture"
    [(path, caption)] = Gallery().preprocess([item]) or []
    assert (Path(path).read_bytes(), caption) == (b"picture", None)


@pytest.mark.parametrize(("patience", "copied"), [(60, [False, True, False]), (-1, [False, False, False])])
def test_a_host_that_takes_long_to_give_nothing_is_asked_once(
    site: str,
    files: LocalFiles,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    patience: float,
    copied: list[bool],
) -> None:
    """So that a gallery of many pictures does not wait for each; what is signed in an address is not logged."""
    monkeypatch.setattr("adapter.components.gallery.PATIENCE_SECONDS", patience)
    caplog.set_level("INFO", logger="adapter.components")
    shown = Gallery().postprocess([f"{site}/{name}.png?key=secret" for name in ("gone", "dot", "gone")])

    assert [part(one)["path"].startswith("files/") for one in shown] == copied
    assert len(caplog.records) == (2 if any(copied) else 1)
    assert "secret" not in caplog.text
