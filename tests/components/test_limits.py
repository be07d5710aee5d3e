"""What costs more memory or time than the environment has is refused before the work is begun."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest

import adapter as gr
from adapter.components.values import jsonable
from adapter.errors import InvalidInput, TooLarge
from adapter.files import LocalFiles
from adapter.files.base import owner_of


def bomb(width: int, height: int) -> bytes:
    """Return a PNG of black pixels, a bit each, which is far smaller than they are."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    pixels = zlib.compress(bytes((width + 7) // 8 + 1) * height, 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def kept(files: LocalFiles, content: bytes, name: str = "a.png") -> dict[str, Any]:
    """Keep a file as an upload of Ann's; return the wire's data for it."""
    path = files.put(name, content, owner=owner_of("ann"))
    return {"path": path, "orig_name": name, "meta": {"_type": "gradio.FileData"}}


PICTURES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "Image": lambda data: gr.Image().preprocess(data),
    "Image of Pillow's": lambda data: gr.Image(type="pil").preprocess(data),
    "Image converted in a file": lambda data: gr.Image(type="filepath").preprocess(data),
    "Gallery": lambda data: gr.Gallery(type="pil").preprocess([{"image": data, "caption": None}]),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_of_too_many_pixels_is_refused_unread(
    files: LocalFiles, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A small file that opens to a huge picture is refused by its head, in words, whatever the function wants of it."""
    from PIL import ImageFile

    data = kept(files, bomb(12_000, 12_000))
    monkeypatch.delattr(ImageFile.ImageFile, "load")
    with pytest.raises(TooLarge, match="12,000 × 12,000 pixels; 89,478,485 fit into this function's memory"):
        PICTURES[kind](data)


@pytest.mark.parametrize(("megabytes", "side", "fits"), [(128, 2_000, True), (128, 2_500, False), (512, 2_500, True)])
def test_how_many_pixels_are_read_is_told_by_the_functions_memory(
    files: LocalFiles, monkeypatch: pytest.MonkeyPatch, megabytes: int, side: int, fits: bool
) -> None:
    """A function of more memory takes larger pictures."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", str(megabytes))
    data = kept(files, bomb(side, side))
    if fits:
        assert gr.Image().preprocess(data).shape == (side, side, 3)
    else:
        with pytest.raises(TooLarge):
            gr.Image().preprocess(data)


def test_pictures_in_an_address_are_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a page pastes as ``data:`` has the same limit as a file."""
    import base64

    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
    url = "data:image/png;base64," + base64.b64encode(bomb(5_000, 5_000)).decode()
    with pytest.raises(TooLarge):
        gr.Image().preprocess({"url": url, "path": None})


def test_the_pictures_of_a_gallery_are_bounded_together(files: LocalFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many pictures that fit alone are refused when they do not fit beside one another."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
    data = [{"image": kept(files, bomb(2_000, 2_000)), "caption": None}] * 2
    assert len(gr.Gallery(type="pil").preprocess(data[:1]) or ()) == 1
    with pytest.raises(TooLarge, match="beside 4,000,000 of others"):
        gr.Gallery(type="pil").preprocess(data)


def test_the_frames_of_a_picture_that_is_made_again_count(files: LocalFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """A GIF that is converted has all of its frames in memory, and is measured by all of them."""
    from io import BytesIO

    from PIL import Image

    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
    frames = [Image.new("L", (500, 500), shade) for shade in range(40)]
    content = BytesIO()
    frames[0].save(content, "gif", save_all=True, append_images=frames[1:])
    component = gr.Image(type="filepath", image_mode="RGB")
    with pytest.raises(TooLarge, match="in 40 frames"):
        component.preprocess(kept(files, content.getvalue(), "a.gif"))


@pytest.mark.parametrize("type", ["pandas", "numpy", "array"])
@pytest.mark.parametrize(
    ("headers", "rows", "said"),
    [
        (["a"] * 20_000, [], "20,000 columns"),
        ([], [[1] * 20_000], "20,000 columns"),
        (["a", "b"], [[1, 2]] * 200_000, "400,000 cells"),
        ([], [[]] * 300_000, "300,000 cells"),
    ],
)
def test_a_table_of_too_many_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch, type: Any, headers: list[str], rows: list[list[int]], said: str
) -> None:
    """Columns and cells have a limit that is told before a frame is made of them."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
    with pytest.raises(TooLarge, match=said):
        gr.Dataframe(type=type).preprocess({"headers": headers, "data": rows})


@pytest.mark.parametrize(
    "component",
    [
        gr.CheckboxGroup(["a", "b"], render=False),
        gr.CheckboxGroup(["a", "b"], type="index", render=False),
        gr.Dropdown(["a", "b"], multiselect=True, render=False),
    ],
)
def test_no_more_is_chosen_than_there_is(component: Any) -> None:
    """A list longer than the choices is refused after as many looks as there are choices, and a stranger by name."""
    assert len(component.preprocess(["a", "b"])) == 2
    with pytest.raises(TooLarge, match="has 2 choices, and 1,000,000 are chosen"):
        component.preprocess(["a"] * 1_000_000)
    with pytest.raises(InvalidInput, match="'c'"):
        component.preprocess(["c"] * 1_000_000)


def test_typed_values_are_not_bounded_by_the_choices() -> None:
    """A Dropdown that takes other values takes more of them than it has choices."""
    component = gr.Dropdown(["a"], multiselect=True, allow_custom_value=True, render=False)
    assert component.preprocess(["a", "b", "c"]) == ["a", "b", "c"]


CELLS: tuple[Any, ...] = (1, -0.5, float("nan"), float("inf"), "text", None, True, 2**70, b"x", (1, float("nan")))


@pytest.mark.parametrize("columns", [CELLS[:3], CELLS[1:4], CELLS[4:6], CELLS[:2], CELLS])
def test_cells_that_go_out_together_are_what_they_are_alone(columns: tuple[Any, ...]) -> None:
    """A table taken by columns has the cells that it has cell by cell, whatever stands in it."""
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    rows = [list(columns), list(reversed(columns))] * 3
    alone = [[jsonable(cell) for cell in row] for row in rows]
    assert gr.Dataframe(render=False).postprocess(rows)["data"] == alone
    frame = pandas.DataFrame(rows)
    expected = jsonable(frame.to_dict(orient="split")["data"])
    assert gr.Dataframe(render=False).postprocess(frame)["data"] == expected
    for kind in (float, int, bool, "float32", "uint8", "str"):
        array = numpy.array([[1, 0], [0, 1]]).astype(kind)
        assert gr.Dataframe(render=False).postprocess(array)["data"] == jsonable(array.tolist())
    lacking = numpy.array([[1.5, numpy.nan], [numpy.inf, -numpy.inf]])
    assert gr.Dataframe(render=False).postprocess(lacking)["data"] == [[1.5, None], [None, None]]


def test_short_rows_of_a_table_are_filled_up() -> None:
    """A row with fewer cells than there are headers has empty ones at its end, and nothing warns of it."""
    frame = gr.Dataframe(render=False).preprocess({"headers": ["a", "b"], "data": [["x", "y"], ["z"], []]})
    assert frame.isna().to_numpy().tolist() == [[False, False], [False, True], [True, True]]
    with pytest.raises(InvalidInput, match="as many cells"):
        gr.Dataframe(render=False).preprocess({"headers": ["a"], "data": [["x", "y"]]})
