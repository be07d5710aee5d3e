"""One turn of a chat: the user's function, with the conversation before and after it."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from inspect import Parameter, Signature
from typing import Any

from adapter.app.chat.answers import bare, check_answer, messages, verbatim
from adapter.app.listener import name_of
from adapter.calls.parameters import parameters
from adapter.compat.warnings import warn
from adapter.components.base import Component
from adapter.components.chatbot import Chatbot
from adapter.components.functions import underlying
from adapter.components.pair_use import form_taken
from adapter.components.pairs import MARK, Form, in_pairs, with_marks
from adapter.components.wire_files import outgoing
from adapter.errors import FunctionFailed, InvalidInput, NotAllowed

Begin = Callable[[Any, list[Any]], tuple[Any, list[Any]]]
"""From what the visitor did and the conversation: the message, and the conversation before it."""


class ChatFunction:
    """The user's function, in the forms that listeners call.

    Args:
        fn: takes a message, the conversation and further inputs.
        chatbot: shows the conversation.
        extras: how many further inputs there are.
        more_outputs: how many values the function returns beside the answer.
        streams: whether the page is shown the message before the answer even of a plain function.
        multimodal: whether a message is a dict of ``text`` and ``files``.
        form: "tuples" if the function gets the conversation as pairs.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        chatbot: Chatbot,
        *,
        extras: int,
        more_outputs: int,
        streams: bool = False,
        multimodal: bool = False,
        form: Form = "messages",
    ) -> None:
        self.fn = fn
        self.form = form
        self.multimodal = multimodal
        self.chatbot = chatbot
        self.more_outputs = more_outputs
        self.parameters = parameters(fn)
        target = underlying(fn)
        self.is_generator = inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)
        self.streams = streams or self.is_generator
        self.given = 2 + extras
        misfit = self.parameters.misfit(self.given)
        if misfit is not None:
            given = f"the message, the history and {extras} additional inputs"
            warn(f"{name_of(fn, None)} {misfit} The chat gives it {given}.")

    def for_api(self) -> Callable[..., Any]:
        """Return the function for callers: (message, conversation, …) → (answer, conversation, …)."""

        async def turns(message: Any, before: list[Any], rest: Sequence[Any]) -> AsyncGenerator[tuple[Any, ...], None]:
            if message is None:
                raise InvalidInput("The chat got no message; give it a text.")
            said = [*before, *messages(message, "user")]
            async with aclosing(self._answers(message, before, rest)) as answers:
                async for answer, more in answers:
                    given = [self._plain(one) for one in messages(answer, "assistant")]
                    shown = bare(answer, given)
                    yield shown, [*said, *given], *more

        return self._made(turns, ["message", "history"], self.is_generator)

    def for_page(
        self,
        begin: Begin,
        *,
        takes_message: bool = False,
        event: type | None = None,
        field: Callable[[], Any] = lambda: {"__type__": "update"},
    ) -> Callable[..., Any]:
        """Return the function for the page: (…) → (the textbox's value, messages, conversation, …).

        Args:
            begin: gives the message, and the conversation before it.
            takes_message: whether the first input is the message.
            event: what is told of the event that starts the turn.
            field: gives the textbox's value.
        """

        async def turns(given: Any, stored: list[Any], rest: Sequence[Any]) -> AsyncGenerator[tuple[Any, ...], None]:
            present = conversation(self.chatbot, stored)
            message, before = begin(given, present)
            said = [*before, *messages(message, "user")]
            nothing = [{"__type__": "update"}] * self.more_outputs
            if self.streams:
                begun = self._stored(said)
                yield field(), begun, begun, *nothing
            try:
                async with aclosing(self._answers(message, before, rest)) as answers:
                    async for answer, more in answers:
                        shown = self._stored([*said, *messages(answer, "assistant")])
                        yield field(), shown, shown, *more
            except Exception:
                if self.streams:  # the page then shows what the session has, as before the turn
                    yield message if takes_message else field(), present, stored, *nothing
                raise

        leading = ["message", "history"] if takes_message else ["history"]
        return self._made(turns, leading, self.streams, event)

    def last(self, messages: list[Any]) -> tuple[Any, list[Any]]:
        """Return what the visitor said last, and the conversation before it."""
        end = len(messages)
        while end and messages[end - 1]["role"] == "assistant":
            end -= 1
        start = end
        while start and messages[start - 1]["role"] == "user":
            start -= 1
        parts = [part for message in messages[start:end] for part in message["content"]]
        text = "".join(part["text"] for part in parts if part["type"] == "text")
        return self.said(text, _files(messages[start:end])), messages[:start]

    def instead(self, text: str, messages: list[Any], place: Sequence[int]) -> tuple[Any, list[Any]]:
        """Return the message at ``place`` with ``text`` for its words and the files that it has, and those before it.

        Args:
            text: its words.
            messages: of the conversation.
            place: the message's number, or in pairs the pair's and the side's.
        """
        index = place[0]
        if self.form == "tuples" and len(place) == 2:
            sides = [(row[MARK], int(row["role"] != "user")) for row in with_marks(messages)]
            index = sides.index((place[0], place[1])) if tuple(place) in sides else len(messages)
        return self.said(text, _files(messages[index : index + 1])), messages[:index]

    def said(self, text: str, files: Sequence[str] = ()) -> Any:
        """Return a message as the function takes it: the text, or where it is multimodal, a dict."""
        return {"text": text, "files": [*files]} if self.multimodal else text

    def _stored(self, shown: list[Any]) -> list[Any]:
        return self.chatbot.postprocess(shown if self.form == "messages" else [verbatim(message) for message in shown])

    def _plain(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return ``message`` as it can be stored: components in their wire's form."""
        content = message["content"] if isinstance(message["content"], list) else [message["content"]]
        if not any(isinstance(part, Component) for part in content):
            return message
        [sent] = Chatbot(render=False).postprocess([message])
        return sent

    async def _answers(
        self, message: Any, before: list[Any], rest: Sequence[Any]
    ) -> AsyncGenerator[tuple[Any, list[Any]], None]:
        """Yield what the function answers, and what it returns beside that; ``rest`` ends with what it asks for."""
        count = len(rest) - len(self.parameters.special)
        asked = {kind: value for (_, kind), value in zip(self.parameters.special, rest[count:], strict=True)}
        returned = self.fn(*self.parameters.fill([message, self._history(before), *rest[:count]], asked))
        if inspect.isasyncgen(returned):
            async with aclosing(returned):
                silent = True
                async for one in returned:
                    silent = False
                    yield self._split(one)
        elif inspect.isgenerator(returned):
            silent = True
            try:
                for one in returned:
                    silent = False
                    yield self._split(one)
            finally:
                returned.close()
        else:
            silent = False
            yield self._split(await returned if inspect.isawaitable(returned) else returned)
        if silent:
            yield None, [{"__type__": "update"}] * self.more_outputs

    def _history(self, before: list[Any]) -> list[Any]:
        """Return the conversation as the function gets it."""
        if self.form == "messages":
            return [*before]  # a list of its own, so that a message the function appends is not part of it
        found = conversation(self.chatbot, [verbatim(message) for message in before])
        said = [message for message in found if message["content"] != _NO_WORDS]
        return in_pairs(said, [None] * len(said))

    def _split(self, returned: Any) -> tuple[Any, list[Any]]:
        if not self.more_outputs:
            return check_answer(returned), []
        answer, *more = returned
        return check_answer(answer), more

    def _made(
        self, turns: Callable[..., Any], leading: list[str], is_generator: bool, event: type | None = None
    ) -> Callable[..., Any]:
        """Return a function that has the names and defaults of the user's, and calls ``turns``."""
        asked = [kind for _, kind in self.parameters.special]
        specials = [*([event] if event is not None else []), *asked]

        def split(arguments: tuple[Any, ...]) -> tuple[Any, list[Any], list[Any]]:
            told, inputs = arguments[: len(specials)], list(arguments[len(specials) :])
            given = told[0] if event is not None else None
            if len(leading) > 1:
                given = inputs.pop(0)
            return given, inputs[0], [*inputs[1:], *told[len(specials) - len(asked) :]]

        async def stream(*arguments: Any) -> AsyncGenerator[Any, None]:
            async with aclosing(turns(*split(arguments))) as found:
                async for one in found:
                    yield one

        async def once(*arguments: Any) -> Any:
            async with aclosing(turns(*split(arguments))) as found:
                return await anext(found)

        made: Any = stream if is_generator else once
        made.__name__ = name_of(self.fn, None)
        made.user_function = self.fn
        made.__signature__ = Signature([*_specials(specials), *self._inputs(leading)])
        return made  # type: ignore[no-any-return]

    def _inputs(self, leading: list[str]) -> Iterator[Parameter]:
        kind = Parameter.POSITIONAL_OR_KEYWORD
        names = self.parameters.names[: self.given]
        own = names[2 - len(leading) : 2] or leading
        for name in (*own, *leading[len(own) :], *names[2:]):
            default = self.parameters.defaults.get(name, Parameter.empty)
            yield Parameter(name, kind, default=default if name in names[2:] else Parameter.empty)
        most = self.parameters.most
        if most is None or most < self.given:  # too many are for the function itself to refuse
            yield Parameter("more", Parameter.VAR_POSITIONAL)


_NO_WORDS = [{"text": "", "type": "text"}]
"""What a message without words has as its content; in pairs it is nothing, as in Gradio 5."""


def history_form(fn: Callable[..., Any]) -> Form:
    """Return the form in which ``fn``, of a chat, takes the conversation before its message."""
    names = parameters(fn).names
    return (form_taken(fn, names[1]) if len(names) > 1 else None) or "messages"


def conversation(chatbot: Chatbot, stored: list[Any]) -> list[dict[str, Any]]:
    """Return the stored messages as functions get them from the page."""
    return chatbot.messages(chatbot.postprocess([_with_what_is_left(message) for message in stored]))


def _files(messages: Sequence[dict[str, Any]]) -> list[str]:
    return [part["file"]["path"] for message in messages for part in message["content"] if part["type"] == "file"]


def _with_what_is_left(message: dict[str, Any]) -> dict[str, Any]:
    """Return the stored message with the name in place of a file that is kept no more: the chat goes on without it."""
    content = message["content"]
    return {**message, "content": [_kept(part) for part in (content if isinstance(content, list) else [content])]}


def _kept(part: Any) -> Any:
    file = part.get("file", part) if isinstance(part, dict) else None
    if not isinstance(file, dict) or not isinstance(file.get("path"), str):
        return part
    try:
        outgoing(file)
    except (FunctionFailed, InvalidInput, NotAllowed):
        return f"📎 {file.get('orig_name') or file['path'].rsplit('/', 1)[-1]}"
    return part


def _specials(kinds: Sequence[type]) -> Iterator[Parameter]:
    for position, kind in enumerate(kinds):
        yield Parameter(f"special_{position}", Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)
