"""How much of a value off the wire is taken on, by the memory that the environment has."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any

from adapter.errors import TooLarge
from adapter.settings import memory_bytes

UNKNOWN_BYTES = 2 * 1024**3
"""Memory counted on where nobody says how much there is, as Lambda does."""

BYTES_PER_PIXEL = 24
"""Memory that a picture takes at its height: as Pillow holds it (4), converted (4), as an array (3), and as much again
for what the function makes of it."""

BYTES_PER_CELL = 512
"""Memory that a table's cell takes: as text, as a Python object in its row, and in a frame."""

MOST_COLUMNS = 16_384
"""Of a table, which costs far more by columns than by rows; as many as Excel has.
Source: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""


def check_pixels(picture: Any, *, name: str, frames: int = 1, besides: int = 0) -> None:
    """Check that an opened picture, of which nothing is read yet but its head, may be read.

    Args:
        picture: Pillow's.
        name: how the error calls what it came for.
        frames: how many of its size are made.
        besides: pixels of other pictures that the call has in memory.

    Raises:
        TooLarge: it has too many pixels.
    """
    most = (memory_bytes() or UNKNOWN_BYTES) // BYTES_PER_PIXEL
    width, height = picture.size
    if width * height * frames + besides > most:
        each = f" in {frames:,} frames" if frames > 1 else ""
        others = f" beside {besides:,} of others" if besides else ""
        raise TooLarge(
            f"The picture of {name} has {width:,} × {height:,} pixels{each}{others}; {most:,} fit into this function's "
            f"memory. Send a smaller one, or give the function more memory."
        )


def check_cells(headers: Sized, rows: list[list[Any]], *, name: str) -> None:
    """Check that a table off the wire is not too large.

    Args:
        headers: of its columns.
        rows: its cells.
        name: how the error calls what it came for.

    Raises:
        TooLarge: it has too many cells or columns.
    """
    most = (memory_bytes() or UNKNOWN_BYTES) // BYTES_PER_CELL
    columns = max(len(headers), max(map(len, rows), default=0))
    cells = max(len(rows), sum(map(len, rows)))
    if columns > MOST_COLUMNS:
        raise TooLarge(f"The table of {name} has {columns:,} columns; {MOST_COLUMNS:,} are taken. Send fewer.")
    if cells > most:
        raise TooLarge(
            f"The table of {name} has {cells:,} cells; {most:,} fit into this function's memory. Send fewer, or a file."
        )
