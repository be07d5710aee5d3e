"""What a chat can be told, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapter import flag_button
from adapter.components.multimodal_textbox import MultimodalTextbox
from adapter.components.text import Textbox
from adapter.errors import ConfigurationError

IGNORED_OPTIONS = (
    "analytics_enabled", "concurrency_limit", "flagging_options", "flagging_dir", "delete_cache", "cache_mode",
    "cache_examples",
)  # fmt: skip
"""Gradio's options that change nothing here: tuning of its queue and cache, and flagging that is off."""


def refuse(*, flagging_mode: str | None) -> None:
    """Raise NotAvailable for an option that asks for what the adapter does not have."""
    flag_button.check(flagging_mode, instead="keep what matters in a listener of chatbot.like()")


def rows(examples: Sequence[Any] | None, extras: int, *, multimodal: bool) -> list[list[Any]]:
    """Return the examples as rows of a message (a text, or where it is multimodal, a dict) and values.

    Raises:
        ConfigurationError: a row is too long, or a text alone can be sent and an example has files.
    """
    found = []
    for example in examples or ():
        row = list(example) if isinstance(example, list | tuple) else [example]
        if len(row) > 1 + extras:
            raise ConfigurationError(f"the example {example!r} has {len(row)} values for {1 + extras} inputs.")
        message = row[0] if isinstance(row[0], dict) else {"text": row[0]}
        if message.get("files") and not multimodal:
            raise ConfigurationError(f"the example {message!r} has files; give the chat multimodal=True.")
        text, files = message.get("text", ""), list(message.get("files") or ())
        found.append([{"text": text, "files": files} if multimodal else text, *row[1:]])
    return found


def cards(examples: list[list[Any]], labels: Sequence[str] | None, icons: Sequence[str] | None) -> list[dict[str, Any]]:
    """Return the examples as the chatbot shows them."""
    found: list[dict[str, Any]] = [dict(row[0]) if isinstance(row[0], dict) else {"text": row[0]} for row in examples]
    for name, given in (("display_text", labels), ("icon", icons)):
        for card, one in zip(found, given or (), strict=False):
            card[name] = one
    return found


def field(
    given: Textbox | MultimodalTextbox | None, *, multimodal: bool, autofocus: bool, submit_btn: str | bool | None
) -> Textbox | MultimodalTextbox:
    """Return what takes the message: the given one, without its label, or one made for it."""
    if given is not None:
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
