"""A conversation's messages: what functions write, and the one form they have on the wire."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

from adapter.components.base import Component
from adapter.components.sent_component import PARTS, SentComponent, is_known
from adapter.components.wire_files import incoming as taken
from adapter.components.wire_files import mime_type
from adapter.components.wire_files import outgoing as outgoing_file
from adapter.errors import Error
from adapter.files.file_data import FileData

Role = Literal["user", "assistant", "system"]


class MetadataDict(TypedDict, total=False):
    """Makes a message a thought: with a ``title`` it can be folded; ``duration`` is in seconds."""

    title: str
    id: int | str
    parent_id: int | str
    log: str
    duration: float
    status: Literal["pending", "done"]


class OptionDict(TypedDict):
    """An answer the visitor can choose: its ``value``, and what is shown for it."""

    value: str
    label: NotRequired[str]


class MessageDict(TypedDict):
    """A message as functions may return it."""

    role: Role
    content: Any
    metadata: NotRequired[MetadataDict | None]
    options: NotRequired[list[OptionDict] | None]


@dataclass
class ChatMessage:
    """A message of a conversation.

    Attributes:
        content: a text, a file's dict (``{"path": path or address}``), a component, or a list of them.
        role: "user", "assistant" or "system".
        metadata: with a ``title``, the message is a thought; see `MetadataDict`.
        options: answers to choose from below the message; see `OptionDict`.
    """

    content: Any
    role: Role = "assistant"
    metadata: MetadataDict = field(default_factory=MetadataDict)
    options: list[OptionDict] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Return the message as a dict, in the attributes' order."""
        return {"content": self.content, "role": self.role, "metadata": self.metadata, "options": self.options}


# -- what functions write → the wire ---------------------------------------------------------------


def outgoing(message: Any, reasoning_tags: Sequence[tuple[str, str]] | None = None) -> list[dict[str, Any]]:
    """Return the wire's messages for one that a function wrote; texts between reasoning tags are their own.

    Args:
        message: a dict of role and content, or a `ChatMessage`.
        reasoning_tags: pairs of texts that open and close a thought.

    Raises:
        Error: it is neither.
    """
    given = message.as_dict() if isinstance(message, ChatMessage) else message
    if not isinstance(given, Mapping) or "role" not in given or "content" not in given:
        raise Error(
            f"A chat message is {type(message).__name__} {str(message)[:80]!r}; it must be a dict with 'role' and "
            f"'content', a ChatMessage, or a pair of what the visitor and the function said."
        )
    content = given["content"]
    parts = [outgoing_part(part) for part in (content if isinstance(content, list) else [content])]
    if not parts:
        return []
    metadata, options = given.get("metadata"), given.get("options")
    whole = {"role": given["role"], "metadata": metadata, "content": parts, "options": options}
    if metadata is not None:
        whole["metadata"] = _checked(metadata)
    return _without_reasoning(whole, reasoning_tags) if reasoning_tags else [whole]


def _checked(metadata: Any) -> dict[str, Any]:
    found = known_metadata(metadata)
    if found is None:
        raise Error(f"The metadata of a chat message is {metadata!r}; it takes {', '.join(_KINDS)}.")
    return found


def outgoing_part(part: Any) -> dict[str, Any]:
    """Return the wire's form of what a message has in it.

    Raises:
        Error: messages cannot have it.
    """
    if isinstance(part, str):
        return {"text": inspect.cleandoc(part), "type": "text"}
    if type(part) is SentComponent:  # which isinstance takes for a component
        return {**part.part, "type": "component"}
    if isinstance(part, Component):
        return _of_component(part)
    if isinstance(part, tuple) and 1 <= len(part) <= 2 and isinstance(part[0], str | Path):  # as in Gradio 3 to 5
        part = {"path": part[0], "alt_text": part[1] if len(part) > 1 else None}
    if isinstance(part, FileData):
        return {"file": _file(part.model_dump()), "alt_text": None, "type": "file"}
    if isinstance(part, Mapping):
        if isinstance(part.get("path"), str | Path):
            file = {"path": str(part["path"]), "mime_type": mime_type(str(part["path"]))}
            return {"file": _file(file), "alt_text": part.get("alt_text"), "type": "file"}
        if isinstance(part.get("file"), Mapping):
            return {"file": _file(part["file"]), "alt_text": part.get("alt_text"), "type": "file"}
        if part.get("type") == "text" and isinstance(part.get("text"), str):
            return {"text": part["text"], "type": "text"}
        if part.get("type") == "component":
            return {name: part.get(name) for name in PARTS} | {"type": "component"}
    raise Error(
        f"The content of a chat message has {type(part).__name__} {str(part)[:80]!r}; it can be a text, a file's "
        f"dict with 'path' or a tuple of its path and perhaps a text, a component, or a list of these."
    )


def _of_component(component: Component) -> dict[str, Any]:
    component.unrender()
    given, value = component.given_arguments(), component.value
    arguments = {name: value for name, value in given.items() if name not in ("value", "render")} | {"render": False}
    return {
        "component": type(component).__name__.lower(),
        "value": [value] if component.TYPE == "file" and isinstance(value, dict) else value,
        "constructor_args": arguments,
        "props": component.props(),
        "type": "component",
    }


def _file(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wire's data for a file, with the name and kind that it is told with."""
    return {**outgoing_file(given), "orig_name": given.get("orig_name"), "mime_type": given.get("mime_type")}


def _without_reasoning(message: dict[str, Any], tags: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return ``message`` in parts: what stands between ``tags`` as thoughts, and the rest."""
    found = []
    for part in message["content"]:
        if part["type"] != "text":
            continue
        for text, status in _segments(part["text"], tags):
            content = [{"text": text, "type": "text"}]
            if status is None:
                found.append({**message, "content": content})
            else:
                thought = {"title": "Reasoning", "status": status}
                found.append({"role": message["role"], "metadata": thought, "content": content, "options": None})
    others = [part for part in message["content"] if part["type"] != "text"]
    return found + ([{**message, "content": others}] if others else [])


def _segments(text: str, tags: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of ``text`` in order: prose with ``None``, thoughts with their status."""
    choices = [f"{re.escape(opening)}(.*?)({re.escape(closing)}|$)" for opening, closing in tags]
    end = 0
    for match in re.finditer("|".join(choices), text, re.DOTALL):
        yield from _prose(text[end : match.start()])
        end = match.end()
        inside, closing = next((a, b) for a, b in _pairs(match.groups()) if a is not None)
        if inside.strip():
            yield inside.strip(), "done" if closing else "pending"
    yield from _prose(text[end:])


def _prose(text: str) -> Iterator[tuple[str, None]]:
    if text.strip():
        yield text.strip(), None


def _pairs(groups: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    one = iter(groups)
    return zip(one, one, strict=True)


# -- the wire → what functions get -----------------------------------------------------------------


def incoming(component: Component, data: Any) -> dict[str, Any] | None:
    """Return the message that ``data`` off the wire is, with its files on this machine; no component is made of it.

    Args:
        component: where it came in.
        data: what came.

    Returns:
        The message; ``None`` if it is none.

    Raises:
        InvalidInput: one of its files is not there.
    """
    if not isinstance(data, dict) or not isinstance(data.get("role"), str) or not isinstance(data.get("content"), list):
        return None
    metadata, options = data.get("metadata"), data.get("options")
    if metadata is not None and (metadata := known_metadata(metadata)) is None:
        return None
    if options is not None and (options := _known_options(options)) is None:
        return None
    parts = [_incoming_part(component, part) for part in data["content"]]
    if None in parts:
        return None
    return {"role": data["role"], "metadata": metadata, "content": parts, "options": options}


def _incoming_part(component: Component, part: Any) -> dict[str, Any] | None:
    if not isinstance(part, dict):
        return None
    if isinstance(part.get("text"), str) and part.get("type", "text") == "text":
        return {"text": part["text"], "type": "text"}
    file = part.get("file")
    if part.get("type", "file") == "file" and isinstance(file, dict) and isinstance(file.get("path"), str):
        if not file["path"].startswith("data:"):
            file = {**file, "path": str(taken(component, file))}
        return {"file": file, "alt_text": part.get("alt_text"), "type": "file"}
    if part.get("type", "component") != "component" or not isinstance(part.get("component"), str):
        return None
    arguments = part.get("constructor_args")
    if not isinstance(arguments, dict) or "value" not in part or not isinstance(part.get("props"), dict):
        return None
    if not is_known(part["component"]):
        return None
    return {name: part[name] for name in PARTS} | {"type": "component", "instance": SentComponent(part)}


_KINDS: dict[str, Any] = {
    **dict.fromkeys(("title", "log", "status"), str),
    **dict.fromkeys(("id", "parent_id"), int | str),
    "duration": int | float,
}


def known_metadata(metadata: Any) -> dict[str, Any] | None:
    """Return the metadata that pages know, or ``None`` if one has a value it cannot have."""
    if not isinstance(metadata, Mapping):
        return None
    found = {name: metadata[name] for name in _KINDS if name in metadata}
    right = all(isinstance(value, _KINDS[name]) and not isinstance(value, bool) for name, value in found.items())
    if not right or found.get("status", "done") not in ("pending", "done"):
        return None
    return found | ({"duration": float(found["duration"])} if "duration" in found else {})


def _known_options(options: Any) -> list[dict[str, Any]] | None:
    if not isinstance(options, list):
        return None
    for option in options:
        named = option if isinstance(option, dict) else {}
        if not isinstance(named.get("value"), str) or not isinstance(named.get("label", ""), str):
            return None
    return [{name: option[name] for name in ("value", "label") if name in option} for option in options]
