"""Tables as functions make them (pandas, polars, NumPy, lists, CSV files): their headers, rows and looks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapter.components.libraries import library
from adapter.components.media.images import is_array
from adapter.components.values import jsonable, jsonable_array
from adapter.components.wire_files import incoming_path
from adapter.errors import Error

DATATYPES = {
    **dict.fromkeys(("int", "uint", "float"), "number"),
    **dict.fromkeys(("bool", "boolean"), "bool"),
    **dict.fromkeys(("datetime", "date", "timedelta", "timestamp"), "date"),
}
"""What a column shows, by its library's type without size and zone; a text where it is not here."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        headers: of its columns; empty where the value has none.
        rows: its cells, as JSON has them.
        metadata: what a pandas Styler shows for each cell, and how.
    """

    headers: list[Any]
    rows: list[list[Any]]
    metadata: dict[str, Any] | None = None


def pandas() -> Any:
    """Return pandas."""
    return library("pandas", package="pandas", needed="A Dataframe of type 'pandas', or one read from a file,")


def polars() -> Any:
    """Return polars."""
    return library("polars", package="polars", needed="A Dataframe of type 'polars'")


def table(value: Any) -> Table:
    """Return the table that ``value`` is.

    Raises:
        Error: it is none.
    """
    if value is None:
        return Table([], [])
    if isinstance(value, str):
        value = pandas().read_csv(incoming_path(value))
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if _is_of("pandas", value) and type(value).__name__ == "Styler":
        return _of_styler(value)
    if _is_of("pandas", value) and hasattr(value, "columns"):
        return Table(_headers(value.columns), _rows(value))
    if _is_of("polars", value) and hasattr(value, "rows"):
        return Table(_headers(value.columns), jsonable(value.rows()))
    if is_array(value):
        value = jsonable_array(value)
        if isinstance(value, list):
            return Table([], _as_rows(value))
    if not isinstance(value, list | tuple):
        raise Error(
            f"A table is {type(value).__name__} {str(value)[:80]!r}; it must be a DataFrame, an array, a list of rows, "
            f"a dict of 'headers' and 'data', or the path of a CSV file."
        )
    return Table([], jsonable(_as_rows(list(value))))


def _as_rows(values: Any) -> list[Any]:
    """Return a list's items as rows: cells alone as rows of one, and no rows for one that is empty."""
    if values and not isinstance(values[0], list | tuple):
        return [[cell] for cell in values]
    return [] if values and len(values[0]) == 0 else values


def datatypes(value: Any) -> str | list[str]:
    """Return what each column of ``value`` shows, by its types; "str" where it has no columns with types."""
    if _is_of("pandas", value) or _is_of("polars", value):
        frame = value.data if type(value).__name__ == "Styler" else value
        return [_datatype(str(kind)) for kind in frame.dtypes]
    if is_array(value):
        first = value[0].tolist() if value.ndim > 1 and value.size else None
        return "str" if first is None else [_datatype(str(value.dtype)) for _ in first]
    first = value[0] if isinstance(value, list) and value else None
    return [_datatype(type(cell).__name__) for cell in first] if isinstance(first, list | tuple) else "str"


def _datatype(kind: str) -> str:
    bare = re.sub(r"\s*\d+\s*$", "", re.sub(r"\[.*?\]|\(.*?\)", "", kind)).lower()
    return DATATYPES.get(bare, "str")


def _of_mapping(value: Mapping[str, Any]) -> Table:
    rows, headers = value.get("data", []), value.get("headers") or []
    if not isinstance(rows, list | tuple) or not all(isinstance(row, list | tuple) for row in rows):
        raise Error(f"A table's data is {str(rows)[:80]!r}; it must be a list of rows, each a list of cells.")
    rows = [] if [list(row) for row in rows] == [[]] else rows
    return Table(jsonable(list(headers)), jsonable(rows), jsonable(value.get("metadata")))


def _of_styler(styler: Any) -> Table:
    """Return the table of a pandas Styler, with what it shows for each cell and the CSS of each.

    pandas tells these to its own writers only.
    """
    hidden = {int(column) for column in styler.hidden_columns}
    seen = [place for place in range(len(styler.data.columns)) if place not in hidden]
    frame = styler.data.iloc[:, seen]
    drawn = styler._compute()._translate(False, False)
    looks = {
        selector: "; ".join(f"{name}: {value}" for name, value in style["props"])
        for style in drawn["cellstyle"]
        for selector in style["selectors"]
    }
    bodies = [[cell for cell in row if cell["type"] == "td"] for row in drawn["body"]]
    cells = [[row[place] for place in seen] for row in bodies]
    metadata = {
        "display_value": [[jsonable(cell["display_value"]) for cell in row] for row in cells],
        "styling": [[looks.get(cell["id"], "") for cell in row] for row in cells],
    }
    return Table(_headers(styler.data.columns), _rows(frame), metadata)


def _rows(frame: Any) -> list[list[Any]]:
    """Return the cells of a pandas DataFrame by rows, taken from it by columns, which are of one type each."""
    columns = [frame.iloc[:, place] for place in range(len(frame.columns))]
    cells = [
        jsonable_array(column.to_numpy()) if column.dtype.kind in "biuf" else jsonable(column.tolist())
        for column in columns
    ]
    return list(map(list, zip(*cells, strict=True))) if cells else [[] for _ in range(len(frame))]


def _headers(columns: Any) -> list[Any]:
    found: list[Any] = jsonable(list(columns))
    return found


def _is_of(package: str, value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == package
