"""Which other origins' pages may call the API."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from adapter.settings import Settings
from adapter.web.identity import TOKEN_HEADER, VERSION_HEADER

THIS_MACHINE = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?"
"""Who may call a dev server: a page from elsewhere must not reach what runs on the developer's machine."""

PREFLIGHT_SECONDS = 600


def allow_origins(app: FastAPI, settings: Settings) -> None:
    """Let pages of other origins call ``app``, as ``settings.cors_origins`` says.

    Sessions are told by headers and never by cookies, so a page of another origin reaches no
    session but its own.
    """
    origins = settings.cors_origins
    if origins is None and settings.on_lambda:
        origins = ("*",)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(origins or ()),
        allow_origin_regex=None if origins is not None else THIS_MACHINE,
        allow_methods=["GET", "POST"],
        allow_headers=["content-type", "x-gradio-user", TOKEN_HEADER, VERSION_HEADER],
        expose_headers=[TOKEN_HEADER, VERSION_HEADER],
        max_age=PREFLIGHT_SECONDS,
    )
