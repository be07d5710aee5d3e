"""What a session is told and asked besides its calls."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from adapter.gradio_api.models import ResetBody, Success
from adapter.state.session_end import reset_session
from adapter.web.errors import json_response
from adapter.web.identity import identify, require_session
from adapter.web.routes.router import api_router
from adapter.web.service import service_of
from adapter.web.streams import EVENT_STREAM

router = api_router()


@router.post("/reset", summary="Forget a call; nothing needs to be done", response_model=Success)
async def post_reset(body: ResetBody) -> Response:
    return json_response({"success": True})


@router.post("/session/reset", summary="End the session: its State starts anew", response_model=Success)
async def post_session_reset(request: Request, session_hash: str | None = None) -> Response:
    service = service_of(request)
    session = require_session(identify(request, session_hash, service.signer))
    ended = reset_session(service.warm_store, session, [state.variable for state in service.blocks.states])
    return json_response({"success": ended})


@router.get("/heartbeat/{session_hash}", summary="One sign of life; keeps no invocation running")
async def get_heartbeat(session_hash: str) -> Response:
    return Response(b"data: ALIVE\n\n", media_type=EVENT_STREAM)
