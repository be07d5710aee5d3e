"""Files in components: what functions get and what is shown is what real Gradio gives and shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from adapter.components.file import File
from adapter.components.image import Image
from adapter.components.media.images import WatermarkOptions
from adapter.errors import AdapterError, ConfigurationError, Error, InvalidInput, NotAllowed, NotAvailable
from adapter.files import LocalFiles
from adapter.files.base import owner_in, owner_of
from adapter.files.in_call import CallFiles, using
from tests.components.conftest import KINDS
from tests.components.described_media import MEDIA, described, resolved

FACTS = json.loads(Path(__file__).with_name("media_6_31.json").read_text(encoding="utf-8"))
EACH = pytest.mark.parametrize(
    "recorded", FACTS, ids=[json.dumps([one["component"], one["arguments"], place]) for place, one in enumerate(FACTS)]
)


@pytest.fixture
def media(files: LocalFiles, monkeypatch: pytest.MonkeyPatch) -> LocalFiles:
    """The store of a call in an app whose folder has the files that were recorded."""
    monkeypatch.chdir(MEDIA)
    return files


def sent(given: Any, store: LocalFiles) -> Any:
    """Return recorded data as a client sends it that has uploaded its files."""
    if isinstance(given, list):
        return [sent(one, store) for one in given]
    if not isinstance(given, dict):
        return given
    if str(given.get("path")).startswith("@"):
        name = given["path"].removeprefix("@")
        return {**given, "path": store.put(name, (MEDIA / name).read_bytes())}
    return {name: sent(one, store) for name, one in given.items()}


def shown(data: Any, store: LocalFiles) -> Any:
    """Return the wire's data with the places of its files on this machine."""
    if isinstance(data, list):
        return [shown(one, store) for one in data]
    if not isinstance(data, dict):
        return data
    place = store.local(data["path"]) if isinstance(data.get("path"), str) else None
    return {name: shown(one, store) for name, one in data.items()} | ({"path": str(place)} if place else {})


def pixels_in(place: Path) -> Any:
    """Return the picture's pixels."""
    with Pillow.open(place) as picture:
        return np.array(picture)


@EACH
def test_functions_get_what_gradios_get(recorded: dict[str, Any], media: LocalFiles) -> None:
    """Paths, bytes, arrays and pictures; what Gradio fails on is an error of the input, by its label."""
    component = KINDS[recorded["component"]](**resolved(recorded["arguments"]))
    component.label = "The label"

    assert getattr(component, "datatype", None) == recorded["datatype"]
    for row in recorded["preprocess"]:
        data = sent(row["given"], media)
        if "fails" in row:
            with pytest.raises(InvalidInput, match="'The label'"):
                component.preprocess(data)
        else:
            assert described(component.preprocess(data)) == row["becomes"], row["given"]


@EACH
def test_pages_are_shown_what_gradios_are(recorded: dict[str, Any], media: LocalFiles) -> None:
    """The same names, sizes and pictures; what Gradio fails on is told to the visitor."""
    component = KINDS[recorded["component"]](**resolved(recorded["arguments"]))

    for row in recorded["postprocess"]:
        if "fails" in row:
            with pytest.raises(AdapterError):
                component.postprocess(resolved(row["given"]))
        else:
            data = component.postprocess(resolved(row["given"]))
            assert described(shown(json.loads(json.dumps(data)), media)) == row["becomes"], row["given"]


@EACH
def test_what_is_shown_can_be_sent_back(recorded: dict[str, Any], media: LocalFiles) -> None:
    """Round trip: a component takes what it shows, and shows again the same file."""
    component = KINDS[recorded["component"]](**resolved(recorded["arguments"]))
    component.file_types = None

    for row in recorded["postprocess"]:
        # a dict may leave out what the file's name tells, and a gallery tells no names of what was made for it
        told = any(mark in json.dumps(row["given"]) for mark in ("meta", "$"))
        if told or "fails" in row or getattr(component, "type", "") in ("binary", "numpy", "pil"):
            continue
        data = component.postprocess(resolved(row["given"]))
        assert component.postprocess(component.preprocess(data)) == data


def test_the_session_owns_what_it_is_shown(media: LocalFiles) -> None:
    """The address is public and cannot be guessed; the data of another session is refused."""
    data = Image().postprocess(np.zeros((2, 2), dtype=np.uint8))
    assert data is not None

    assert owner_in(data["path"]) == owner_of("ann")
    assert data["url"] == f"https://host/prod/gradio_api/file={data['path']}"
    with using(CallFiles(media, owner=owner_of("ben"))), pytest.raises(NotAllowed):
        Image().preprocess(data)


def test_converted_pictures_are_files_of_the_session(media: LocalFiles) -> None:
    """A path that a State keeps can be found in another environment: it is in the store, as the upload is."""
    data = {"path": media.put("clear.png", (MEDIA / "clear.png").read_bytes()), "orig_name": "clear.png"}
    path = Path(Image(type="filepath").preprocess(data))

    assert path.is_relative_to(media.root)
    assert path.name == "clear.png"
    with Pillow.open(path) as picture:
        assert picture.mode == "RGB"


def test_files_paths_have_names(media: LocalFiles) -> None:
    """Scripts of older Gradios ask a file for its ``name``; it is the path itself."""
    file = File().preprocess({"path": media.put("a b.txt", b"a")})

    assert file.name == file == str(file)
    assert Path(file).name == "a b.txt"


def test_files_of_wrong_types_are_named(media: LocalFiles) -> None:
    """With the file, the component and the types that it takes."""
    data = {"path": media.put("a.exe", b"a")}

    with pytest.raises(InvalidInput, match=r"Invalid file type: 'a.exe' for 'Data'.*\.csv, image"):
        File(file_types=[".csv", "image"], label="Data").preprocess(data)


@pytest.mark.parametrize("arguments", [{"file_count": "two"}, {"type": "file"}, {"file_types": ".csv"}])
def test_arguments_of_files_are_checked(arguments: dict[str, Any]) -> None:
    """With what they can be."""
    with pytest.raises(ValueError, match="it must be"):
        File(**arguments)


@pytest.mark.parametrize("value", [3, {"path": "a"}, [3]])
def test_files_are_paths(value: Any, media: LocalFiles) -> None:
    """Anything else is told to the visitor."""
    with pytest.raises(Error, match="shows files by their paths or addresses"):
        File().postprocess(value)


def test_pages_show_files_from_the_start(media: LocalFiles, tmp_path: Path) -> None:
    """A value at first is a file of the app, with its size; one that is missing is told at once."""
    (tmp_path / "first.txt").write_text("first")
    component = File(tmp_path / "first.txt")

    assert (component.value["orig_name"], component.value["size"]) == ("first.txt", 5)
    with pytest.raises(AdapterError, match="not there"):
        File("none.txt")


# -- pictures -------------------------------------------------------------------------------------


def test_watermarks_stand_where_they_are_put(media: LocalFiles) -> None:
    """In a corner, 10 pixels from the edges, or at a point; one that does not fit at the bottom right."""
    found = {}
    for position in ("top-left", "top-right", "bottom-left", "bottom-right", (3, 4), (99, 0)):
        options = WatermarkOptions(np.full((2, 2), 255, np.uint8), position)
        data = Image(format="png", watermark=options).postprocess(Pillow.new("L", (40, 30)))
        assert data is not None
        pixels = pixels_in(media.root / data["path"])
        found[position] = tuple(int(place) for place in np.argwhere(pixels)[0][::-1])

    assert found == {
        "top-left": (10, 10),
        "top-right": (28, 10),
        "bottom-left": (10, 18),
        "bottom-right": (28, 18),
        (3, 4): (3, 4),
        (99, 0): (28, 18),
    }


def test_truth_values_are_black_and_white(media: LocalFiles) -> None:
    """An array of them is a picture, such as a mask."""
    data = Image(format="png").postprocess(np.array([[True, False]]))
    assert data is not None

    assert pixels_in(media.root / data["path"]).tolist() == [[255, 0]]


@pytest.mark.parametrize("array", [np.zeros((2, 2, 7), np.uint8), np.full((2, 2), 1.5), np.zeros((2, 2), "M8[s]")])
def test_arrays_that_are_no_pictures(array: Any, media: LocalFiles) -> None:
    """The visitor is told the shape, or the range, and what it must be."""
    with pytest.raises(Error, match="must be"):
        Image().postprocess(array)


def test_formats_that_cannot_hold_a_picture(media: LocalFiles) -> None:
    """A JPEG has no transparency: that is told with what to do."""
    with pytest.raises(Error, match=r"mode RGBA cannot be saved as jpeg.*convert"):
        Image(format="jpeg").postprocess(Pillow.new("RGBA", (2, 2)))


@pytest.mark.parametrize("value", [3, b"bytes", {"path": "photo.png"}])
def test_only_pictures_are_shown(value: Any, media: LocalFiles) -> None:
    """Anything else is told to the visitor."""
    with pytest.raises(Error, match="got"):
        Image().postprocess(value)


def test_streaming_is_refused() -> None:
    """As an argument and as a listener, with what to do instead."""
    with pytest.raises(NotAvailable, match="sources=\\['webcam'\\]"):
        Image(sources=["webcam"], streaming=True)
    with pytest.raises(NotAvailable, match="stream"):
        _ = Image().stream


@pytest.mark.parametrize("arguments", [{"type": "bytes"}, {"sources": ["camera"]}])
def test_arguments_of_pictures_are_checked(arguments: dict[str, Any]) -> None:
    """With what they can be."""
    with pytest.raises(ValueError, match=r"it (must be|can have)"):
        Image(**arguments)


def test_missing_libraries_are_named(media: LocalFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Pillow a picture can be shown that is a file already; else the error says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "PIL.Image", None)
    path = media.put("photo.png", (MEDIA / "photo.png").read_bytes())

    assert Image().postprocess(str(MEDIA / "photo.png")) is not None
    with pytest.raises(ConfigurationError, match="pip install pillow"):
        Image().preprocess({"path": path})
