"""Uploads and downloads: of small files through the API, of large ones by addresses that the store signs."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from adapter.components.wire_files import mime_type
from adapter.errors import MalformedRequest, NotAllowed, NotFound, TooLarge
from adapter.files import FileStore
from adapter.files.base import owner_of
from adapter.files.published import read
from adapter.files.static import static
from adapter.gradio_api.config import API_PREFIX
from adapter.gradio_api.models import FormBody, FormOutput
from adapter.web.errors import json_response
from adapter.web.identity import TOKEN_HEADER, identify
from adapter.web.ranges import file_response
from adapter.web.routes.router import api_router
from adapter.web.service import Service, service_of
from adapter.web.streams import EVENT_STREAM

SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/", "text/plain")
"""Kinds of file a browser may show; the others are downloads, so that an upload never runs as a page."""

INERT = ("image/", "audio/", "video/", "text/plain", "text/vtt")
"""Kinds that no script, style sheet or worker is taken from where `nosniff` is said; all others of a visitor's files
are sent as bytes of no kind: they come from the page's own origin, whose scripts and styles its policy lets run.
Source: https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?"""

NO_KIND = "application/octet-stream"
"""Of bytes that nobody is told what to do with."""

MOST_FILES = 100
"""In one upload."""

LARGEST_ANSWER_BYTES = 4_300_000
"""Lambda's answers have at most 6 MB, and bytes are sent as base64, which is a third longer.
Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


router = api_router()


@router.post("/upload", summary="Keep files; the answer lists their paths", response_model=list[str])
async def post_upload(request: Request) -> Response:
    service = service_of(request)
    store = _store(service)
    most = service.settings.max_upload_bytes
    # Our page says whose the files are; those of Gradio's clients belong to the session that first uses them.
    identity = identify(request, None, service.signer)
    owner = None if identity.session is None else owner_of(identity.session.digest())
    async with request.form() as form:
        files = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
        if not files:
            raise MalformedRequest("the upload has no file; send multipart/form-data with fields named 'files'.")
        if len(files) > MOST_FILES:
            raise TooLarge(f"the upload has {len(files)} files; one upload takes {MOST_FILES}.")
        contents = [(one.filename, await one.read()) for one in files]
    for name, content in contents:
        if len(content) > most:
            raise TooLarge(f"file {name!r} has {len(content):,} bytes; an upload takes {most:,}.")
    paths = [store.put(name or "file", content, owner=owner) for name, content in contents]
    return json_response(paths, headers=identity.headers())


@router.post("/upload/form", summary="A form to send a large file to the bucket itself", response_model=FormOutput)
async def post_form(body: FormBody, request: Request) -> Response:
    service = service_of(request)
    store, most = _store(service), service.max_direct_bytes
    identity = identify(request, body.session_hash, service.signer)
    if identity.session is None:
        raise MalformedRequest(
            f"the form has no session that the file would belong to; send a session token in the header "
            f"{TOKEN_HEADER}, or session_hash in the body."
        )
    if most is not None and body.size > most:
        raise TooLarge(f"file {body.name!r} has {body.size:,} bytes; this app takes {most:,}.")
    form = store.form(body.name, body.size, owner=owner_of(identity.session.digest()))
    if form is None:
        small = service.settings.max_upload_bytes
        raise NotFound(
            f"this app keeps its files in a folder, which takes them through the API alone; send one of up to "
            f"{small:,} bytes to {API_PREFIX}/upload, or set ADAPTER_FILES to s3://BUCKET/PREFIX."
        )
    answer = {"path": form.path, "url": form.url, "fields": form.fields}
    return json_response(answer, headers={**identity.headers(), "cache-control": "no-store"})


@router.get("/upload_progress", summary="Nothing: a body has been received whole when an environment is asked")
async def get_upload_progress(upload_id: str) -> Response:
    return Response(media_type=EVENT_STREAM)


@router.get("/file={path:path}", summary="The bytes of a file")
@router.head("/file={path:path}", include_in_schema=False)
@router.get("/file/{path:path}", include_in_schema=False)
async def get_file(path: str, request: Request) -> Response:
    service = service_of(request)
    most = service.settings.max_file_bytes
    own = read(path, most_bytes=most) if service.own.has(path) else None
    authors = own or static(path, service.own.static, most_bytes=most)
    file = authors or _store(service).get(path, most_bytes=LARGEST_ANSWER_BYTES)
    if file is None:
        raise NotAllowed(f"File not allowed: {path}.")
    if file.content is None:
        return RedirectResponse(file.address or "", status_code=302, headers={"cache-control": "no-store"})
    kind = mime_type(file.name) or NO_KIND
    if authors is None and not kind.startswith(INERT):
        kind = NO_KIND
    shown = "inline" if kind.startswith(SHOWN_INLINE) else "attachment"
    headers = {
        "content-type": f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
        "content-disposition": f"{shown}; filename*=UTF-8''{quote(file.name)}",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "private, max-age=3600",
    }
    return file_response(request, file, most=LARGEST_ANSWER_BYTES, headers=headers)


def _store(service: Service) -> FileStore:
    if service.files is None:
        raise NotFound("this app keeps no files; set ADAPTER_FILES to a folder or s3://BUCKET/PREFIX.")
    return service.files
