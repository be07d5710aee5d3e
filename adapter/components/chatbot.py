"""A conversation: messages of a visitor and of the function, with what can be done about each."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.button import icon_data
from adapter.components.events import Event
from adapter.components.message_schema import SCHEMA
from adapter.components.messages import incoming, outgoing
from adapter.components.options import DisplayOptions
from adapter.components.pairs import MARK, Form, from_wire, has_marks, in_pairs, is_pair, outgoing_pair, with_marks
from adapter.components.wire_files import mime_type
from adapter.components.wire_files import outgoing as outgoing_file
from adapter.errors import Error, InvalidInput


class Chatbot(Component):
    """A conversation; the function gets and returns its messages, the oldest first.

    A returned message is a dict of ``role`` and ``content`` (a text, a file's dict, a component, or a
    list of these), with ``metadata`` and ``options`` if wanted, or a ``ChatMessage``. A message that
    the function gets has as its content a list of dicts: ``{"type": "text", "text": …}`` and the like.

    A conversation may be pairs instead, as in Gradio 3 to 5: ``[[what the visitor said, what the function said], …]``,
    each a text, ``(path,)`` or ``(path, text)`` for a file, a component, or ``None``. Where pairs were given a function
    gets pairs; so does one that is seen to take them by its annotation or by what it does with them.

    Args:
        value: the messages at first, or a function that gives them whenever the page loads.
        autoscroll: whether the page follows a conversation that grows.
        height: pixels, or a CSS length; more scrolls.
        resizable: whether the visitor can change the height.
        max_height: as ``height``; it may be less high.
        min_height: as ``height``; it may be higher.
        editable: "user" or "all": whose messages the visitor can edit.
        latex_delimiters: dicts of ``left``, ``right`` and ``display``; ``None`` for ``$$``, displayed.
        rtl: whether the text runs from right to left.
        buttons: "share", "copy", "copy_all", or Button instances; ``None`` for all three.
        watermark: added to what is copied.
        avatar_images: paths or addresses of the visitor's and the function's picture.
        sanitize_html: whether HTML in messages is made harmless.
        render_markdown: whether messages are drawn as Markdown.
        feedback_options: what can be said of a message where ``like`` has a listener.
        feedback_value: what has been said, one for each message of the function.
        line_breaks: whether a newline breaks the line.
        layout: "panel" or "bubble".
        placeholder: Markdown shown while there is no message.
        examples: dicts of ``text``, ``files``, ``display_text`` and ``icon``, shown while there is no message.
        allow_file_downloads: whether files in messages can be downloaded.
        group_consecutive_messages: whether messages of one role stand together.
        allow_tags: names of tags of no HTML that are kept, or whether all are.
        reasoning_tags: pairs of texts; what stands between them becomes a thought of its own.
        like_user_message: whether the visitor's own messages can be liked.
        type: as in Gradio 5: "tuples" if functions always get pairs, "messages" if they are to give none.
        options: see `DisplayOptions`.

    Raises:
        ConfigurationError: a picture or file of its own is not there.
        ValueError: ``type`` is neither of the two.
    """

    TYPE: ClassVar[str] = "chatbot"
    OPTIONS: ClassVar[type] = DisplayOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("autoscroll", "height", "resizable", "max_height", "min_height", "editable", "latex_delimiters", "rtl"),
        *("buttons", "watermark", "avatar_images", "sanitize_html", "render_markdown", "feedback_options"),
        *("feedback_value", "line_breaks", "layout", "placeholder", "examples", "allow_file_downloads"),
        *("group_consecutive_messages", "allow_tags", "reasoning_tags", "like_user_message"),
    )
    change = Event()
    select = Event()
    like = Event()
    retry = Event()
    undo = Event()
    example_select = Event()
    option_select = Event()
    clear = Event()
    copy = Event()
    edit = Event()

    def __init__(
        self,
        value: list[Any] | Callable[..., Any] | None = None,
        *,
        autoscroll: bool = True,
        height: int | str | None = 400,  # pixels
        resizable: bool = False,
        max_height: int | str | None = None,
        min_height: int | str | None = None,
        editable: Literal["user", "all"] | None = None,
        latex_delimiters: list[dict[str, str | bool]] | None = None,
        rtl: bool = False,
        buttons: list[Any] | None = None,
        watermark: str | None = None,
        avatar_images: Sequence[str | Path | None] | None = None,
        sanitize_html: bool = True,
        render_markdown: bool = True,
        feedback_options: Sequence[str] | None = ("Like", "Dislike"),
        feedback_value: Sequence[str | None] | None = None,
        line_breaks: bool = True,
        layout: Literal["panel", "bubble"] | None = None,
        placeholder: str | None = None,
        examples: list[dict[str, Any]] | None = None,
        allow_file_downloads: bool = True,
        group_consecutive_messages: bool = True,
        allow_tags: list[str] | bool = True,
        reasoning_tags: list[tuple[str, str]] | None = None,
        like_user_message: bool = False,
        type: Form | None = None,
        **options: Unpack[DisplayOptions],
    ) -> None:
        self.type = checked_form(type)
        displayed: dict[str, str | bool] = {"left": "$$", "right": "$$", "display": True}
        self.autoscroll = autoscroll
        self.height = height
        self.resizable = resizable
        self.max_height = max_height
        self.min_height = min_height
        self.editable = editable
        self.latex_delimiters = [displayed] if latex_delimiters is None else latex_delimiters
        self.rtl = rtl
        self.buttons = toolbar(buttons, ["share", "copy", "copy_all"])
        self.watermark = watermark
        self.avatar_images = [icon_data(image) for image in avatar_images or (None, None)]
        self.sanitize_html = sanitize_html
        self.render_markdown = render_markdown
        self.feedback_options = None if feedback_options is None else list(feedback_options)
        self.feedback_value = None if feedback_value is None else list(feedback_value)
        self.line_breaks = line_breaks
        self.layout = layout
        self.placeholder = placeholder
        self.examples = None if examples is None else [_example(one) for one in examples]
        self.allow_file_downloads = allow_file_downloads
        self.group_consecutive_messages = group_consecutive_messages
        self.allow_tags = allow_tags or False
        self.reasoning_tags = reasoning_tags
        self.like_user_message = like_user_message
        self.listening: set[str] = set()
        super().__init__(value, **options)

    def note_listener(self, event: str) -> None:
        super().note_listener(event)
        self.listening.add(event)

    def for_function(self, fn: Callable[..., Any], parameter: str | None) -> Component:
        """Return a chatbot that gives ``fn`` pairs, or messages, where it is seen which of them its parameter takes."""
        from adapter.components.pair_use import form_taken  # reads the function's source: when it is called at first

        form = None if self.type is not None or parameter is None else form_taken(fn, parameter)
        if form is None:
            return self
        found = copy.copy(self)
        found.type = form
        return found

    def preprocess(self, data: Any) -> list[Any]:
        """Return the messages, each with ``role``, ``metadata``, ``content`` (a list) and ``options``; or pairs."""
        rows = self._rows(data)
        messages = self.messages(data)
        form = self.type or ("tuples" if has_marks(rows) else "messages")
        return messages if form == "messages" else in_pairs(messages, [row.get(MARK) for row in rows])

    def messages(self, data: Any) -> list[dict[str, Any]]:
        """Return the messages, also where functions get pairs.

        Raises:
            InvalidInput: ``data`` is no conversation.
        """
        found = []
        for row in self._rows(data):
            message = incoming(self, row)
            if message is None:
                raise self._refused(data)
            found.append(message)
        return found

    def _rows(self, data: Any) -> list[Any]:
        if data is not None and not isinstance(data, list):
            raise self._refused(data)
        return (data or []) if self.type == "messages" else from_wire(data or [])

    def _refused(self, data: Any) -> InvalidInput:
        return self.invalid(data, "a list of messages (objects of role and content, a list of parts)")

    def postprocess(self, value: Any) -> list[dict[str, Any]]:
        """Return the messages in the wire's form.

        Raises:
            Error: it is no list of messages or pairs.
        """
        if value is not None and not isinstance(value, list | tuple):
            raise Error(f"{self.name()} shows a list of messages; got {type(value).__name__} {str(value)[:80]!r}.")
        rows: list[dict[str, Any]] = []
        count = 0
        for said in value or ():
            if is_pair(said) and self.type != "messages":
                rows += outgoing_pair(said, count)
                count += 1
            else:
                rows += outgoing(said, self.reasoning_tags)
        return with_marks(rows) if self.type == "tuples" else rows

    def api_info(self) -> dict[str, Any]:
        return SCHEMA

    def example_payload(self) -> Any:
        texts = [("user", "Hello!"), ("assistant", "How can I help you?")]
        return outgoing_texts(texts)

    def props(self) -> dict[str, Any]:
        return super().props() | {
            "likeable": "like" in self.listening,
            "_retryable": "retry" in self.listening,
            "_undoable": "undo" in self.listening,
        }


def checked_form(type: Any) -> Form | None:
    """Return ``type`` as Gradio 5 has it.

    Raises:
        ValueError: it is another value.
    """
    if type not in (None, "messages", "tuples"):
        raise ValueError(f"type is {type!r}; it must be 'messages' or 'tuples'.")
    return type  # type: ignore[no-any-return]


def outgoing_texts(texts: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the wire's messages for pairs of role and text."""
    return [message for role, text in texts for message in outgoing({"role": role, "content": text})]


def _example(given: dict[str, Any]) -> dict[str, Any]:
    """Return an example as the page sees it.

    Raises:
        Error: its files are no list.
    """
    shown = dict(given)
    if isinstance(given.get("icon"), str | Path):
        shown["icon"] = icon_data(given["icon"])
    files = given.get("files")
    if files is None:
        return shown
    if not isinstance(files, list | tuple):
        raise Error(f"The example {given!r} has files that are no list; give a list of paths or addresses.")
    return {**shown, "files": [_example_file(file) for file in files]}


def _example_file(file: Any) -> dict[str, Any]:
    if not isinstance(file, str | Path):
        return dict(file)
    name = Path(file).name
    return {**outgoing_file(file), "orig_name": name, "mime_type": mime_type(name)}
