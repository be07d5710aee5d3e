"""The static page: served here for the dev server, exported for everywhere else."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from adapter.gradio_api.config import config
from adapter.gradio_api.json import dumps
from adapter.web.service import Service

FRONTEND = Path(__file__).parent.parent / "frontend"
CONFIG_MARK = b'id="config"></script>'

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'"
)
"""No script but the page's own files runs, whatever a function returns."""


def index(service: Service) -> bytes:
    """Return the page with its config inside, so that opening it needs one request of the API's origin less."""
    text = dumps(config(service.blocks, max_file_size=service.settings.max_upload_bytes))
    safe = text.replace(b"<", b"\\u003c")  # "</script>" in a label must not end the block
    return (FRONTEND / "index.html").read_bytes().replace(CONFIG_MARK, b'id="config">' + safe + b"</script>")


def site(service: Service) -> list[BaseRoute]:
    """Return the routes of the page."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    async def get_page() -> Response:
        headers = {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "cache-control": "no-cache"}
        return Response(index(service), media_type="text/html", headers=headers)

    return router.routes


def static_files() -> StaticFiles:
    """Return the page's own files."""
    return StaticFiles(directory=FRONTEND)
