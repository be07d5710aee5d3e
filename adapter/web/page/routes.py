"""The routes of the page: its document and its own files."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from mimetypes import guess_type
from posixpath import splitext

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from adapter.components.page_assets import own_modules
from adapter.files.own import OwnFiles
from adapter.web.page.document import FOREVER, page, policy
from adapter.web.page.files import page_files
from adapter.web.service import Service

VERSIONED = re.compile("v-[0-9a-f]{12}")
SMALL_BYTES = 500
"""What is not worth packing."""

KINDS = {".css": "text/css", ".js": "text/javascript"}
"""Said here, since what a machine's own table says of these differs."""


def index(service: Service) -> bytes:
    """Return the page of the service's app."""
    files = page_files(service.own)
    return page(service.config(), files, folder=f"static/{files.version}/")


def site(service: Service) -> list[BaseRoute]:
    """Return the routes of the page."""

    async def get_page(_: Request) -> Response:
        origins = [] if service.files is None else service.files.origins()
        headers = {
            "content-security-policy": policy(*origins, frame_ancestors=service.settings.frame_ancestors),
            "x-content-type-options": "nosniff",
            "cache-control": "no-cache",
        }
        return Response(index(service), media_type="text/html", headers=headers)

    packed = [Middleware(GZipMiddleware, minimum_size=SMALL_BYTES)]

    def route(path: str, answer: Callable[[Request], Awaitable[Response]]) -> Route:
        return Route(path, answer, methods=["GET", "HEAD"], include_in_schema=False, middleware=packed)

    # Under its file's name too, as a server of files asks for a page that it does not have.
    async def get_file(request: Request) -> Response:
        return static_file(request, service.own)

    return [route("/", get_page), route("/index.html", get_page), route("/static/{path:path}", get_file)]


def static_file(request: Request, own: OwnFiles) -> Response:
    """Answer one of the page's own files, each also below a name of their version: as such a browser keeps it.

    Args:
        request: has the file's path.
        own: which scripts and modules the app has.

    Raises:
        HTTPException: there is no such file.
    """
    path: str = request.path_params["path"]
    first, _, rest = path.partition("/")
    # A page that was opened before a deployment asks for modules of a version that is gone: it gets today's.
    name = rest if VERSIONED.fullmatch(first) else path
    files = page_files(own)
    content = files.contents.get(name)
    if content is None and name in own_modules.places():  # of a class that only a call shows, in whichever environment
        content = page_files().contents[name]
    if content is None:
        raise HTTPException(404)
    tag = f'"{files.version}"'
    headers = {"cache-control": FOREVER if first == files.version else "no-cache", "x-content-type-options": "nosniff"}
    headers["etag"] = tag
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=KINDS.get(splitext(name)[1]) or guess_type(name)[0], headers=headers)
