"""The static page: served here for the dev server, exported for everywhere else."""

from __future__ import annotations

import re
from html import escape
from os import sep

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from adapter.gradio_api.config import config
from adapter.gradio_api.json import dumps
from adapter.web.modules import FRONTEND, ROOT, needed, seen, version
from adapter.web.service import Service

CONFIG_MARK = b'id="config"></script>'
TITLE_MARK = b"<title>App</title>"
PRELOADS_MARK = b"<!-- preloads -->"
VERSIONED = re.compile("v-[0-9a-f]{12}")
FOREVER = "public, max-age=31536000, immutable"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""No script but the page's own files runs, whatever a function returns."""


def index(service: Service) -> bytes:
    """Return the page with its config inside, so that opening it needs one request of the API's origin less."""
    read = config(service.blocks, max_file_size=service.settings.max_upload_bytes)
    safe = dumps(read).replace(b"<", b"\\u003c")  # "</script>" in a label must not end the block
    wanted = needed(seen(read))
    preloads = "\n".join(f'<link rel="modulepreload" href="static/{one}">' for one in wanted if one != ROOT)
    title = f"<title>{escape(service.blocks.title)}</title>"
    page = (FRONTEND / "index.html").read_bytes().replace(TITLE_MARK, title.encode())
    page = page.replace(PRELOADS_MARK, preloads.encode()).replace(b'"static/', f'"static/{version()}/'.encode())
    return page.replace(CONFIG_MARK, b'id="config">' + safe + b"</script>")


def site(service: Service) -> list[BaseRoute]:
    """Return the routes of the page."""

    async def get_page(_: Request) -> Response:
        headers = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "cache-control": "no-cache"}
        return Response(index(service), media_type="text/html", headers=headers)

    packed = Middleware(GZipMiddleware)
    return [Route("/", get_page, methods=["GET", "HEAD"], include_in_schema=False, middleware=[packed])]


class PageFiles(StaticFiles):
    """The page's own files, each also below a name of their version: as such a browser keeps it for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        first, _, rest = path.partition(sep)
        # A page that was opened before a deployment asks for modules of a version that is gone: it gets today's.
        response = await super().get_response(rest if VERSIONED.fullmatch(first) else path, scope)
        response.headers["cache-control"] = FOREVER if first == version() else "no-cache"
        return response


def static_files() -> StaticFiles:
    """Return the page's own files."""
    return PageFiles(directory=FRONTEND)
