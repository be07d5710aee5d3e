"""What becomes of a conversation's messages, beyond what Gradio's recorded facts say."""

from __future__ import annotations

from typing import Any

import pytest

from adapter.components.chatbot import Chatbot
from adapter.components.data import JSON
from adapter.components.messages import ChatMessage
from adapter.errors import Error, NotAvailable


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


def test_files_need_an_address() -> None:
    """A file that browsers can fetch is shown; a path on this machine is refused with the remedy."""
    [sent] = Chatbot().postprocess([said({"path": "https://example.org/cat.png", "alt_text": "A cat"})])
    file = sent["content"][0]["file"]

    assert (file["url"], file["mime_type"]) == ("https://example.org/cat.png", "image/png")
    assert sent["content"][0]["alt_text"] == "A cat"
    assert Chatbot().postprocess(Chatbot().preprocess([sent])) == [sent]
    with pytest.raises(NotAvailable, match=r"'/tmp/cat\.png', which is a path on this machine; give the address"):
        Chatbot().postprocess([said({"path": "/tmp/cat.png"})])
    with pytest.raises(NotAvailable, match="has files"):
        Chatbot(examples=[{"text": "a", "files": ["cat.png"]}])


@pytest.mark.parametrize(
    "value", ["text", [3], [["user", "hey"]], [{"role": "user"}], [said(3)], [said("a", metadata={"title": 3})]]
)
def test_what_is_no_conversation_is_told(value: Any) -> None:
    """Pairs of texts and other forms are an error that says what is wanted."""
    with pytest.raises(Error, match=r"it must be a dict|shows a list|it can be a text|it takes title"):
        Chatbot().postprocess(value)
