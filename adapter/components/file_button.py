"""Buttons that upload and download."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component
from adapter.components.button import Size, icon_data
from adapter.components.events import Event
from adapter.components.file import Count, FileTaker, FileValue, Kind
from adapter.components.options import ButtonOptions
from adapter.components.wire_files import EXAMPLE_FILE, ONE_FILE, example, incoming, outgoing
from adapter.errors import Error
from adapter.files.file_data import FileData

Variant = Literal["primary", "secondary", "stop"]


class UploadButton(FileTaker):
    """A button that lets the visitor choose files and uploads them; the function gets them as `File`'s does.

    Args:
        label: what stands on it.
        value: files that it has at first, or a function that gives them whenever the page loads.
        variant: "primary", "secondary" or "stop": how it looks.
        size: "sm", "md" or "lg".
        icon: path or address of a picture before the label.
        type: "filepath" or "binary": what the function gets.
        file_count: "single", "multiple", or "directory" for all of one folder.
        file_types: extensions (".json") or "image", "audio", "video", "text"; ``None`` for any.
        options: see `ButtonOptions`.

    Raises:
        ValueError: an argument has none of its values.
    """

    TYPE: ClassVar[str] = "uploadbutton"
    OPTIONS: ClassVar[type] = ButtonOptions
    PROPS: ClassVar[tuple[str, ...]] = ("label", "variant", "size", "icon", "type", "file_count", "file_types")
    MIN_WIDTH: ClassVar[int | None] = None
    change = Event()
    click = Event()
    upload = Event()

    def __init__(
        self,
        label: str = "Upload a File",
        value: FileValue = None,
        *,
        variant: Variant = "secondary",
        size: Size = "lg",
        icon: str | Path | None = None,
        type: Kind = "filepath",
        file_count: Count = "single",
        file_types: list[str] | None = None,
        **options: Unpack[ButtonOptions],
    ) -> None:
        self._take(file_count, file_types, type)
        if file_count == "directory" and file_types is not None:
            warnings.warn("file_types has no effect on the choice of a whole directory.", stacklevel=2)
        self.variant = variant
        self.size = size
        self.icon = icon_data(icon)
        options.setdefault("interactive", True)
        super().__init__(value, **options)
        self.label = label

    def api_info(self) -> dict[str, Any]:
        schema = super().api_info()
        return {name: part for name, part in schema.items() if name != "additional_description"}


class DownloadButton(Component):
    """A button that downloads a file; the function returns its path or address.

    Args:
        label: what stands on it.
        value: the file at first, or a function that gives it whenever the page loads.
        variant: "primary", "secondary" or "stop": how it looks.
        size: "sm", "md" or "lg".
        icon: path or address of a picture before the label.
        options: see `ButtonOptions`.
    """

    TYPE: ClassVar[str] = "downloadbutton"
    OPTIONS: ClassVar[type] = ButtonOptions
    PROPS: ClassVar[tuple[str, ...]] = ("label", "variant", "size", "icon")
    MIN_WIDTH: ClassVar[int | None] = None
    change = Event()
    click = Event()

    def __init__(
        self,
        label: str = "Download",
        value: str | Path | Callable[..., Any] | None = None,
        *,
        variant: Variant = "secondary",
        size: Size = "lg",
        icon: str | Path | None = None,
        **options: Unpack[ButtonOptions],
    ) -> None:
        self.variant = variant
        self.size = size
        self.icon = icon_data(icon)
        options.setdefault("interactive", True)
        super().__init__(value, **options)
        self.label = label

    def preprocess(self, data: Any) -> str | None:
        return None if data is None else str(incoming(self, data))

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """Return the wire's data for a path or an address.

        Raises:
            Error: it is neither.
        """
        if value is None:
            return None
        if not isinstance(value, str | Path | FileData):
            raise Error(
                f"{self.name()} downloads a path or an address; got {type(value).__name__} {str(value)[:80]!r}."
            )
        return outgoing(value)

    def api_info(self) -> dict[str, Any]:
        return ONE_FILE

    def example_payload(self) -> Any:
        return example(EXAMPLE_FILE)
