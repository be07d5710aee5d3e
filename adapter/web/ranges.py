"""Parts of files: a player asks for what it is to play, and Safari plays nothing that is not given in parts.

Source: https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from adapter.errors import TooLarge
from adapter.files.base import StoredFile

_RANGE = re.compile(r"bytes=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)
_MOST_DIGITS = 18


def span(asked: str | None, size: int, *, most: int) -> range | None:
    """Return which bytes of a file a ``Range`` header asks for.

    Args:
        asked: the header; ``None`` where there is none.
        size: of the file.
        most: bytes in one answer; a longer part ends earlier, which a player takes, and asks for the rest.

    Returns:
        The bytes; an empty range for those of no file, and ``None`` for the whole file: without the header, and
        also for several ranges, or units that are not known, which a server may ignore.
    """
    found = _RANGE.fullmatch(asked or "")
    if found is None or max(map(len, found.groups())) > _MOST_DIGITS:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        start, stop = max(0, size - int(last)), size
    else:
        start, stop = int(first), min(size, int(last) + 1 if last else size)
        if last and int(last) < start:
            return None  # no range at all
    return range(start, min(stop, start + most)) if start < size else range(0)


def file_response(request: Request, file: StoredFile, *, most: int, headers: Mapping[str, str]) -> Response:
    """Return the response with a file, or with the part of it that ``request`` asks for.

    Args:
        request: what came.
        file: the one that is asked for.
        most: bytes of one answer.
        headers: of an answer that is no error.

    Raises:
        TooLarge: the whole file is asked for, and has more bytes than one answer.
    """
    content = file.content or b""
    size = len(content)
    headers = {**headers, "accept-ranges": "bytes"}
    if request.method == "HEAD":
        return Response(headers={**headers, "content-length": str(size)})
    # What we send has no name by which a caller could ask whether it has changed since.
    part = None if "if-range" in request.headers else span(request.headers.get("range"), size, most=most)
    if part is None and size > most:
        raise TooLarge(
            f"the file {file.name!r} has {size:,} bytes; an answer takes {most:,}. Ask for parts of it (Range: "
            f"bytes=0-), or set ADAPTER_FILES to s3://BUCKET/PREFIX, which gives files of any size."
        )
    if part is None:
        return Response(content, headers=headers)
    if not part:
        return Response(status_code=416, headers={"content-range": f"bytes */{size}"})
    told = {"content-range": f"bytes {part.start}-{part.stop - 1}/{size}"}
    return Response(content[part.start : part.stop], status_code=206, headers=headers | told)
