"""What a chat's function answers: as messages of the conversation, and as callers of the API see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from adapter.app.arguments import as_list
from adapter.components.base import Component
from adapter.components.messages import ChatMessage
from adapter.components.multimodal_textbox import paths
from adapter.components.wire_files import outgoing


def messages(said: Any, role: str) -> list[dict[str, Any]]:
    """Return a message or an answer as messages of ``role``."""
    found = []
    for one in [] if said is None else said if isinstance(said, list) else [said]:
        if isinstance(one, ChatMessage):
            found.append({**one.as_dict(), "role": role})
        elif isinstance(one, dict) and "content" in one:
            found.append({**one, "role": role})
        elif isinstance(one, dict):
            files = [{"path": path} for path in paths(one.get("files") or ())]
            found.append({"role": role, "content": [*files, *([one["text"]] if one.get("text") else [])]})
        elif isinstance(one, tuple):
            found.append({"role": role, "content": {"path": one[0], "alt_text": one[1] if len(one) > 1 else None}})
        else:
            found.append({"role": role, "content": one})
    return found


def verbatim(message: dict[str, Any]) -> dict[str, Any]:
    """Return ``message`` so that its texts stay as they are, as those of pairs do; others lose their indentation."""
    parts = [{"text": part, "type": "text"} if isinstance(part, str) else part for part in as_list(message["content"])]
    return {**message, "content": parts}


def bare(answer: Any, given: list[dict[str, Any]]) -> Any:
    """Return the answer as callers see it: texts and dicts as they are, the rest as messages; files as the wire's."""
    each = answer if isinstance(answer, list) else [answer]
    shown = [_seen(one, message) for one, message in zip(each, given, strict=False)]
    if isinstance(answer, list):
        return shown
    return shown[0] if shown else None


def _seen(one: Any, message: dict[str, Any]) -> Any:
    if isinstance(one, str):
        return one
    if isinstance(one, dict) and "content" not in one:
        return {**one, "files": [outgoing(file) for file in one.get("files") or ()]}
    content = message["content"]
    parts = [{**part, **outgoing(part)} if _is_file(part) else part for part in as_list(content)]
    return {**message, "content": parts if isinstance(content, list) else parts[0]}


def _is_file(part: Any) -> bool:
    return isinstance(part, dict) and isinstance(part.get("path"), str)


def check_answer(answer: Any) -> Any:
    """Return what a chat's function answered.

    Raises:
        TypeError: a chat shows no such thing.
    """
    for one in answer if isinstance(answer, list) else [answer]:
        fits = (
            isinstance(one, str | ChatMessage | Component)
            or (isinstance(one, dict) and ("content" in one or "text" in one or "files" in one))
            or (isinstance(one, tuple) and 1 <= len(one) <= 2 and isinstance(one[0], str | Path))  # a file, as in pairs
        )
        if not fits:
            raise TypeError(
                f"the chat's function answered {type(one).__name__} {str(one)[:80]!r}; it can return a text, a "
                f"message (a dict with 'content', or a ChatMessage), a component, or a list of these"
            )
    return answer
