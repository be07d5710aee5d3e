"""What a chat can be told, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adapter.errors import ConfigurationError, NotAvailable

IGNORED_OPTIONS = (
    "analytics_enabled", "concurrency_limit", "flagging_options", "flagging_dir", "delete_cache", "cache_mode",
    "cache_examples",
)  # fmt: skip
"""Gradio's options that change nothing here: tuning of its queue and cache, and flagging that is off."""

REFUSED = {
    "multimodal": "files in messages are not here yet; leave it out",
    "save_history": "use persist_session=True, which keeps the conversation over a reload",
    "validator": "check the message in the function, and raise gr.Error",
}
"""Gradio's options that the adapter does not have, and what to do instead."""


def refuse(**given: Any) -> None:
    """Raise NotAvailable for an option that asks for what the adapter does not have.

    Args:
        given: all options, by name; ``type`` and ``flagging_mode`` among them.
    """
    for name, remedy in REFUSED.items():
        if given.get(name):
            raise NotAvailable(f"ChatInterface's {name}={given[name]!r} is not available: {remedy}.")
    if given["type"] not in (None, "messages"):
        raise NotAvailable(f"type={given['type']!r} is not available; use type='messages', which is the only one now.")
    if given["flagging_mode"] not in (None, "never"):
        raise NotAvailable(f"flagging_mode={given['flagging_mode']!r} is not available; use chatbot.like() instead.")


def rows(examples: Sequence[Any] | None, extras: int) -> list[list[Any]]:
    """Return the examples as rows of a message and values.

    Raises:
        ConfigurationError: a row is too long.
        NotAvailable: an example has files.
    """
    found = []
    for example in examples or ():
        row = list(example) if isinstance(example, list | tuple) else [example]
        if len(row) > 1 + extras:
            raise ConfigurationError(f"the example {example!r} has {len(row)} values for {1 + extras} inputs.")
        message = row[0]
        if isinstance(message, dict):
            if message.get("files"):
                raise NotAvailable(f"the example {message!r} has files, which are not available; give its text.")
            message = message.get("text", "")
        found.append([message, *row[1:]])
    return found


def cards(examples: list[list[Any]], labels: Sequence[str] | None, icons: Sequence[str] | None) -> list[dict[str, Any]]:
    """Return the examples as the chatbot shows them."""
    found: list[dict[str, Any]] = [{"text": row[0]} for row in examples]
    for name, given in (("display_text", labels), ("icon", icons)):
        for card, one in zip(found, given or (), strict=False):
            card[name] = one
    return found
