"""``/call``: one request queues a call, a second one, which brings the event's id only, runs and streams it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any

from fastapi import Request
from starlette.responses import Response

from adapter.calls.call import Call
from adapter.calls.endpoint import Endpoint
from adapter.calls.inputs import slots
from adapter.errors import NotFound
from adapter.gradio_api.messages import CallFormat
from adapter.gradio_api.models import CallBody, EventId
from adapter.state.backoff import Backoff
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import DIGEST, SessionId
from adapter.web.errors import json_response
from adapter.web.identity import Identity, identify
from adapter.web.invocation import deadline
from adapter.web.resolve import find_listener, make_call, named_inputs
from adapter.web.routes.router import api_router
from adapter.web.service import Service, service_of
from adapter.web.streams import EventStream, Stream

router = api_router()


@router.post("/call/v2/{api_name}", summary="Queue a call by named inputs", response_model=EventId)
async def post_call_by_name(api_name: str, body: dict[str, Any], request: Request) -> Response:
    listener, endpoint = find_listener(service_of(request).blocks, fn_index=None, api_name=api_name)
    return await _queue(endpoint, listener.id, CallBody(data=named_inputs(listener, body)), request)


@router.post("/call/{api_name}", summary="Queue a call", response_model=EventId)
async def post_call(api_name: str, body: CallBody, request: Request) -> Response:
    listener, endpoint = find_listener(service_of(request).blocks, fn_index=None, api_name=api_name)
    return await _queue(endpoint, listener.id, body, request)


@router.get("/call/v2/{api_name}/{event_id}", summary="Run a queued call and stream its results")
@router.get("/call/{api_name}/{event_id}", summary="Run a queued call and stream its results")
async def get_call(api_name: str, event_id: str, request: Request) -> Response:
    service = service_of(request)
    mailbox = _mailbox(service, event_id)
    stream = Stream(service, mailbox, CallFormat(), deadline(request), partial(_prepare, service, request))
    return EventStream(_blocks(stream, event_id))


async def _queue(endpoint: Endpoint, fn_index: int, body: CallBody, request: Request) -> Response:
    service = service_of(request)
    identity = identify(request, body.session_hash, service.signer)
    await service.workers.check(endpoint, make_call(service, request, identity, body.data), service.warm_store)
    event_id = secrets.token_hex(16)
    queued = {"data": slots(endpoint, body.data), "fn_index": fn_index, "session": None, "name": identity.name}
    queued["call_id"] = body.call_id
    if identity.session is not None:  # the second request brings the event's id only
        queued["session"] = identity.session.digest()
    _mailbox(service, event_id).join(event_id, queued, backoff=Backoff(deadline(request)))
    return json_response({"event_id": event_id}, headers=identity.headers())


def _prepare(service: Service, request: Request, queued: Mapping[str, Any]) -> tuple[Endpoint, Call]:
    """Return the endpoint and the call of what `_queue` has queued."""
    _, endpoint = find_listener(service.blocks, fn_index=queued["fn_index"], api_name=None)
    session = SessionId(DIGEST, queued["session"]) if queued["session"] else None
    identity = Identity(session, queued["name"], None, None)
    return endpoint, make_call(service, request, identity, queued["data"], event=queued)


async def _blocks(stream: Stream, event_id: str) -> AsyncGenerator[bytes, None]:
    """Yield the stream's bytes; of an event that nobody has queued, one block that says so."""
    try:
        stream.mailbox.must_know(event_id)
    except NotFound as error:
        yield stream.format.block({"event": "error", "data": str(error)})
        return
    async with aclosing(stream.blocks()) as blocks:
        async for block in blocks:
            yield block


def _mailbox(service: Service, event_id: str) -> Mailbox:
    """Return the mailbox of one ``/call``: its answer may be asked for again for a while."""
    return Mailbox(service.warm_store, SessionId("event", event_id), shared=True)
