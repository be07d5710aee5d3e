"""The pictures that stand for Gradio's samples."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

import adapter as gr
from adapter.compat.sample_pictures import HEIGHT, WIDTH


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_a_sample_is_a_picture_that_is_the_same_everywhere(tmp_path: Path) -> None:
    """Every environment has to publish the same file, or one's page asks another for what it has not."""
    place = Path(gr.get_image("cheetah1.jpg"))
    first = place.read_bytes()
    with Image.open(place) as picture:
        picture.load()
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (WIDTH, HEIGHT))
    place.unlink()

    assert Path(gr.get_image("cheetah1.jpg")).read_bytes() == first
    assert [one.name for one in place.parent.iterdir()] == ["cheetah1.png"]
    assert Path(gr.get_image("lion.jpg")).read_bytes() != first


def test_a_name_is_no_path() -> None:
    """Whatever it is, the picture is in the samples' folder; an address stays one."""
    assert Path(gr.get_image("../../x.jpg")).parent == Path(gr.get_image()).parent
    assert gr.get_image("https://x.org/a.png") == "https://x.org/a.png"


def test_scripts_find_it_where_gradio_has_it() -> None:
    """In a module of samples."""
    from adapter import media

    assert media.get_image is gr.get_image
    with gr.Blocks():
        assert gr.Image(media.get_image("logo.png"), label="Logo").value["orig_name"] == "logo.png"
