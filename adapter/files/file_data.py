"""A file, as functions name one: in event data, and in what they return."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class FileData:
    """A file.

    Attributes:
        path: where it is on this machine, or its address.
        url: its public address.
        size: in bytes.
        orig_name: what it was called where it came from.
        mime_type: what kind of file it is.
        is_stream: always ``False``.
        meta: marks it as a file on the wire.
    """

    path: str
    url: str | None = None
    size: int | None = None
    orig_name: str | None = None
    mime_type: str | None = None
    is_stream: bool = False
    meta: dict[str, str] = field(default_factory=lambda: {"_type": "gradio.FileData"})

    def model_dump(self) -> dict[str, Any]:
        """Return it as a dict, as the wire has it."""
        return asdict(self)
