"""The page that shows the OpenAPI document: Swagger UI, whose files come from elsewhere and are sealed."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

RELEASE = "https://cdn.jsdelivr.net/npm/swagger-ui-dist@5.35.0/"
"""Where the files are: of one release of the npm package swagger-ui-dist (Apache-2.0), which never changes."""

SCRIPT, STYLE = "swagger-ui-bundle.js", "swagger-ui.css"

SEALS = {
    SCRIPT: "sha384-gjRm0bEPMeTmMh5jT2cHccIwCUZSTd8YC+j0d0sXw0MdGEfScduGpSyF3ZSSLkX9",
    STYLE: "sha384-WlYgdmXYOOBWL5apwjDEZwN+U3HmXSSu5R6V5aGxEcf7z+KuRNwBhoxKVN1i3D5I",
}
"""Digests of the files in that package: a browser uses no others, whatever the address gives."""

_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{release}{style}" integrity="{style_seal}" crossorigin="anonymous">
<div id="docs"></div>
<script src="{release}{script}" integrity="{script_seal}" crossorigin="anonymous"></script>
<script>{start}</script></html>"""


def docs(title: str, *, openapi: str) -> Route:
    """Return the route of the page.

    Args:
        title: the app's.
        openapi: the path of the document, below the app's.
    """

    async def get_docs(request: Request) -> Response:
        address = json.dumps(f"{request.scope.get('root_path', '')}{openapi}").replace("<", "\\u003c")
        start = f'SwaggerUIBundle({{url: {address}, dom_id: "#docs", deepLinking: true}});'
        page = _PAGE.format(
            title=escape(f"{title} - API"),
            release=RELEASE,
            style=STYLE,
            script=SCRIPT,
            style_seal=SEALS[STYLE],
            script_seal=SEALS[SCRIPT],
            start=start,
        )
        headers = {"content-security-policy": _policy(start), "x-content-type-options": "nosniff"}
        return Response(page, media_type="text/html", headers=headers)

    return Route("/docs", get_docs, methods=["GET"], include_in_schema=False)


def _policy(start: str) -> str:
    """Return the page's policy: the sealed files, the one line that starts them, and the app's own API."""
    digest = base64.b64encode(hashlib.sha256(start.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src {RELEASE}{SCRIPT} 'sha256-{digest}'; style-src {RELEASE}{STYLE} "
        f"'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors 'self'"
    )
