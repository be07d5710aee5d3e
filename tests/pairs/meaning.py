"""What answers mean: a conversation as roles and what they say, whether it came as pairs or as messages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from gradio_client import handle_file

Said = tuple[str, Any]


def answers(
    submit: Callable[..., Any], calls: Sequence[tuple[str, list[Any]]], folder: Path, config: dict[str, Any]
) -> list[Any]:
    """Return what each call is answered, every yield of it, by its meaning.

    Args:
        submit: of Gradio's client, of whichever version.
        calls: endpoint and arguments, see ``calls.py``.
        folder: for the file that is uploaded.
        config: of the app, which tells what its conversation begins with.
    """
    upload = folder / "upload.txt"
    upload.write_text("uploaded", encoding="utf-8")
    chat: Any = (
        next((one["props"].get("value") for one in config["components"] if one["type"] == "chatbot"), None) or []
    )
    found = []
    for api, arguments in calls:
        given = [_given(one, chat, upload) for one in arguments]
        job = submit(*given, api_name=api)
        result = job.result(timeout=60)
        parts = result if isinstance(result, tuple) else (result,)
        chat = next((one for one in parts if is_chat(one)), chat)
        found.append([[meaning(part) for part in (one if isinstance(one, tuple) else (one,))] for one in job.outputs()])
    return found


def is_chat(value: Any) -> bool:
    """Return whether an answer is a conversation; an update with one is."""
    return isinstance(value, list)


def meaning(value: Any) -> Any:
    """Return ``value`` in the form that both have."""
    if is_chat(value):
        return [list(one) for said in value for one in _said(said)]
    return _text(value)


def _given(value: Any, chat: Any, upload: Path) -> Any:
    if value == {"the": "chat"}:
        return _given(chat, chat, upload)
    if value == {"a": "file"}:
        return handle_file(str(upload))
    if isinstance(value, list):
        return [_given(one, chat, upload) for one in value]
    if isinstance(value, dict) and value.get("url") and not Path(value["path"]).exists():
        return handle_file(value["url"])  # or the Python client would look for it on its own disk
    if isinstance(value, dict):
        return {name: _given(one, chat, upload) for name, one in value.items()}
    return value


def _said(said: Any) -> Iterator[Said]:
    if isinstance(said, dict):  # a message
        for part in said["content"]:
            yield said["role"], _part(part)
    else:
        for role, one in zip(("user", "assistant"), said, strict=True):
            if one is not None:
                yield role, one if isinstance(one, str) else _part(one)


def _part(part: Any) -> Any:
    if "text" in part:
        return part["text"]
    file = part["file"]
    path = file if isinstance(file, str) else file["path"]
    return {"file": Path(path).name, "alt_text": part.get("alt_text")}


def _text(value: Any) -> Any:
    """Return what a function has told of what it got: files by their names."""
    try:
        told = json.loads(value)
    except (TypeError, ValueError):
        return value
    return _named(told)


def _named(value: Any) -> Any:
    if isinstance(value, str):
        return Path(value).name if value.startswith("/") else value
    return [_named(one) for one in value] if isinstance(value, list) else value
