"""The conversations that a visitor's browser keeps, and the list of them beside the chat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from adapter.calls.event_data import SelectData
from adapter.components.browser_state import BrowserState
from adapter.components.button import Button
from adapter.components.chatbot import Chatbot
from adapter.components.dataset import Dataset
from adapter.components.layout import Column, Row
from adapter.components.state import State
from adapter.components.text import Textbox
from adapter.components.updates import update
from adapter.errors import InvalidInput, NotAllowed
from adapter.files.in_call import take

if TYPE_CHECKING:
    from adapter.app.chat.interface import ChatInterface

LONGEST_TITLE = 40


class SavedConversations:
    """What a chat with ``save_history`` has beside it; made inside the chat's Blocks.

    Args:
        chat_id: of the chat among the page's blocks: each chat has conversations of its own.
    """

    def __init__(self, chat_id: int) -> None:
        self.conversations = BrowserState([], storage_key=f"_saved_conversations_{chat_id}")
        self.shown = State(None)
        self.new: Button
        self.titles: Dataset

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Put the list beside what is made in the ``with``."""
        with Row(scale=1):
            with Column(scale=1, min_width=100):
                self.new = Button("New chat", variant="primary", size="md")
                self.titles = Dataset(
                    components=[Textbox(visible=False)], type="index", layout="table", show_label=False, samples=[]
                )
            with Column(scale=6):
                yield

    def listen(self, chat: ChatInterface, *, changed: Sequence[Any], cleared: Any) -> None:
        """Keep the conversation whenever it has changed, and show another one when it is chosen.

        Args:
            chat: whose conversations they are.
            changed: the listeners after which the conversation is another.
            cleared: the one after which it is none.
        """
        hidden: dict[str, Any] = {"api_visibility": "undocumented", "queue": False, "show_progress": "hidden"}
        both, listed = [self.shown, self.conversations], [self.shown, self.conversations, self.titles]
        for one in changed:
            one.then(_saved, [self.shown, chat.chatbot_state, self.conversations], listed, **hidden)
        cleared.then(_removed, both, listed, **hidden)
        chat.load(_titles, self.conversations, self.titles, **hidden)
        shown = [self.shown, chat.chatbot, chat.chatbot_state]
        self.new.click(_nothing, None, shown, **hidden)

        def show(event: SelectData, conversations: Any) -> tuple[int, list[Any], list[Any]]:
            kept = _listed(conversations)
            if not isinstance(event.index, int) or not 0 <= event.index < len(kept):
                raise InvalidInput(f"There is no conversation {event.index!r}; this browser keeps {len(kept)}.")
            messages = _readable(chat.chatbot, kept[event.index])
            return event.index, messages, chat.chatbot.postprocess(messages)

        self.titles.select(show, self.conversations, shown, **hidden)


def _saved(shown: int | None, conversation: list[Any], conversations: Any) -> tuple[int | None, list[Any], Any]:
    kept = _listed(conversations)
    if not conversation:
        return _removed(shown, kept)
    if shown is None or shown >= len(kept):  # or another tab has removed it
        kept.insert(0, conversation)
        shown = 0
    else:
        kept[shown] = conversation
    return shown, kept, _titles(kept)


def _removed(shown: int | None, conversations: Any) -> tuple[None, list[Any], Any]:
    kept = _listed(conversations)
    if shown is not None and shown < len(kept):
        del kept[shown]
    return None, kept, _titles(kept)


def _titles(conversations: Any) -> Any:
    return update(samples=[[_title(one)] for one in _listed(conversations)])


def _nothing() -> tuple[None, list[Any], list[Any]]:
    return None, [], []


def _listed(conversations: Any) -> list[Any]:
    """Return what the browser sent as conversations, without what is none: it is the visitor's to change."""
    found = conversations if isinstance(conversations, list) else []
    return [[message for message in one if _is_message(message)] for one in found if isinstance(one, list)]


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict) and isinstance(message.get("role"), str) and isinstance(message.get("content"), list)
    )


def _title(conversation: list[Any]) -> str:
    """Return how the visitor's first text begins, with a paper clip for each file before it."""
    title = ""
    for message in conversation:
        for part in message["content"] if message["role"] == "user" else ():
            text = part.get("text") if isinstance(part, dict) else part
            if isinstance(text, str):
                title += text
                return title[:LONGEST_TITLE] + ("..." if len(title) > LONGEST_TITLE else "")
            title += "📎 "
    return title or "Conversation"


def _readable(chatbot: Chatbot, conversation: list[Any]) -> list[Any]:
    """Return a kept conversation as functions get it; files that are kept no more are named in their place.

    Files are only those that the session has: what the browser sent opens no other path.
    """
    return chatbot.messages(
        [{**message, "content": [_still_there(part) for part in message["content"]]} for message in conversation]
    )


def _still_there(part: Any) -> Any:
    file = part.get("file") if isinstance(part, dict) else None
    if not isinstance(file, dict) or str(file.get("path")).startswith("data:"):
        return part
    try:
        take(file)
    except (InvalidInput, NotAllowed):
        name = file.get("orig_name") or str(file.get("path")).rsplit("/", 1)[-1]
        return {"text": f"📎 {name}", "type": "text"}
    return part
