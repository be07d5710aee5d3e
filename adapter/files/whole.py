"""Files of this machine that are there as a whole or not at all, also when its disk is full."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from adapter.errors import StoreError


@contextmanager
def whole(place: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it becomes ``place`` when the block ends well, and is removed when it does not.

    Whoever sees the file sees all of it. Its folder is made where it is not there.

    Args:
        place: where it is to be; what is there is replaced.

    Raises:
        StoreError: it cannot be written: the disk is full, or the folder is somebody else's.
    """
    partial = place.with_name(
        f".{secrets.token_hex(8)}.partial"
    )  # not after its name, which may be as long as names are
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("xb") as file:
                yield file
            partial.replace(place)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"A file could not be written below {place.parent}: {error.strerror or error}. Free room on this disk "
            f"(on Lambda: EphemeralStorage), or let the process write there."
        ) from error
