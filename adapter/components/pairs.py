"""Conversations in pairs, as Gradio 3 to 5 wrote them: what the visitor said, and what the function said.

On the wire there are messages alone. Those that were pairs carry the pair's number under `MARK`, which clients and
pages send back with the rest: so a function gets pairs where pairs were given, in any environment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from adapter.components.messages import outgoing_part
from adapter.errors import Error
from adapter.state.codec import register_type

Form = Literal["messages", "tuples"]
"""How functions write conversations; the names are Gradio's."""

MARK = "pair"
"""In the wire's message: the number of the pair that it was."""

_ROLES = ("user", "assistant")


class MessageText(str):
    """What a message says that was given as one, in a pair: a text, which keeps what a text has no place for.

    Attributes:
        message: the role, metadata and options of the message.
    """

    message: dict[str, Any]

    def __new__(cls, text: str, message: dict[str, Any] | None = None) -> MessageText:
        found = super().__new__(cls, text)
        found.message = message or {}
        return found


register_type(  # scripts keep conversations in a State
    MessageText,
    name="adapter.message_text",
    encode=lambda text: [str(text), text.message],
    decode=lambda parts: MessageText(*parts),
)


def is_pair(said: Any) -> bool:
    """Return whether ``said`` is no message, but what may be a pair."""
    return isinstance(said, list | tuple)


def outgoing_pair(pair: Sequence[Any], number: int) -> list[dict[str, Any]]:
    """Return the wire's messages for a pair that a function wrote.

    Args:
        pair: two of a text, a file as a tuple of its path and perhaps a text, a component, or ``None`` for nothing.
        number: of the pair in its conversation.

    Raises:
        Error: it is none.
    """
    if len(pair) != 2:
        raise Error(
            f"A chat's pair has {len(pair)} items, {str(pair)[:80]!r}; it must be what the visitor said and what the "
            f"function said, each a text, a tuple of a file's path, a component, or None."
        )
    found = [_outgoing_side(role, said, number) for role, said in zip(_ROLES, pair, strict=True) if said is not None]
    # a pair of nothing is kept as a message of nothing: functions fill the last one
    return found or [_message("assistant", [], number)]


def _outgoing_side(role: str, said: Any, number: int) -> dict[str, Any]:
    if isinstance(said, MessageText):
        return _message(role, [_text(said)], number) | said.message
    if isinstance(said, str):
        return _message(role, [_text(said)], number)  # as it is: the function goes on writing it
    return _message(role, [outgoing_part(tuple(said) if isinstance(said, list) else said)], number)


def _message(role: str, content: list[dict[str, Any]], number: int) -> dict[str, Any]:
    return {"role": role, "metadata": None, "content": content, "options": None, MARK: number}


def _text(text: str) -> dict[str, Any]:
    return {"text": str(text), "type": "text"}


def from_wire(data: Sequence[Any]) -> list[Any]:
    """Return what clients of Gradio 3 to 5 send as pairs in messages of the wire; what is none stays as it is."""
    found: list[Any] = []
    for number, row in enumerate(data):
        if not isinstance(row, list) or len(row) != 2:
            found.append(row)
            continue
        sides = [(role, side) for role, side in zip(_ROLES, row, strict=True) if side is not None]
        found += [_message(role, [_text(one) if isinstance(one, str) else one], number) for role, one in sides]
    return found


def has_marks(rows: Iterable[Any]) -> bool:
    """Return whether any of the wire's messages was a pair."""
    return any(isinstance(row, dict) and MARK in row for row in rows)


def in_pairs(messages: Sequence[dict[str, Any]], marks: Sequence[Any]) -> list[list[Any]]:
    """Return messages as functions get them in pairs: lists of what the visitor and what the function said.

    Args:
        messages: as functions get them.
        marks: of each, what it has under `MARK`.
    """
    pairs: list[list[Any]] = []
    for place, said in zip(_places(messages, marks), _sides(messages), strict=True):
        number, side = place
        if number == len(pairs):
            pairs.append([None, None])
        if side is not None:
            pairs[number][side] = said
    return pairs


def with_marks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the wire's messages, each marked as what it is of a pair."""
    single = [{**row, "content": row["content"][:1]} for row in rows]
    places = _places(single, [row.get(MARK) for row in rows])
    return [{**row, MARK: number} for row, (number, _) in zip(rows, places, strict=True)]


def _places(messages: Sequence[dict[str, Any]], marks: Sequence[Any]) -> Iterator[tuple[int, int | None]]:
    """Yield for each part of the messages the number of its pair and its side there; no side for nothing.

    A message of the visitor begins a pair, and one of the function ends one, if there is one to end; of what was a
    pair both sides stay together.
    """
    number, last, is_open = -1, None, False
    for message, mark in zip(messages, marks, strict=True):
        side = 0 if message["role"] == "user" else 1
        if not message["content"]:
            number, is_open = number + 1, True
            yield number, None
        for _ in message["content"]:
            if not (is_open and side == 1 and mark in (None, last)):
                number += 1
            is_open = side == 0
            yield number, side
        last = mark


def _sides(messages: Sequence[dict[str, Any]]) -> Iterator[Any]:
    for message in messages:
        if not message["content"]:
            yield None
        for part in message["content"]:
            yield _side(message, part)


def _side(message: dict[str, Any], part: dict[str, Any]) -> Any:
    if part["type"] == "file":
        path, said = part["file"]["path"], part.get("alt_text")
        return (path,) if said is None else (path, said)
    if part["type"] == "component":
        return part.get("instance", part)
    kept = {name: message[name] for name in ("metadata", "options") if message.get(name)}
    if message["role"] not in _ROLES:
        kept["role"] = message["role"]
    return MessageText(part["text"], kept) if kept else part["text"]
