"""What a function may know of the event that called it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, ClassVar

from adapter.errors import InvalidInput
from adapter.files.file_data import FileData


class EventData:
    """What the page told of an event; a function gets it by annotating a parameter with it or one of its kinds.

    Args:
        target: the block where it happened; ``None`` for the page.
        data: what the page sent; its items are attributes.

    Raises:
        InvalidInput: the page did not send what this kind has.
    """

    NEEDED: ClassVar[tuple[str, ...]] = ()
    """The items that this kind always has."""
    OPTIONAL: ClassVar[dict[str, Any]] = {}
    """The items that may be missing, and what they are then."""

    def __init__(self, target: Any, data: Any) -> None:
        self.target = target
        self._data = data  # scripts read it, as it came
        self._items: dict[str, Any] = data if isinstance(data, dict) else {}
        missing = [name for name in self.NEEDED if name not in self._items]
        if missing:
            raise InvalidInput(
                f"event_data has no {missing[0]!r}, which {type(self).__name__} needs; this function is called by "
                f"an event of the page."
            )

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            if name in self._items:
                return self._items[name]
            if name in self.OPTIONAL:
                return self.OPTIONAL[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")


class _Message(EventData):
    NEEDED: ClassVar[tuple[str, ...]] = ("index", "value")
    index: int | tuple[int, int]
    value: Any


class SelectData(EventData):
    """What was selected: ``index`` (a pair in two dimensions), ``value``, ``selected``; of a table also its row."""

    NEEDED: ClassVar[tuple[str, ...]] = ("index", "value")
    OPTIONAL: ClassVar[dict[str, Any]] = {"row_value": None, "col_value": None, "selected": True}
    index: Any
    value: Any
    row_value: Any
    col_value: Any
    selected: bool


class LikeData(_Message):
    """Which message was liked: ``index``, ``value`` and ``liked`` (or the words of another feedback)."""

    OPTIONAL: ClassVar[dict[str, Any]] = {"liked": True}
    liked: bool | str


class RetryData(_Message):
    """Which message is to be answered again: ``index`` and ``value``."""


class UndoData(_Message):
    """Which message is to be taken back: ``index`` and ``value``."""


class EditData(_Message):
    """Which message was edited: ``index``, ``previous_value`` and ``value``."""

    NEEDED: ClassVar[tuple[str, ...]] = ("index", "previous_value", "value")
    previous_value: Any


class KeyUpData(EventData):
    """Which key was released: ``key``, and ``input_value``, the text that is shown now."""

    NEEDED: ClassVar[tuple[str, ...]] = ("key", "input_value")
    key: str
    input_value: str


class _OfFile(EventData):
    NEEDED: ClassVar[tuple[str, ...]] = ("path",)

    def __init__(self, target: Any, data: Any) -> None:
        super().__init__(target, data)
        self.file = FileData(
            **{part.name: self._data[part.name] for part in fields(FileData) if part.name in self._data}
        )


class DeletedFileData(_OfFile):
    """Which file was removed: ``file``."""


class DownloadData(_OfFile):
    """Which file was downloaded: ``file``."""


class CopyData(EventData):
    """What was copied: ``value``."""

    NEEDED: ClassVar[tuple[str, ...]] = ("value",)
    value: Any
