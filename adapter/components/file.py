"""Files that visitors upload and download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component, toolbar
from adapter.components.events import Event
from adapter.components.options import EditableOptions
from adapter.components.wire_files import (
    EXAMPLE_FILE,
    FILES,
    ONE_FILE,
    NamedString,
    check_type,
    check_types_argument,
    example,
    incoming,
    outgoing,
)
from adapter.errors import Error
from adapter.files.file_data import FileData

Count = Literal["single", "multiple", "directory"]
Kind = Literal["filepath", "binary"]
FileValue = str | Path | Sequence[str | Path] | Callable[..., Any] | None


class FileTaker(Component):
    """What components that take one file or several have in common.

    Attributes:
        file_count: "single", "multiple" or "directory".
        file_types: those that may be uploaded; ``None`` for any.
        type: "filepath" or "binary": what the function gets.
    """

    CHECKED_BY: ClassVar[tuple[str, ...]] = ("file_count", "file_types")
    file_count: Count
    file_types: list[str] | None
    type: Kind

    def _take(self, file_count: Count, file_types: list[str] | None, type: Kind) -> None:
        if file_count not in ("single", "multiple", "directory"):
            raise ValueError(f"file_count is {file_count!r}; it must be 'single', 'multiple' or 'directory'.")
        if type not in ("filepath", "binary"):
            raise ValueError(f"type is {type!r}; it must be 'filepath' or 'binary'.")
        check_types_argument(file_types)
        self.file_count = file_count
        self.file_types = file_types
        self.type = type

    def preprocess(self, data: Any) -> Any:
        """Return the file's path or its bytes; for several a list."""
        if data is None:
            return None
        if self.file_count == "single":
            return self._one(data)
        if not isinstance(data, list):
            raise self.invalid(data, "a list of files")
        return [self._one(item) for item in data]

    def _one(self, data: Any) -> NamedString | bytes:
        file = incoming(self, data)
        if self.type == "binary":
            return file.read_bytes()
        check_type(self, file, self.file_types)
        return NamedString(file)

    def postprocess(self, value: Any) -> dict[str, Any] | list[dict[str, Any]] | None:
        """Return the wire's data for a path or an address, or for each of a list.

        Raises:
            Error: it is neither.
        """
        if value is None:
            return None
        if isinstance(value, list | tuple):
            return [self._shown(item) for item in value]
        return self._shown(value)

    def _shown(self, item: Any) -> dict[str, Any]:
        if not isinstance(item, str | Path | FileData):
            raise Error(
                f"{self.name()} shows files by their paths or addresses; got {type(item).__name__} {str(item)[:80]!r}."
            )
        return outgoing(item, sized=True)

    def api_info(self) -> dict[str, Any]:
        return ONE_FILE if self.file_count == "single" else FILES

    def example_payload(self) -> Any:
        return example(EXAMPLE_FILE) if self.file_count == "single" else [example(EXAMPLE_FILE)]


class File(FileTaker):
    """One file or several, to upload or to download.

    The function gets a path on this machine (a ``str``, also as its attribute ``name``), or the
    bytes, and returns a path or an address; for several files lists of these. An uploaded file is
    the session's own and is kept for a day, in every environment.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        file_count: "single", "multiple", or "directory" for all of one folder.
        file_types: extensions (".json") or "image", "audio", "video", "text"; ``None`` for any.
        type: "filepath" or "binary": what the function gets.
        height: pixels, or a CSS length; more files scroll.
        allow_reordering: whether the visitor may drag files into another order.
        buttons: Button instances in its corner.
        options: see `EditableOptions`.

    Raises:
        ValueError: an argument has none of its values.
    """

    TYPE: ClassVar[str] = "file"
    OPTIONS: ClassVar[type] = EditableOptions
    PROPS: ClassVar[tuple[str, ...]] = ("file_count", "file_types", "type", "height", "allow_reordering", "buttons")
    change = Event()
    select = Event()
    clear = Event()
    upload = Event()
    delete = Event()
    download = Event()

    def __init__(
        self,
        value: FileValue = None,
        *,
        file_count: Count = "single",
        file_types: list[str] | None = None,
        type: Kind = "filepath",
        height: int | str | float | None = None,
        allow_reordering: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        self._take(file_count, file_types, type)
        self.height = height
        self.allow_reordering = allow_reordering
        self.buttons = toolbar(buttons)
        super().__init__(value, **options)

    def process_example(self, value: Any) -> str:
        """Return the file's name, or several between commas."""
        if value is None:
            return ""
        return ", ".join(Path(item).name for item in (value if isinstance(value, list | tuple) else [value]))


class Files(File):
    """A `File` of several files."""

    def __init__(
        self,
        value: FileValue = None,
        *,
        file_count: Count = "multiple",
        file_types: list[str] | None = None,
        type: Kind = "filepath",
        height: int | str | float | None = None,
        allow_reordering: bool = False,
        buttons: list[Any] | None = None,
        **options: Unpack[EditableOptions],
    ) -> None:
        super().__init__(
            value,
            file_count=file_count,
            file_types=file_types,
            type=type,
            height=height,
            allow_reordering=allow_reordering,
            buttons=buttons,
            **options,
        )
