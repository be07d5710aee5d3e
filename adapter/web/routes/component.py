"""Calls that a component's own script makes."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from adapter.gradio_api.models import ServerBody
from adapter.web.errors import json_response
from adapter.web.identity import identify
from adapter.web.resolve import find_component_function, make_call, page_for
from adapter.web.routes.router import api_router
from adapter.web.service import service_of

router = api_router()


@router.post("/component_server", summary="Call a function of an HTML component's script")
@router.post("/component_server/", include_in_schema=False)
async def post_component_server(body: ServerBody, request: Request) -> Response:
    service = service_of(request)
    identity = identify(request, body.session_hash, service.signer)
    page = page_for(service, request, identity, body.component_id)
    endpoint, data = find_component_function(page, body.component_id, body.fn_name, body.data)
    call = make_call(service, request, identity, data, page=page)
    step = await service.workers.result(endpoint, call, service.warm_store)
    return json_response(step.data[0], headers=identity.headers(step.version))
