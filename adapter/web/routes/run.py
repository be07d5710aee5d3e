"""Calls whose answer is waited for."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from adapter.calls.notices import Notice, Said
from adapter.gradio_api import messages
from adapter.gradio_api.models import RunBody, RunOutput
from adapter.web.errors import json_response
from adapter.web.identity import identify
from adapter.web.resolve import find_listener, make_call, page_for
from adapter.web.routes.router import api_router
from adapter.web.service import service_of

router = api_router()


@router.post("/run/{api_name}", summary="Call and wait for the answer", response_model=RunOutput)
@router.post("/api/{api_name}", include_in_schema=False)
async def post_run(api_name: str, body: RunBody, request: Request) -> Response:
    service = service_of(request)
    identity = identify(request, body.session_hash, service.signer)
    page = page_for(service, request, identity, body.fn_index)
    _, endpoint = find_listener(page, fn_index=body.fn_index, api_name=api_name)
    notices: list[Said] = []
    event = body.event()
    call = make_call(service, request, identity, body.data, event=event, notice=notices.append, page=page)
    await service.workers.check(endpoint, call, service.warm_store)
    step = await service.workers.result(endpoint, call, service.warm_store)
    output = {**messages.output(step), "used_cache": None}
    logs = [messages.logged(notice) for notice in notices if isinstance(notice, Notice)]
    if logs:
        output["logs"] = logs
    return json_response(output, headers=identity.headers(step.version))
