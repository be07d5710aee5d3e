"""``/config`` and ``/gradio_api/…``: one typed route per endpoint of the wire."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from adapter.calls.call import Call
from adapter.calls.endpoint import Endpoint
from adapter.calls.inputs import slots
from adapter.calls.notices import Notice, Said
from adapter.errors import MalformedRequest, NotFound
from adapter.gradio_api import messages
from adapter.gradio_api.config import API_PREFIX
from adapter.gradio_api.info import info
from adapter.gradio_api.messages import CallFormat, QueueFormat
from adapter.gradio_api.models import (
    CallBody,
    CancelBody,
    EventId,
    Failure,
    ResetBody,
    RunBody,
    RunOutput,
    ServerBody,
    Success,
)
from adapter.state.backoff import Backoff
from adapter.state.queue.mailbox import Mailbox
from adapter.state.session import DIGEST, SessionId
from adapter.state.session_end import reset_session
from adapter.web import resolve
from adapter.web.bodies import JsonRoute
from adapter.web.errors import json_response
from adapter.web.identity import Identity, deadline, identify, received
from adapter.web.routes.files import add_files
from adapter.web.service import Service
from adapter.web.streams import EVENT_STREAM, EventStream, Stream

FAILURES: dict[int | str, dict[str, Any]] = {"default": {"model": Failure, "description": "Why the call failed"}}
"""One entry for all statuses: FastAPI builds a model for each, at every cold start."""


def routes(service: Service) -> list[BaseRoute]:
    """Return the routes of ``service``."""
    router = APIRouter()
    api = APIRouter(prefix=API_PREFIX, route_class=JsonRoute, responses=FAILURES)
    _add_description(router, api, service)
    _add_run(api, service)
    _add_queue(api, service)
    _add_call(api, service)
    _add_component(api, service)
    _add_session(api, service)
    add_files(api, service)
    return [*router.routes, *api.routes]


def _add_description(router: APIRouter, api: APIRouter, service: Service) -> None:
    @router.get("/config", summary="The page's description")
    async def get_config(request: Request) -> Response:
        return json_response(service.config(api=resolve.api(request)))

    @api.get("/info", summary="What the API takes and returns")
    async def get_info(request: Request, serialize: bool = False) -> Response:
        return json_response(info(service.blocks, api=resolve.api(request)))

    @api.get("/startup-events", summary="Always true: an environment that answers has started")
    async def get_startup_events() -> bool:
        return True

    @api.get("/app_id", summary="The app's number")
    async def get_app_id() -> dict[str, int]:
        return {"app_id": 0}

    @api.get("/login_check", summary="Nothing: who gets here has passed the front door")
    async def get_login_check() -> None:
        return None


def _add_run(api: APIRouter, service: Service) -> None:
    @api.post("/run/{api_name}", summary="Call and wait for the answer", response_model=RunOutput)
    @api.post("/api/{api_name}", include_in_schema=False)
    async def post_run(api_name: str, body: RunBody, request: Request) -> Response:
        identity = identify(request, body.session_hash, service.signer)
        page = resolve.page(service, request, identity, body.fn_index)
        _, endpoint = resolve.found(page, fn_index=body.fn_index, api_name=api_name)
        notices: list[Said] = []
        event = body.event()
        call = resolve.call(service, request, identity, body.data, event=event, notice=notices.append, page=page)
        await service.workers.check(endpoint, call, service.warm_store)
        step = await service.workers.result(endpoint, call, service.warm_store)
        output = {**messages.output(step), "used_cache": None}
        logs = [messages.logged(notice) for notice in notices if isinstance(notice, Notice)]
        if logs:
            output["logs"] = logs
        return json_response(output, headers=identity.headers(step.version))


def _add_queue(api: APIRouter, service: Service) -> None:
    @api.post("/queue/join", summary="Queue a call", response_model=EventId)
    async def post_join(body: RunBody, request: Request) -> Response:
        identity = identify(request, body.session_hash, service.signer)
        page = resolve.page(service, request, identity, body.fn_index)
        listener, endpoint = resolve.found(page, fn_index=body.fn_index, api_name=None)
        await service.workers.check(endpoint, resolve.call(service, request, identity, body.data), service.warm_store)
        event_id = secrets.token_hex(16)
        mailbox = Mailbox(service.warm_store, _session(identity))
        queued = {"data": body.data, "fn_index": listener.id, **body.event()}
        pause = mailbox.join(event_id, queued, backoff=Backoff(deadline(request)))
        if _session(identity).kind == "hash":  # our page looks again by itself
            await asyncio.sleep(pause)
        return json_response({"event_id": event_id}, headers=identity.headers())

    @api.get("/queue/data", summary="Run a session's queued calls and stream their messages")
    async def get_data(request: Request, session_hash: str | None = None) -> Response:
        identity = identify(request, session_hash, service.signer)

        def prepare(queued: dict[str, Any]) -> tuple[Endpoint, Call]:
            page = resolve.page(service, request, identity, queued["fn_index"])
            _, endpoint = resolve.found(page, fn_index=queued["fn_index"], api_name=None)
            return endpoint, resolve.call(service, request, identity, queued["data"], event=queued, page=page)

        mailbox = Mailbox(service.warm_store, _session(identity))
        stream = Stream(service, mailbox, QueueFormat(), deadline(request), prepare, received(request))
        return EventStream(stream.blocks(), identity.headers())

    @api.post("/cancel", summary="End a queued or running call", response_model=Success)
    async def post_cancel(body: CancelBody, request: Request) -> Response:
        identity = identify(request, body.session_hash, service.signer)
        Mailbox(service.warm_store, _session(identity)).cancel(body.event_id, backoff=Backoff(deadline(request)))
        return json_response({"success": True})


def _add_call(api: APIRouter, service: Service) -> None:
    @api.post("/call/v2/{api_name}", summary="Queue a call by named inputs", response_model=EventId)
    async def post_call_by_name(api_name: str, body: dict[str, Any], request: Request) -> Response:
        listener, endpoint = resolve.found(service.blocks, fn_index=None, api_name=api_name)
        return await queue(endpoint, listener.id, CallBody(data=resolve.by_name(listener, body)), request)

    @api.post("/call/{api_name}", summary="Queue a call", response_model=EventId)
    async def post_call(api_name: str, body: CallBody, request: Request) -> Response:
        listener, endpoint = resolve.found(service.blocks, fn_index=None, api_name=api_name)
        return await queue(endpoint, listener.id, body, request)

    async def queue(endpoint: Endpoint, fn_index: int, body: CallBody, request: Request) -> Response:
        identity = identify(request, body.session_hash, service.signer)
        await service.workers.check(endpoint, resolve.call(service, request, identity, body.data), service.warm_store)
        event_id = secrets.token_hex(16)
        queued = {"data": slots(endpoint, body.data), "fn_index": fn_index, "session": None, "name": identity.name}
        queued["call_id"] = body.call_id
        if identity.session is not None:  # the second request brings the event's id only
            queued["session"] = identity.session.digest()
        _event_mailbox(service, event_id).join(event_id, queued, backoff=Backoff(deadline(request)))
        return json_response({"event_id": event_id}, headers=identity.headers())

    @api.get("/call/v2/{api_name}/{event_id}", summary="Run a queued call and stream its results")
    @api.get("/call/{api_name}/{event_id}", summary="Run a queued call and stream its results")
    async def get_call(api_name: str, event_id: str, request: Request) -> Response:
        def prepare(queued: dict[str, Any]) -> tuple[Endpoint, Call]:
            _, endpoint = resolve.found(service.blocks, fn_index=queued["fn_index"], api_name=None)
            session = SessionId(DIGEST, queued["session"]) if queued["session"] else None
            identity = Identity(session, queued["name"], None, None)
            return endpoint, resolve.call(service, request, identity, queued["data"], event=queued)

        mailbox = _event_mailbox(service, event_id)
        stream = Stream(service, mailbox, CallFormat(), deadline(request), prepare)

        async def blocks() -> AsyncGenerator[bytes, None]:
            try:
                mailbox.must_know(event_id)
            except NotFound as error:
                yield stream.format.block({"event": "error", "data": str(error)})
                return
            async with aclosing(stream.blocks()) as found:
                async for block in found:
                    yield block

        return EventStream(blocks())


def _add_component(api: APIRouter, service: Service) -> None:
    @api.post("/component_server", summary="Call a function of an HTML component's script")
    @api.post("/component_server/", include_in_schema=False)
    async def post_component_server(body: ServerBody, request: Request) -> Response:
        identity = identify(request, body.session_hash, service.signer)
        page = resolve.page(service, request, identity, body.component_id)
        endpoint, data = resolve.of_component(page, body.component_id, body.fn_name, body.data)
        call = resolve.call(service, request, identity, data, page=page)
        step = await service.workers.result(endpoint, call, service.warm_store)
        return json_response(step.data[0], headers=identity.headers(step.version))


def _add_session(api: APIRouter, service: Service) -> None:
    @api.post("/reset", summary="Forget a call; nothing needs to be done", response_model=Success)
    async def post_reset(body: ResetBody) -> Response:
        return json_response({"success": True})

    @api.post("/session/reset", summary="End the session: its State starts anew", response_model=Success)
    async def post_session_reset(request: Request, session_hash: str | None = None) -> Response:
        session = _session(identify(request, session_hash, service.signer))
        ended = reset_session(service.warm_store, session, [state.variable for state in service.blocks.states])
        return json_response({"success": ended})

    @api.get("/heartbeat/{session_hash}", summary="One sign of life; keeps no invocation running")
    async def get_heartbeat(session_hash: str) -> Response:
        return Response(b"data: ALIVE\n\n", media_type=EVENT_STREAM)


def _session(identity: Identity) -> SessionId:
    if identity.session is None:
        raise MalformedRequest("Session hash not found.")
    return identity.session


def _event_mailbox(service: Service, event_id: str) -> Mailbox:
    """Return the mailbox of one ``/call``: its answer may be asked for again for a while."""
    return Mailbox(service.warm_store, SessionId("event", event_id), shared=True)
