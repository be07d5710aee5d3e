"""What clients and pages read before they call anything: ``/config``, ``/info``, and what is always the same."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from adapter.gradio_api.info import info
from adapter.web.errors import json_response
from adapter.web.resolve import base_url
from adapter.web.routes.router import api_router
from adapter.web.service import service_of

config_router = APIRouter()
"""Has the one route that stands outside of the API's prefix."""

router = api_router()


@config_router.get("/config", summary="The page's description")
async def get_config(request: Request) -> Response:
    return json_response(service_of(request).config(api=base_url(request)))


@router.get("/info", summary="What the API takes and returns")
async def get_info(request: Request, serialize: bool = False) -> Response:
    return json_response(info(service_of(request).blocks, api=base_url(request)))


@router.get("/startup-events", summary="Always true: an environment that answers has started")
async def get_startup_events() -> bool:
    return True


@router.get("/app_id", summary="The app's number")
async def get_app_id() -> dict[str, int]:
    return {"app_id": 0}


@router.get("/login_check", summary="Nothing: who gets here has passed the front door")
async def get_login_check() -> None:
    return None
