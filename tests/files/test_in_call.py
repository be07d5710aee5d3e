"""The files of one call."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from adapter.compat.warnings import AppWarning
from adapter.errors import ConfigurationError, FunctionFailed, InvalidInput, NotAllowed, NotFound, TooLarge
from adapter.files import LocalFiles
from adapter.files.base import owner_in, owner_of
from adapter.files.in_call import CallFiles, give, is_file_data, take, using
from adapter.files.own import OwnFiles
from adapter.files.published import published

ANN, BEN = owner_of("ann"), owner_of("ben")
API = "https://host/prod"


@pytest.fixture
def app_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an app; temporary files lie elsewhere."""
    folder = tmp_path / "app"
    folder.mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> LocalFiles:
    """A store of its own."""
    return LocalFiles(tmp_path / "kept")


def of(store: LocalFiles | None, owner: str | None = ANN) -> CallFiles:
    """Return the files of a call of ``owner``."""
    return CallFiles(store, owner=owner, api=API, most_bytes=1_000)


def test_what_a_function_made_is_kept_for_its_session(app_folder: Path, store: LocalFiles) -> None:
    """The wire gets its path, a public address with the stage, its name and its size; the session can send it back."""
    (app_folder / "a b.txt").write_text("content")
    with using(of(store)):
        data = give("a b.txt", sized=True)
        again = give(take(data))

    assert is_file_data(data)
    assert owner_in(data["path"]) == ANN
    assert data["url"] == f"{API}/gradio_api/file={data['path'].replace(' ', '%20')}"
    assert (data["orig_name"], data["size"]) == ("a b.txt", 7)
    assert again["path"] == data["path"]  # nothing is copied
    assert of(store).take({"path": data["url"]}).read_text() == "content"


def test_another_sessions_file_is_refused(app_folder: Path, store: LocalFiles) -> None:
    """Whoever knows its path."""
    (app_folder / "a.txt").write_text("secret")
    made = of(store).give("a.txt")
    uploaded = {"path": store.put("b.txt", b"secret")}
    of(store).take(uploaded)

    for data in (made, uploaded):
        for stranger in (of(store, BEN), of(store, None)):
            with pytest.raises(NotAllowed, match="another session's"):
                stranger.take(data)
        assert of(store).take(data).read_text() == "secret"


def test_a_function_may_show_one_sessions_file_to_another(app_folder: Path, store: LocalFiles) -> None:
    """By a GlobalState, say: the other session gets a copy of its own."""
    (app_folder / "a.txt").write_text("shared")
    place = of(store).take(of(store).give("a.txt"))
    copied = of(store, BEN).give(place)

    assert owner_in(copied["path"]) == BEN
    assert of(store, BEN).take(copied).read_text() == "shared"


def test_a_call_without_a_session_has_files_too(store: LocalFiles) -> None:
    """They are nobody's, until a session claims them."""
    path = store.put("a.txt", b"a")
    assert of(store, None).take({"path": path}).read_bytes() == b"a"
    assert of(store, None).take(of(store, None).give(of(store, None).take({"path": path}))).read_bytes() == b"a"


@pytest.mark.parametrize("data", [{}, {"path": None}, {"path": ""}, {"path": "/etc/passwd"}, {"path": "../x"}])
def test_what_is_no_file_of_the_store_is_invalid(store: LocalFiles, data: dict[str, object]) -> None:
    """No path of this machine is ever read for a caller."""
    with pytest.raises(InvalidInput):
        of(store).take(data)


def test_only_the_apps_and_temporary_files_may_be_shown(app_folder: Path, tmp_path: Path, store: LocalFiles) -> None:
    """A function that returns what a visitor typed shows nothing else of the machine."""
    (tmp_path / "secret").write_text("secret")
    (app_folder / ".env").write_text("secret")
    (app_folder / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "temporary" / "made.txt").write_text("made")

    for place in (tmp_path / "secret", app_folder / ".env", "link", "../secret", "/etc/passwd"):
        with pytest.raises(FunctionFailed, match="allowed_paths"):
            of(store).give(place)
    assert of(store).give(tmp_path / "temporary" / "made.txt")["orig_name"] == "made.txt"
    allowed = replace(of(store), own=OwnFiles(folders=[tmp_path / "secret"]))
    assert allowed.give(tmp_path / "secret")["orig_name"] == "secret"


def test_a_file_that_is_not_there_or_too_large_is_told(app_folder: Path, store: LocalFiles) -> None:
    """By its name and size."""
    (app_folder / "large").write_bytes(b"x" * 1_001)
    with pytest.raises(FunctionFailed, match=r"/none\.txt', which is not there"):
        of(store).give("none.txt")
    with pytest.raises(TooLarge, match="1,001 bytes; the limit is 1,000"):
        of(store).give("large")


def test_an_app_without_a_place_for_files_says_so(app_folder: Path) -> None:
    """With the setting that it needs."""
    (app_folder / "a.txt").touch()
    with pytest.raises(NotFound, match="ADAPTER_FILES"):
        of(None).take({"path": f"uploads/{'a' * 22}/a.txt"})
    with pytest.raises(NotFound, match="ADAPTER_FILES"):
        of(None).give("a.txt")


def test_the_pages_own_files_are_everybodys(app_folder: Path, store: LocalFiles) -> None:
    """What is shown outside calls has the same path in every environment, and any session can send it."""
    (app_folder / "logo.png").write_bytes(b"picture")
    data = give("logo.png", sized=True)

    assert data == give(app_folder / "logo.png", sized=True)
    assert (data["url"], data["size"], data["orig_name"]) == (None, 7, "logo.png")
    for call in (of(store), of(store, BEN), of(None)):
        assert call.take(data).read_bytes() == b"picture"


def test_a_file_of_the_page_that_is_missing_is_warned_of(app_folder: Path) -> None:
    """Its place is the same in every environment, and empty; whose size is wanted has to be there."""
    with pytest.warns(AppWarning, match=r"'none\.png', which is not there"):
        data = give("none.png")
    with pytest.warns(AppWarning, match=r"'none\.png', which is not there"):
        assert data == give("none.png")
    assert (published(data["path"]), data["orig_name"]) == (None, "none.png")
    with pytest.raises(ConfigurationError, match=r"'none\.png', which is not there"):
        give("none.png", sized=True)


def test_data_in_an_address_stays_there(store: LocalFiles) -> None:
    """Nothing is kept for it."""
    for found in (give("data:image/png;base64,AA=="), of(store).give("data:image/png;base64,AA==")):
        assert found["path"] == found["url"] == "data:image/png;base64,AA=="


def test_an_address_inside_the_deployment_is_not_fetched(store: LocalFiles) -> None:
    """Neither for a caller nor for a function."""
    with pytest.raises(InvalidInput, match="not a public address"):
        of(store).take({"path": "http://127.0.0.1:1/a.png"})
    with pytest.raises(FunctionFailed, match="not a public address"):
        of(store).give("http://127.0.0.1:1/a.png")


def test_what_a_call_shows_twice_is_kept_once(app_folder: Path, store: LocalFiles) -> None:
    """A generator that tells all messages again with each yield fills no disk; changed content is a new file."""
    (app_folder / "a.txt").write_text("one")
    call = of(store)
    first, again = call.give("a.txt"), call.give("a.txt")
    (app_folder / "a.txt").write_text("two")
    changed = call.give("a.txt")

    assert first == again
    assert changed["path"] != first["path"]
    assert [of(store).take(data).read_text() for data in (first, changed)] == ["one", "two"]


def test_what_the_page_shows_may_be_shown_again(tmp_path: Path, app_folder: Path, store: LocalFiles) -> None:
    """An example from beside the app's folder comes in as a file of the app, and goes out as any."""
    (tmp_path / "example.txt").write_text("example")
    place = of(store).take(give(tmp_path / "example.txt"))

    assert of(store).take(of(store).give(place)).read_text() == "example"


def test_what_the_page_shows_outlives_a_temporary_file(tmp_path: Path) -> None:
    """A value at first may be made of what a script has written somewhere for a moment, or of an array."""
    place = tmp_path / "moment.txt"  # below the folder for temporary files
    place.write_text("content")
    data = give(place)
    place.unlink()

    assert take(data).read_text() == "content"
    assert take(data).name == "moment.txt"
