"""A table that visitors see and edit."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any, ClassVar, Literal, Unpack

from adapter.components.base import Component
from adapter.components.events import Event
from adapter.components.libraries import library
from adapter.components.limits import check_cells
from adapter.components.options import TableOptions
from adapter.components.tables import datatypes, pandas, polars, table

Kind = Literal["pandas", "numpy", "array", "polars"]
Datatype = Literal["str", "number", "bool", "date", "markdown", "html", "image", "auto"]
Counted = int | tuple[int, str] | None

_LIST = {"items": {}, "type": "array"}
SCHEMA: dict[str, Any] = {
    "properties": {
        "headers": {**_LIST, "title": "Headers"},
        "data": {"items": _LIST, "title": "Data", "type": "array"},
        "metadata": {
            "anyOf": [
                {"additionalProperties": {"anyOf": [_LIST, {"type": "null"}]}, "type": "object"},
                {"type": "null"},
            ],
            "default": None,
            "title": "Metadata",
        },
    },
    "required": ["headers", "data"],
    "title": "DataframeData",
    "type": "object",
    "additional_description": None,
}
"""The JSON schema of a table on the wire."""


class Dataframe(Component):
    """A table; the function gets a pandas DataFrame, a NumPy array, a list of rows, or a polars DataFrame.

    It returns any of these, a pandas Styler (with its colours and formats), a dict of ``headers``
    and ``data``, or the path of a CSV file.

    Args:
        value: what is shown at first, or a function that gives it whenever the page loads.
        headers: of the columns, where the value has none.
        row_count: rows shown at least.
        row_limits: fewest and most rows; taken for Gradio's sake, which does not use it either.
        col_count: older name of ``column_count``, without effect.
        column_count: columns shown at least.
        column_limits: as ``row_limits``, of columns.
        datatype: "str", "number", "bool", "date", "markdown", "html" or "image", one for all columns or a
            list; "auto" takes them from the value.
        type: "pandas", "numpy", "array" or "polars": what the function gets.
        latex_delimiters: dicts of ``left``, ``right`` and ``display``; ``None`` for ``$$``, displayed.
        max_height: pixels, or a CSS length; more rows scroll.
        wrap: whether long texts break into lines.
        line_breaks: whether a newline breaks the line, in Markdown.
        column_widths: of each column: pixels, "10%" or "auto".
        buttons: "fullscreen", "copy"; ``None`` for both.
        show_row_numbers: whether rows are numbered.
        max_chars: characters of a cell that are shown; ``None`` for all.
        show_search: "none", "search" or "filter".
        pinned_columns: how many columns on the left stay when it is scrolled.
        static_columns: places of columns that cannot be edited.
        options: see `TableOptions`.

    Raises:
        ValueError: ``type`` is none of the four, or there are not as many headers as columns.
    """

    TYPE: ClassVar[str] = "dataframe"
    OPTIONS: ClassVar[type] = TableOptions
    PROPS: ClassVar[tuple[str, ...]] = (
        *("headers", "row_count", "row_limits", "col_count", "column_count", "column_limits", "datatype", "type"),
        *("latex_delimiters", "max_height", "wrap", "line_breaks", "column_widths", "buttons", "show_row_numbers"),
        *("max_chars", "show_search", "pinned_columns", "static_columns"),
    )
    CHECKED_BY: ClassVar[tuple[str, ...]] = ("type",)
    change = Event()
    input = Event()
    select = Event()
    edit = Event()

    def __init__(
        self,
        value: Any = None,
        *,
        headers: list[str] | None = None,
        row_count: Counted = None,
        row_limits: tuple[int | None, int | None] | None = None,
        col_count: Counted = None,
        column_count: Counted = None,
        column_limits: tuple[int | None, int | None] | None = None,
        datatype: Datatype | Sequence[Datatype] = "str",
        type: Kind = "pandas",
        latex_delimiters: list[dict[str, str | bool]] | None = None,
        max_height: int | str = 500,  # pixels
        wrap: bool = False,
        line_breaks: bool = True,
        column_widths: list[str | int] | None = None,
        buttons: list[Literal["fullscreen", "copy"]] | None = None,
        show_row_numbers: bool = False,
        max_chars: int | None = None,
        show_search: Literal["none", "search", "filter"] = "none",
        pinned_columns: int | None = None,
        static_columns: list[int] | None = None,
        **options: Unpack[TableOptions],
    ) -> None:
        if type not in ("pandas", "numpy", "array", "polars"):
            raise ValueError(f"type is {type!r}; it must be 'pandas', 'numpy', 'array' or 'polars'.")
        if col_count is not None:
            warnings.warn("col_count has no effect; give column_count.", DeprecationWarning, stacklevel=2)
        displayed: dict[str, str | bool] = {"left": "$$", "right": "$$", "display": True}
        self.row_count = _counted(row_count, 3)
        self.row_limits = row_limits
        self.column_count = self.col_count = _counted(column_count, len(headers) if headers else 3)
        self.column_limits = column_limits
        columns = int(self.column_count[0])
        if headers is not None and len(headers) != columns:
            raise ValueError(f"There are {len(headers)} headers and column_count is {columns}; give as many.")
        self.headers: list[Any] = [str(place + 1) for place in range(columns)] if headers is None else list(headers)
        self.datatype: str | list[str] = datatype if isinstance(datatype, str) else list(datatype)
        if datatype == "auto":
            self.datatype = datatypes(value)
        self.type = type
        self.latex_delimiters = [displayed] if latex_delimiters is None else latex_delimiters
        self.max_height = max_height
        self.wrap = wrap
        self.line_breaks = line_breaks
        self.column_widths = [_width(one) for one in column_widths or ()]
        self.buttons = buttons
        self.show_row_numbers = show_row_numbers
        self.max_chars = max_chars
        self.show_search = show_search
        self.pinned_columns = pinned_columns
        self.static_columns = list(static_columns or ())
        super().__init__(value, **options)

    def preprocess(self, data: Any) -> Any:
        """Return the table as ``type`` says."""
        headers = data.get("headers") if isinstance(data, dict) else None
        rows = data.get("data") if isinstance(data, dict) else None
        if not isinstance(headers, list) or not isinstance(rows, list) or not all(isinstance(r, list) for r in rows):
            raise self.invalid(data, "an object of headers (a list) and data (a list of rows)")
        check_cells(headers, rows, name=self.name())
        if self.type == "array":
            return rows
        filled = [] if rows == [[]] else rows
        try:
            if self.type == "numpy":
                return library("numpy", package="numpy", needed="A Dataframe of type 'numpy'").array(rows)
            if self.type == "polars":
                return polars().DataFrame(filled, schema=headers, orient="row")
            return pandas().DataFrame(_padded(filled, len(headers)), columns=headers)
        except (ValueError, TypeError) as error:  # rows of other lengths
            raise self.invalid(data, f"as many cells in each row as there are headers ({error})") from error

    def postprocess(self, value: Any) -> dict[str, Any]:
        """Return headers, rows and, of a Styler, what is shown for the cells; headers that are missing are numbers.

        Raises:
            Error: it is no table.
        """
        found = table(value)
        headers = found.headers or self.headers
        if not found.rows:
            return {"headers": headers, "data": [], "metadata": None}
        width = len(found.rows[0])
        headers = [*headers, *(str(place + 1) for place in range(len(headers), width))][:width]
        return {"headers": headers, "data": found.rows, "metadata": found.metadata}

    def process_example(self, value: Any) -> Any:
        """Return the first five rows."""
        return "" if value is None else self.postprocess(value)["data"][:5]

    def api_info(self) -> dict[str, Any]:
        return SCHEMA

    def example_payload(self) -> Any:
        return {"headers": ["a", "b"], "data": [["foo", "bar"]]}


def _padded(rows: list[list[Any]], width: int) -> list[list[Any]]:
    """Return ``rows`` with the cells that short ones lack, empty; pandas will leave this to others in version 4."""
    if all(len(row) == width for row in rows):
        return rows
    return [row + [None] * (width - len(row)) for row in rows]


def _counted(count: Counted, default: int) -> tuple[int, str]:
    if isinstance(count, tuple | list):
        return int(count[0]), str(count[1])
    return (default if count is None else int(count)), "dynamic"


def _width(width: str | int) -> str:
    fits = isinstance(width, str) and (width.endswith(("px", "%")) or width == "auto")
    return str(width) if fits else f"{width}px"


class Numpy(Dataframe):
    """A `Dataframe` that gives the function a NumPy array; it has one row at first."""

    def __init__(
        self, value: Any = None, *, row_count: Counted = (1, "dynamic"), type: Kind = "numpy", **options: Any
    ) -> None:
        super().__init__(value, row_count=row_count, type=type, **options)


class Matrix(Dataframe):
    """A `Dataframe` that gives the function a list of rows; it has one row at first."""

    def __init__(
        self, value: Any = None, *, row_count: Counted = (1, "dynamic"), type: Kind = "array", **options: Any
    ) -> None:
        super().__init__(value, row_count=row_count, type=type, **options)


class List(Dataframe):
    """A `Dataframe` that gives the function a list of rows, of one column or more; it has one row at first."""

    def __init__(
        self, value: Any = None, *, row_count: Counted = (1, "dynamic"), type: Kind = "array", **options: Any
    ) -> None:
        super().__init__(value, row_count=row_count, type=type, **options)
