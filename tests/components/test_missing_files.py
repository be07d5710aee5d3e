"""A script names a file that is not there: the app loads, and the file's place is empty."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import adapter as gr
from adapter.compat.warnings import AppWarning
from adapter.components.base import Component
from adapter.errors import ConfigurationError


def config(make: Callable[[], Any]) -> dict[str, Any]:
    """Return the props of the component that ``make`` makes, which has to warn of what is missing."""
    with gr.Blocks() as demo, pytest.warns(AppWarning, match="missing") as caught:
        make()
    assert {one.filename for one in caught} == {__file__}
    found: dict[str, Any] = demo.get_config_file()["components"][-1]["props"]
    return found


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: gr.Image("missing.png"), id='gr.Image("missing.png")'),
        pytest.param(lambda: gr.Image(lambda: "missing.png"), id='gr.Image(lambda: "missing.png")'),
        pytest.param(lambda: gr.Image(Path("missing.png")), id='gr.Image(Path("missing.png"))'),
        pytest.param(lambda: gr.Audio("missing.wav"), id='gr.Audio("missing.wav")'),
        pytest.param(lambda: gr.Video("missing.mp4"), id='gr.Video("missing.mp4")'),
        pytest.param(lambda: gr.DownloadButton(value="missing.txt"), id='gr.DownloadButton(value="missing.txt")'),
    ],
)
def test_the_value_is_a_file_that_nothing_serves(make: Callable[[], Component]) -> None:
    """Its data names it, as in Gradio; nothing answers to its address, and the page links to its name."""
    value = config(make)["value"]
    assert value["path"].endswith(f"/{value['orig_name']}")
    assert value["orig_name"].startswith("missing.")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: gr.Image("missing.svg"), id='gr.Image("missing.svg")'),
        pytest.param(
            lambda: gr.Image("missing.png", watermark="missing.png"),
            id='gr.Image("missing.png", watermark="missing.png")',
        ),
        pytest.param(lambda: gr.Audio("missing.flac", format="mp3"), id='gr.Audio("missing.flac", format="mp3")'),
        pytest.param(lambda: gr.Video("missing.avi", format="mp4"), id='gr.Video("missing.avi", format="mp4")'),
        pytest.param(lambda: gr.AnnotatedImage(("missing.png", [])), id='gr.AnnotatedImage(("missing.png", []))'),
    ],
)
def test_what_would_have_to_be_read_is_empty(make: Callable[[], Component]) -> None:
    """Where the file's content decides what is shown, nothing is."""
    assert config(make).get("value") is None


def test_other_items_stay() -> None:
    """A gallery, a conversation and a message keep what is there, and the place of what is not."""
    shown = config(lambda: gr.Gallery(["missing.png", ("missing.jpg", "here")]))["value"]
    assert [one["caption"] for one in shown] == [None, "here"]
    said = [{"role": "user", "content": {"path": "missing.png"}}, {"role": "assistant", "content": "Nice."}]
    assert len(config(lambda: gr.Chatbot(said))["value"]) == 2
    message: Any = {"text": "Look", "files": ["missing.png"]}
    assert config(lambda: gr.MultimodalTextbox(message, container=False))["value"]["text"] == "Look"


def test_pictures_beside_the_value_may_be_missing() -> None:
    """Icons, avatars, pictures of a chat's examples, and subtitles."""
    assert config(lambda: gr.Button("Go", icon="missing.png"))["value"] == "Go"
    assert config(lambda: gr.Chatbot(avatar_images=("missing.png", None)))["avatar_images"][1] is None
    example: dict[str, Any] = {"text": "a", "files": ["missing.png"], "icon": "missing.png"}
    assert config(lambda: gr.Chatbot(examples=[example]))["examples"][0]["text"] == "a"
    assert config(lambda: gr.Video(subtitles="missing.srt")).get("subtitles") is None
    assert config(lambda: gr.Audio(subtitles="missing.json")).get("subtitles") is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (gr.Image, "missing.png"),
        (gr.Video, "missing.mp4"),
        (gr.Gallery, ["missing.png"]),
        (gr.AnnotatedImage, ("missing.png", [])),
        (gr.MultimodalTextbox, {"text": "a", "files": ["missing.png"]}),
    ],
)
def test_examples_may_be_missing(kind: Any, value: Any) -> None:
    """The rows stay, with an empty cell."""
    shown = kind(render=False)
    assert len(config(lambda: gr.Dataset(components=[shown], samples=[[value], [None]]))["samples"]) == 2


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: gr.File("missing.txt"), id='gr.File("missing.txt")'),
        pytest.param(
            lambda: gr.File(["missing.txt"], file_count="multiple"),
            id='gr.File(["missing.txt"], file_count="multiple")',
        ),
        pytest.param(lambda: gr.UploadButton("Upload", "missing.txt"), id='gr.UploadButton("Upload", "missing.txt")'),
    ],
)
def test_files_themselves_have_to_be_there(make: Callable[[], Any]) -> None:
    """A component of files raises, as in Gradio: it says how large they are."""
    with pytest.raises(ConfigurationError, match=r"'missing\.txt', which is not there"):
        make()


def test_a_sample_that_its_column_cannot_show_is_a_text() -> None:
    """The app loads, and says which."""
    with pytest.warns(AppWarning, match=r"The sample .* is none for 'age'"):
        shown = gr.Dataset(components=[gr.Number(label="age", render=False)], samples=[[["a", "b"]], [3]])
    assert shown.samples == [["['a', 'b']"], [3]]
