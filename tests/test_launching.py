"""What ``launch()`` and ``Blocks()`` make of Gradio's arguments."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import adapter as gr
from adapter.app.launching import NOTED, REFUSED, LaunchOptions
from adapter.errors import ConfigurationError, NotAvailable
from adapter.files.sizes import in_bytes
from adapter.gradio_api.config import config
from adapter.settings import Settings
from adapter.web.service import open_service

FACTS = json.loads(Path(__file__).with_name("gradio_6_31.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def served(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a process that serves apps, where ``launch`` starts no server."""
    monkeypatch.setenv("ADAPTER_ENVIRONMENT", "1")


def page(**options: Any) -> gr.Blocks:
    """Return an app that was launched with ``options``."""
    with gr.Blocks() as demo:
        gr.Textbox()
    assert demo.launch(**options)[1:] == ("", None)
    return demo


def test_launch_takes_all_of_gradios_arguments() -> None:
    """Those in order that Gradio takes in order; only its private ones are left out."""
    import inspect

    own = [name for name in inspect.signature(gr.Blocks.launch).parameters if name not in ("self", "options")]
    asked = [name for name in FACTS["arguments"]["Blocks.launch"] if not name.startswith("_")]
    assert asked[: len(own)] == own
    assert set(asked[len(own) :]) == set(LaunchOptions.__annotations__)
    assert {*NOTED, *REFUSED} <= set(asked)


@pytest.mark.parametrize("name", sorted(set(NOTED)))
def test_what_does_nothing_is_noted(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """In one line of the log, with the reason; the app starts."""
    page(**{name: "x"})
    assert [record.message for record in caplog.records] == [f"{name}=… does nothing: {NOTED[name]}."]


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_must_not_be_missing_is_refused(name: str) -> None:
    """A login that asks nobody would be worse than none."""
    with pytest.raises(NotAvailable, match=rf"launch\({name}=…\) is not available: "):
        page(**{name: ("me", "secret")})


def test_the_documentation_says_what_becomes_of_each() -> None:
    """What is refused, and what does nothing, each in one row."""
    page = (Path(__file__).parent.parent / "docs" / "gradio.md").read_text(encoding="utf-8")
    rows = [re.findall(r"`(\w+)`", line.split(" | ")[0]) for line in page.splitlines() if line.startswith("| `")]
    assert sorted(REFUSED) in [sorted(row) for row in rows]
    assert sorted(NOTED) in [sorted(row) for row in rows]


def test_other_arguments_say_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Tuning of a server that is not there."""
    page(inbrowser=True, max_threads=10, quiet=True, ssr_mode=False, strict_cors=False, show_error=True, share=False)
    assert caplog.records == []


@pytest.mark.parametrize("where", ["Blocks", "launch", "Interface"])
def test_a_theme_and_css_are_the_pages(where: str, tmp_path: Path) -> None:
    """Given to the app or to its launch; css_paths are read at once, one or several."""
    (tmp_path / "more.css").write_text(".b { color: var(--neutral-200) }")
    look: Any = {"theme": "Soft", "css": "#a { top: 0 }", "css_paths": tmp_path / "more.css"}
    if where == "launch":
        demo = page(**look)
    elif where == "Blocks":
        demo = gr.Blocks(**look)
    else:
        demo = gr.Interface(str, "text", "text", **look)
    found = config(demo)
    assert found["theme"] == "soft"
    assert found["css"] == "#a { top: 0 }\n.b { color: var(--neutral-200) }"
    assert "--neutral-200: #e5e7eb;" in found["style"]


def test_css_that_is_not_there_is_refused() -> None:
    """By its path."""
    with pytest.raises(ConfigurationError, match=r"css_paths has 'nowhere\.css', which is not there"):
        gr.Blocks(css_paths=["nowhere.css"])


def test_an_unknown_theme_is_noted_and_left_out(caplog: pytest.LogCaptureFixture) -> None:
    """As Gradio does it; something that is no theme is refused."""
    assert config(gr.Blocks(theme="someone/theme"))["theme"] is None
    assert "theme='someone/theme' does nothing: there is base, default, soft" in caplog.text
    with pytest.raises(ConfigurationError, match=r"theme is 3; give a name, or a theme such as gr\.themes\.Soft\(\)\."):
        gr.Blocks(theme=3)  # type: ignore[arg-type]


def test_what_a_theme_cannot_do_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    """Fonts that would be loaded, and variables that only CSS can use."""
    theme = gr.themes.Base(font=gr.themes.GoogleFont("Inter")).set(block_label_padding="1px")
    with caplog.at_level(logging.WARNING):
        gr.Blocks(theme=theme)
    assert "only who has Inter installed sees it" in caplog.text
    assert "change nothing else: block_label_padding." in caplog.text


@pytest.mark.parametrize(
    ("given", "size"),
    [("5mb", 5 * gr.FileSize.MB), ("10 KB", 10_240), (7, 7), (None, None), (2 * gr.FileSize.GB, 2**31)],
)
def test_sizes_of_files_are_read_as_gradio_reads_them(given: Any, size: int | None) -> None:
    """As bytes, or with a unit."""
    assert in_bytes("max_file_size", given) == size


def test_a_size_that_is_none_is_refused() -> None:
    """With what there is."""
    with pytest.raises(ConfigurationError, match="max_file_size is 'big'; give bytes, or such as '5mb'"):
        page(max_file_size="big")


def test_uploads_are_as_large_as_launch_says() -> None:
    """But not larger than the deployment allows."""
    assert open_service(page(max_file_size="1kb"), Settings()).settings.max_upload_bytes == 1024
    assert open_service(page(max_file_size="1gb"), Settings()).settings.max_upload_bytes == 4_000_000


def test_files_of_allowed_folders_may_be_shown(tmp_path: Path) -> None:
    """By functions, wherever the folder is."""
    demo = page(allowed_paths=[str(tmp_path)])
    assert open_service(demo, Settings()).own.folders == (tmp_path.resolve(),)


def test_the_options_are_described_by_their_types() -> None:
    """So that editors complete them."""
    assert set(get_type_hints(LaunchOptions)) >= {"theme", "css", "css_paths", "max_file_size"}
