"""Uploads and downloads of small files through the API."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from adapter.errors import MalformedRequest, NotAllowed, NotFound, TooLarge
from adapter.files import FileStore
from adapter.web.errors import json_response
from adapter.web.service import Service

SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/", "text/plain")
"""Kinds of file a browser may show; the others are downloads, so that an upload never runs as a page."""


def add_files(api: APIRouter, service: Service) -> None:
    """Add the routes for files to ``api``."""

    @api.post("/upload", summary="Keep files; the answer lists their paths", response_model=list[str])
    async def post_upload(request: Request) -> Response:
        store = _store(service)
        most = service.settings.max_upload_bytes
        async with request.form() as form:
            files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            if not files:
                raise MalformedRequest("the upload has no file; send multipart/form-data with fields named 'files'.")
            contents = [(one.filename, await one.read()) for one in files]
        for name, content in contents:
            if len(content) > most:
                raise TooLarge(f"file {name!r} has {len(content):,} bytes; an upload takes {most:,}.")
        return json_response([store.put(name or "file", content) for name, content in contents])

    @api.get("/file={path:path}", summary="The bytes of a file")
    @api.head("/file={path:path}", include_in_schema=False)
    @api.get("/file/{path:path}", include_in_schema=False)
    async def get_file(path: str) -> Response:
        found = _store(service).get(path)
        if found is None:
            raise NotAllowed(f"File not allowed: {path}.")
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        shown = "inline" if kind.startswith(SHOWN_INLINE) else "attachment"
        headers = {
            "content-disposition": f"{shown}; filename*=UTF-8''{quote(found.name)}",
            "x-content-type-options": "nosniff",
            "content-security-policy": "sandbox; default-src 'none'",
            "cache-control": "private, max-age=3600",
        }
        return Response(found.content, media_type=kind, headers=headers)


def _store(service: Service) -> FileStore:
    if service.files is None:
        raise NotFound("this app keeps no files; set ADAPTER_FILES to a folder or s3://BUCKET/PREFIX.")
    return service.files
