"""The queue of a session: calls wait in its mailbox, and run inside the request that streams their messages."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from adapter.calls.call import Call
from adapter.calls.endpoint import Endpoint
from adapter.gradio_api.messages import QueueFormat
from adapter.gradio_api.models import CancelBody, EventId, RunBody, Success
from adapter.state.backoff import Backoff
from adapter.state.queue.mailbox import Mailbox
from adapter.web.errors import json_response
from adapter.web.identity import Identity, identify, require_session
from adapter.web.invocation import arrival_time, deadline
from adapter.web.resolve import find_listener, make_call, page_for
from adapter.web.routes.router import api_router
from adapter.web.service import Service, service_of
from adapter.web.streams import EventStream, Stream

router = api_router()


@router.post("/queue/join", summary="Queue a call", response_model=EventId)
async def post_join(body: RunBody, request: Request) -> Response:
    service = service_of(request)
    identity = identify(request, body.session_hash, service.signer)
    page = page_for(service, request, identity, body.fn_index)
    listener, endpoint = find_listener(page, fn_index=body.fn_index, api_name=None)
    await service.workers.check(endpoint, make_call(service, request, identity, body.data), service.warm_store)
    event_id = secrets.token_hex(16)
    session = require_session(identity)
    queued = {"data": body.data, "fn_index": listener.id, **body.event()}
    pause = Mailbox(service.warm_store, session).join(event_id, queued, backoff=Backoff(deadline(request)))
    if session.kind == "hash":  # our page looks again by itself
        await asyncio.sleep(pause)
    return json_response({"event_id": event_id}, headers=identity.headers())


@router.get("/queue/data", summary="Run a session's queued calls and stream their messages")
async def get_data(request: Request, session_hash: str | None = None) -> Response:
    service = service_of(request)
    identity = identify(request, session_hash, service.signer)
    mailbox = Mailbox(service.warm_store, require_session(identity))
    prepare = partial(_prepare, service, request, identity)
    stream = Stream(service, mailbox, QueueFormat(), deadline(request), prepare, arrival_time(request))
    return EventStream(stream.blocks(), identity.headers())


@router.post("/cancel", summary="End a queued or running call", response_model=Success)
async def post_cancel(body: CancelBody, request: Request) -> Response:
    service = service_of(request)
    identity = identify(request, body.session_hash, service.signer)
    mailbox = Mailbox(service.warm_store, require_session(identity))
    mailbox.cancel(body.event_id, backoff=Backoff(deadline(request)))
    return json_response({"success": True})


def _prepare(
    service: Service, request: Request, identity: Identity, queued: Mapping[str, Any]
) -> tuple[Endpoint, Call]:
    """Return the endpoint and the call of what `post_join` has queued."""
    page = page_for(service, request, identity, queued["fn_index"])
    _, endpoint = find_listener(page, fn_index=queued["fn_index"], api_name=None)
    return endpoint, make_call(service, request, identity, queued["data"], event=queued, page=page)
