"""What becomes of a conversation's messages, beyond what Gradio's recorded facts say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapter.components.chatbot import Chatbot
from adapter.components.data import JSON
from adapter.components.file import File
from adapter.components.image import Image
from adapter.components.messages import ChatMessage
from adapter.errors import Error, InvalidInput, NotAllowed
from adapter.files import LocalFiles
from adapter.files.base import owner_of
from adapter.files.file_data import FileData
from adapter.files.in_call import give
from adapter.files.published import published


def said(content: Any, **more: Any) -> dict[str, Any]:
    """Return a message of the function."""
    return {"role": "assistant", "content": content, **more}


def test_a_chat_message_is_sent_with_all_its_parts() -> None:
    """The dataclass and a dict of the same parts become the same message."""
    message = ChatMessage(["a", "b"], metadata={"title": "T"}, options=[{"value": "o"}])

    [sent] = Chatbot().postprocess([message])
    assert [sent] == Chatbot().postprocess([said(["a", "b"], metadata={"title": "T"}, options=[{"value": "o"}])])
    assert [part["text"] for part in sent["content"]] == ["a", "b"]


def test_a_component_in_a_message_comes_back_as_one() -> None:
    """Its value, arguments and look go to the page; a function that gets the message gets the component."""
    chatbot = Chatbot()
    [sent] = chatbot.postprocess([said([JSON({"a": 1}, label="L"), "text"])])
    part = sent["content"][0]

    assert (part["component"], part["value"], part["type"]) == ("json", {"a": 1}, "component")
    assert part["constructor_args"] == {"label": "L", "render": False}
    [got] = chatbot.preprocess([sent])
    component = got["content"][0]["instance"]
    assert isinstance(component, JSON)
    assert (component.value, component.label) == ({"a": 1}, "L")
    assert chatbot.postprocess([got]) == [sent]


@pytest.mark.parametrize("content", ["path", "Path", "file", "FileData", "data", "tuple"])
def test_files_are_kept_for_the_session(content: str, files: LocalFiles) -> None:
    """A path, in any of the forms that functions write, becomes a file; functions get its place on this machine."""
    place = Path("cat.png").absolute()
    place.write_bytes(b"cat")
    data: Any = {
        "path": {"path": "cat.png", "alt_text": "A cat"},
        "Path": {"path": place},
        "file": {"file": {"path": str(place), "mime_type": "image/png"}, "type": "file"},
        "FileData": FileData("cat.png", mime_type="image/png"),
        "tuple": ("cat.png", "A cat"),
        "data": {"file": give("cat.png") | {"mime_type": "image/png"}, "alt_text": None},
    }[content]
    [sent] = Chatbot().postprocess([said([data, "text"])])
    part = sent["content"][0]

    assert (part["type"], part["file"]["mime_type"]) == ("file", "image/png")
    assert part["alt_text"] == ("A cat" if content in ("path", "tuple") else None)
    assert files.root.joinpath(part["file"]["path"]).read_bytes() == b"cat"
    [got] = Chatbot().preprocess([sent])
    assert Path(got["content"][0]["file"]["path"]).read_bytes() == b"cat"
    assert Chatbot().postprocess([got]) == [sent]


@pytest.mark.parametrize("content", [("cat.png",), ("cat.png", None), (Path("cat.png"), None)])
def test_a_messages_content_may_be_a_file_as_a_tuple(content: Any, files: LocalFiles) -> None:
    """As messages of Gradio 5 have it; what is no path in it is told."""
    Path("cat.png").write_bytes(b"cat")
    [sent] = Chatbot().postprocess([said(content)])

    assert sent["content"] == Chatbot().postprocess([said({"path": "cat.png"})])[0]["content"]
    for wrong in ((), (3,), ("a", "b", "c")):
        with pytest.raises(Error, match="a tuple of its path"):
            Chatbot().postprocess([said(wrong)])


def test_pictures_in_an_address_stay_there(files: LocalFiles) -> None:
    """They come back as they are."""
    [sent] = Chatbot().postprocess([said({"path": "data:image/png;base64,AA=="})])

    assert sent["content"][0]["file"]["url"] == "data:image/png;base64,AA=="
    assert Chatbot().postprocess(Chatbot().preprocess([sent])) == [sent]


def test_another_sessions_file_in_a_message_is_refused(files: LocalFiles) -> None:
    """As in any component; one that is not there is an invalid input, told with the label."""
    path = files.put("a.png", b"a", owner=owner_of("ben"))
    message = said([{"file": {"path": path}, "type": "file"}])
    gone = said([{"file": {"path": f"uploads/{'a' * 22}/a.png"}, "type": "file"}])

    with pytest.raises(NotAllowed):
        Chatbot().preprocess([message])
    with pytest.raises(InvalidInput, match="'Chat' cannot be used"):
        Chatbot(label="Chat").preprocess([gone])


def test_components_with_files_can_be_in_messages(files: LocalFiles) -> None:
    """A picture goes to the page as one, and comes back; files are a list there."""
    Path("a.txt").write_text("a")
    picture, file = Image(np.zeros((2, 2), np.uint8), format="png"), File("a.txt")
    [sent] = Chatbot().postprocess([said([picture, file])])
    shown = [part["value"] for part in sent["content"]]

    assert files.root.joinpath(shown[0]["path"]).read_bytes().startswith(b"\x89PNG")
    assert [one["orig_name"] for one in shown[1]] == ["a.txt"]
    [got] = Chatbot().preprocess([sent])
    assert Image(type="pil").preprocess(got["content"][0]["instance"].value).size == (2, 2)
    assert Chatbot().postprocess([got]) == [sent]


def test_examples_have_files(tmp_path: Path) -> None:
    """They and their icons are files of the app."""
    (tmp_path / "cat.png").write_bytes(b"cat")
    given = {"text": "a", "files": [str(tmp_path / "cat.png")], "icon": str(tmp_path / "cat.png")}
    [shown] = Chatbot(examples=[given]).config()["props"]["examples"]

    assert (shown["files"][0]["orig_name"], shown["files"][0]["mime_type"]) == ("cat.png", "image/png")
    place = published(shown["icon"]["path"])
    assert place == published(shown["files"][0]["path"])
    assert isinstance(place, Path)
    assert place.read_bytes() == b"cat"
    assert given["files"] == [str(tmp_path / "cat.png")]
    with pytest.raises(Error, match="a list of paths"):
        Chatbot(examples=[{"text": "a", "files": "cat.png"}])


@pytest.mark.parametrize(
    "value",
    [
        "text",
        [3],
        [["user", "hey", "there"]],
        [["one"]],
        [{"role": "user"}],
        [said(3)],
        [said("a", metadata={"title": 3})],
    ],
)
def test_what_is_no_conversation_is_told(value: Any) -> None:
    """Whatever else it is, the error says what is wanted."""
    with pytest.raises(
        Error, match=r"it must be a dict|shows a list|it can be a text|it takes title|pair has \d items"
    ):
        Chatbot().postprocess(value)


def test_gradio_5s_type_of_a_chatbot() -> None:
    """Scripts that say ``type=`` run as they are, and the page is the same; what is neither of the two is refused."""
    assert Chatbot(type="messages").props() == Chatbot(type="tuples").props() == Chatbot().props()
    with pytest.raises(ValueError, match="'messages' or 'tuples'"):
        Chatbot(type="pairs")  # type: ignore[arg-type]
