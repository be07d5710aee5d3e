"""Which other origins' pages may call the API."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from adapter.errors import NotAllowed
from adapter.settings import Settings
from adapter.web.errors import answer
from adapter.web.identity import TOKEN_HEADER, VERSION_HEADER

THIS_MACHINE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
"""Who may call a dev server: a page from elsewhere must not reach what runs on the developer's machine."""

PREFLIGHT_SECONDS = 600


def allow_origins(app: FastAPI, settings: Settings) -> None:
    """Let pages of other origins call ``app``, as ``settings.cors_origins`` says.

    Sessions are told by headers and never by cookies, so a page of another origin reaches no
    session but its own.
    """
    origins = settings.open_origins
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(origins or ()),
        allow_origin_regex=None if origins is not None else THIS_MACHINE,
        allow_methods=["GET", "POST"],
        allow_headers=["content-type", "x-gradio-user", TOKEN_HEADER, VERSION_HEADER],
        expose_headers=[TOKEN_HEADER, VERSION_HEADER],
        max_age=PREFLIGHT_SECONDS,
    )


def refuse_other_sites(app: FastAPI, settings: Settings) -> None:
    """Let pages of other origins send ``app`` nothing that changes anything, but those of `allow_origins`.

    CORS keeps such a page from reading the answer, and from sending JSON; not from sending a form, or nothing.
    """
    if "*" not in (settings.open_origins or ()):
        app.add_middleware(_OtherSites, origins=settings.open_origins)


class _OtherSites:
    """Refuses what a page of another origin sends."""

    def __init__(self, app: ASGIApp, *, origins: tuple[str, ...] | None) -> None:
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS"):
            headers = Headers(scope=scope)
            if self._is_foreign(headers):
                refusal = NotAllowed(
                    f"a page of {headers.get('origin', 'another site')!r} may not call this app; its origin would "
                    f"have to stand in ADAPTER_CORS_ORIGINS."
                )
                await answer(refusal, show_error=False)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        """Return whether a browser says that the request is of another origin's page, which is none of the allowed.

        Source: https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
        """
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site")
        if site in ("same-origin", "none") or (origin is None and site is None):  # the app's page, or no browser
            return False
        if site is None and urlsplit(origin or "").netloc == headers.get("host"):
            return False
        return not self._is_allowed(origin or "")

    def _is_allowed(self, origin: str) -> bool:
        if self._origins is None:
            return re.fullmatch(THIS_MACHINE, origin) is not None
        return origin in self._origins
