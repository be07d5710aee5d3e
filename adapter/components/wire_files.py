"""Files on the wire: their schema, what comes in as a path on this machine, and what goes out."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from adapter.components.base import Component
from adapter.errors import InvalidInput
from adapter.files.base import PATH
from adapter.files.file_data import FileData
from adapter.files.in_call import give, own_file, take
from adapter.state.codec import register_type

EXAMPLES = "https://raw.githubusercontent.com/gradio-app/gradio/main/test/test_files/"
"""Where Gradio's documentation takes its example pictures from.
Source: https://www.gradio.app/docs/gradio/image"""

EXAMPLE_FILE = "https://github.com/gradio-app/gradio/raw/main/test/test_files/sample_file.pdf"
"""Gradio's example of a file. Source: https://www.gradio.app/docs/gradio/file"""


def _or_null(kind: str, title: str) -> dict[str, Any]:
    return {"anyOf": [{"type": kind}, {"type": "null"}], "default": None, "title": title}


_PROPERTIES: dict[str, Any] = {
    "path": {"title": "Path", "type": "string"},
    "url": _or_null("string", "Url"),
    "size": _or_null("integer", "Size"),
    "orig_name": _or_null("string", "Orig Name"),
    "mime_type": _or_null("string", "Mime Type"),
    "is_stream": {"default": False, "title": "Is Stream", "type": "boolean"},
    "meta": {"$ref": "#/$defs/FileDataMeta"},
}

META = {
    "properties": {"_type": {"const": "gradio.FileData", "title": "Type", "type": "string"}},
    "required": ["_type"],
    "title": "FileDataMeta",
    "type": "object",
}
"""The JSON schema of what marks an object as a file."""

FILE: dict[str, Any] = {"properties": _PROPERTIES, "required": ["path"], "title": "FileData", "type": "object"}
"""The JSON schema of a file, as a definition that refers to `META`."""

ONE_FILE: dict[str, Any] = {"$defs": {"FileDataMeta": META}, **FILE}
"""The JSON schema of a component with one file."""

FILES: dict[str, Any] = {
    "$defs": {"FileData": FILE, "FileDataMeta": META},
    "items": {"$ref": "#/$defs/FileData"},
    "title": "ListFiles",
    "type": "array",
    "additional_description": None,
}
"""The JSON schema of a component with several files."""


class NamedString(str):
    """A file's path that also has it as ``name``, as open files do: older scripts ask for that."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The path."""
        return str(self)


register_type(NamedString, name="adapter.file", encode=str, decode=NamedString)  # scripts keep such paths in a State


def incoming(component: Component, data: Any) -> Path:
    """Return where on this machine the file is that ``data`` off the wire is.

    Raises:
        InvalidInput: it is no file, or one that is not there; told with the component's label.
        NotAllowed: it is another session's.
    """
    if not isinstance(data, dict) or not isinstance(data.get("path"), str) or not data["path"]:
        raise component.invalid(data, "a file (an object with its 'path', as an upload answers it)")
    try:
        return take(data)
    except InvalidInput as error:
        raise InvalidInput(f"The input of {component.name()} cannot be used: {error}") from error


def check_type(component: Component, file: Path, file_types: Sequence[str] | None) -> None:
    """Raise InvalidInput for a file whose name says that it is of none of the types; ``None`` allows all.

    Args:
        component: where it came in.
        file: its path.
        file_types: extensions (".json"), kinds of media ("image"), or "file" for any.
    """
    if file_types is not None and not has_type(file.name, file_types):
        raise InvalidInput(
            f"Invalid file type: {file.name!r} for {component.name()}. Upload a file of one of these types: "
            f"{', '.join(file_types)}."
        )


def has_type(name: str, file_types: Sequence[str]) -> bool:
    """Return whether a file called ``name`` is of one of the types."""
    name, kind = name.lower(), mime_type(name) or ""
    return any(
        wanted == "file"
        or (wanted.startswith(".") and name.endswith(wanted.lower()) and len(name) > len(wanted))
        or (not wanted.startswith(".") and kind.startswith(f"{wanted}/"))
        for wanted in file_types
    )


def check_types_argument(file_types: Any) -> None:
    """Raise ValueError for ``file_types`` that are no list."""
    if file_types is not None and not isinstance(file_types, list):
        raise ValueError(f"file_types is {file_types!r}; it must be a list, such as ['image', '.json'].")


def outgoing(given: str | Path | FileData | Mapping[str, Any], *, sized: bool = False) -> dict[str, Any]:
    """Return the wire's data for a file that a function returned.

    Args:
        given: its path or address, or the wire's data for it, such as a message of a conversation has.
        sized: whether its size is told.
    """
    given = given.model_dump() if isinstance(given, FileData) else given
    if not isinstance(given, Mapping):
        return give(given, sized=sized)
    path = str(given.get("path") or given.get("url") or "")
    told = {name: given[name] for name in ("orig_name", "mime_type") if given.get(name) is not None}
    if own_file(path) is not None:
        return dict(given)
    return give(take(given) if PATH.fullmatch(path) else path, sized=sized) | told


def incoming_path(place: str) -> Path:
    """Return where the file is on this machine that a function named, by a path or an address, to be read for it.

    Raises:
        FunctionFailed: it is not there, or where functions may show no files from.
    """
    return take(give(place))


def mime_type(name: str) -> str | None:
    """Return the kind of file that is called ``name``, as Gradio's clients tell it."""
    known = {".vtt": "text/vtt", ".webp": "image/webp"}
    found = known.get(Path(name.lower()).suffix) or mimetypes.guess_type(name)[0]
    return None if found is None else found.replace("x-wav", "wav").replace("x-flac", "flac")


def example(address: str) -> dict[str, Any]:
    """Return the file at ``address`` as callers may send it."""
    meta = {"_type": "gradio.FileData"}
    return {"path": address, "meta": meta, "orig_name": address.rsplit("/", 1)[-1], "url": address}
