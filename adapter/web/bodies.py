"""Request bodies, read as strictly as the answers are written."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from adapter.errors import MalformedRequest
from adapter.gradio_api.json import loads


class JsonRequest(Request):
    """A request whose JSON may not hold NaN, infinities or half a surrogate pair, which answers cannot hold."""

    async def json(self) -> Any:
        try:
            return loads(await self.body())
        except MalformedRequest as error:
            raise HTTPException(400, str(error)) from error  # FastAPI takes any other error for one of its own


class JsonRoute(APIRoute):
    """A route that reads its body by `JsonRequest`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def read(request: Request) -> Response:
            return await answer(JsonRequest(request.scope, request.receive))

        return read
