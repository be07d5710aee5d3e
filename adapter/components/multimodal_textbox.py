"""A box for a message: text and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import FormComponent
from adapter.components.events import Event
from adapter.components.file import Count
from adapter.components.options import ComponentOptions
from adapter.components.text import InputHTMLAttributes
from adapter.components.wire_files import (
    EXAMPLES,
    FILE,
    META,
    check_type,
    check_types_argument,
    example,
    incoming,
    mime_type,
    outgoing,
)
from adapter.files.file_data import FileData

Source = Literal["upload", "microphone"]


class MultimodalTextbox(FormComponent):
    """A box for text and files; the function gets and returns a dict of ``text`` and ``files``, a list of paths.

    Args:
        value: the text, or such a dict, at first, or a function that gives it whenever the page loads.
        sources: "upload", "microphone", or a list of them; ``None`` for "upload".
        file_types: extensions (".json") or "image", "audio", "video", "text"; ``None`` for any.
        file_count: "single", "multiple", or "directory" for all of one folder.
        lines: rows shown at least.
        max_lines: rows it may grow to.
        placeholder: a hint shown while it is empty.
        autofocus: whether the page starts in this box.
        autoscroll: whether it follows text that grows.
        text_align: "left" or "right"; ``None`` follows ``rtl``.
        rtl: whether the text runs from right to left.
        submit_btn: whether a button submits; a text is its label.
        stop_btn: whether a button stops; a text is its label.
        max_plain_text_length: characters of a pasted text; a longer one becomes a file.
        html_attributes: further attributes of the HTML input.
        options: see `ComponentOptions`.

    Raises:
        ValueError: an argument has none of its values.
    """

    TYPE: ClassVar[str] = "multimodaltextbox"
    PROPS: ClassVar[tuple[str, ...]] = (
        *("sources", "file_types", "file_count", "lines", "max_lines", "placeholder", "autofocus", "autoscroll"),
        *("text_align", "rtl", "submit_btn", "stop_btn", "max_plain_text_length", "html_attributes"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("file_types",)
    change = Event()
    input = Event()
    select = Event()
    submit = Event()
    focus = Event()
    blur = Event()
    stop = Event()

    def __init__(
        self,
        value: str | dict[str, Any] | Callable[..., Any] | None = None,
        *,
        sources: list[Source] | Source | None = None,
        file_types: list[str] | None = None,
        file_count: Count = "single",
        lines: int = 1,
        max_lines: int = 20,
        placeholder: str | None = None,
        autofocus: bool = False,
        autoscroll: bool = True,
        text_align: Literal["left", "right"] | None = None,
        rtl: bool = False,
        submit_btn: str | bool | None = True,
        stop_btn: str | bool | None = False,
        max_plain_text_length: int = 1000,
        html_attributes: InputHTMLAttributes | None = None,
        **options: Unpack[ComponentOptions],
    ) -> None:
        self.sources = [sources] if isinstance(sources, str) else ["upload"] if sources is None else list(sources)
        if not set(self.sources) <= {"upload", "microphone"}:
            raise ValueError(f"sources is {sources!r}; it can have 'upload' and 'microphone'.")
        check_types_argument(file_types)
        self.file_types = file_types
        self.file_count = file_count
        self.lines = lines
        self.max_lines = max(lines, max_lines)
        self.placeholder = placeholder
        self.autofocus = autofocus
        self.autoscroll = autoscroll
        self.text_align = text_align
        self.rtl = rtl
        self.submit_btn = submit_btn
        self.stop_btn = stop_btn
        self.max_plain_text_length = max_plain_text_length
        self.html_attributes = html_attributes
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> dict[str, Any] | None:
        """Return the text and the files' paths."""
        if data is None:
            return None
        files = data.get("files", []) if isinstance(data, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not isinstance(files, list):
            raise self.invalid(data, "an object of text and files (a list)")
        places = [incoming(self, one) for one in files]
        for place in places:
            check_type(self, place, self.file_types)
        return {"text": data["text"], "files": [str(place) for place in places]}

    def postprocess(self, value: Any) -> dict[str, Any]:
        """Return the wire's form of a text, or of a dict of text and files (paths, addresses, or the wire's data).

        Raises:
            ValueError: it is neither.
            TypeError: its text is none.
        """
        if value is None or isinstance(value, str):
            return {"text": value or "", "files": []}
        if not isinstance(value, Mapping):
            raise ValueError(
                f"{self.name()} shows a text, or a dict of 'text' and 'files'; got {type(value).__name__} "
                f"{str(value)[:80]!r}."
            )
        text, files = value.get("text", ""), value.get("files")
        if not isinstance(text, str):
            raise TypeError(f"The text of {self.name()} is {type(text).__name__} {str(text)[:80]!r}; it must be a str.")
        return {"text": text, "files": [_shown(one) for one in files] if isinstance(files, list | tuple) else []}

    def api_info(self) -> dict[str, Any]:
        return {
            "$defs": {"FileData": FILE, "FileDataMeta": META},
            "properties": {
                "text": {"title": "Text", "type": "string"},
                "files": {"items": {"$ref": "#/$defs/FileData"}, "title": "Files", "type": "array"},
            },
            "required": ["text"],
            "title": "MultimodalData",
            "type": "object",
            "additional_description": None,
        }

    def example_payload(self) -> Any:
        return {"text": "Describe this image", "files": [example(f"{EXAMPLES}bus.png")]}


def paths(files: Sequence[Any]) -> list[str]:
    """Return the paths of files given by path or by the wire's data."""
    return [str(one.get("path")) if isinstance(one, Mapping) else str(one) for one in files]


def _shown(file: Any) -> dict[str, Any]:
    if isinstance(file, Mapping | FileData):
        return outgoing(file)
    return {**outgoing(file), "mime_type": mime_type(Path(file).name)}
