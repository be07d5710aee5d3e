"""What a chat can be told, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapter.app import flagging
from adapter.compat.warnings import warn
from adapter.components.multimodal_textbox import MultimodalTextbox
from adapter.components.text import Textbox

IGNORED_OPTIONS = (
    "analytics_enabled", "concurrency_limit", "flagging_options", "flagging_dir", "delete_cache", "cache_mode",
    "cache_examples",
)  # fmt: skip
"""Gradio's options that change nothing here: tuning of its queue and cache, and flagging that is off."""


def refuse(*, flagging_mode: str | None) -> None:
    """Raise NotAvailable for an option that asks for what the adapter does not have."""
    flagging.check(flagging_mode, instead="keep what matters in a listener of chatbot.like()")


def rows(examples: Sequence[Any] | None, *, multimodal: bool) -> list[list[Any]]:
    """Return the examples as rows of a message (a text, or where it is multimodal, a dict) and values."""
    found = []
    for example in examples or ():
        message = _message(example)
        files = list(message.get("files") or ())
        said = {"text": message.get("text", ""), "files": files} if multimodal else message.get("text", "")
        found.append([said, *_row(example)[1:]])
    return found


def cards(
    examples: Sequence[Any] | None, labels: Sequence[str] | None, icons: Sequence[str] | None
) -> list[dict[str, Any]]:
    """Return the examples as the chatbot shows them: with their files, also where a text alone can be sent."""
    found = [dict(_message(example)) for example in examples or ()]
    for name, given in (("display_text", labels), ("icon", icons)):
        for card, one in zip(found, given or (), strict=False):
            card[name] = one
    return found


def _row(example: Any) -> list[Any]:
    return list(example) if isinstance(example, list | tuple) else [example]


def _message(example: Any) -> dict[str, Any]:
    """Return the text and the files of an example, which may have values for further inputs besides."""
    [said] = _row(example)[:1] or [""]
    return said if isinstance(said, dict) else {"text": said}


def field(
    given: Textbox | MultimodalTextbox | None, *, multimodal: bool, autofocus: bool, submit_btn: str | bool | None
) -> Textbox | MultimodalTextbox:
    """Return what takes the message: the given one, without its label, or one made for it."""
    if given is not None:
        told = {"autofocus": autofocus, "submit_btn": submit_btn}
        lost = [name for name, value in told.items() if value is not True and value != getattr(given, name)]
        if lost:
            told_twice = ", ".join(f"{name}=…" for name in lost)
            warn(f"ChatInterface({told_twice}) has no effect beside textbox=; give it to the textbox.")
        given.show_label = False
        return given.render()
    kind = MultimodalTextbox if multimodal else Textbox
    return kind(
        label="",
        show_label=False,
        placeholder="Type a message...",
        scale=7,
        autofocus=autofocus,
        submit_btn=submit_btn,
    )
