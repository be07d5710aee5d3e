"""Error class → HTTP status and body, in one table."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from adapter.errors import (
    AdapterError,
    AlreadyApplied,
    BadRequest,
    CannotStore,
    Error,
    FunctionFailed,
    InvalidInput,
    InvalidToken,
    MalformedRequest,
    NotAllowed,
    NotFound,
    StateConflict,
    StoreError,
    TooLarge,
    ValidationFailed,
)
from adapter.gradio_api.json import dumps
from adapter.gradio_api.messages import error_shown
from adapter.telemetry.invocation import Figure, count
from adapter.web.service import Service

logger = logging.getLogger("adapter.web")

STATUS: tuple[tuple[type[AdapterError], int], ...] = (
    (MalformedRequest, 400),
    (InvalidToken, 401),
    (NotAllowed, 403),
    (NotFound, 404),
    (StateConflict, 409),
    (AlreadyApplied, 410),
    (TooLarge, 413),
    (InvalidInput, 422),
    (CannotStore, 422),
    (Error, 500),  # what Gradio's JavaScript client expects of an error in a function
    (FunctionFailed, 500),
    (StoreError, 503),
)
"""The first entry that fits counts; what stands in none is 500."""


def status_of(error: AdapterError) -> int:
    """Return the HTTP status of ``error``."""
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def answer(error: AdapterError, *, show_error: bool) -> Response:
    """Return the response for ``error``: ``error`` for Gradio's clients, ``detail`` for what reads FastAPI's form."""
    report(error)
    shown = error_shown(error, show_error=show_error)
    detail = error.results if isinstance(error, ValidationFailed) else shown["error"]
    return json_response({**shown, "detail": detail}, status=status_of(error))


def report(error: AdapterError) -> None:
    """Log and count what the operator must know: a function's own exception, and what the store refused."""
    count(_figure(error))
    if isinstance(error, FunctionFailed | StoreError | CannotStore) or status_of(error) == 500:
        if not (isinstance(error, Error) and not error.print_exception):
            logger.error("a call failed: %s", error, exc_info=error)
    else:
        logger.info("a call was refused (%d): %s", status_of(error), error)


def _figure(error: AdapterError) -> Figure:
    if isinstance(error, StateConflict):
        return Figure.UNRESOLVED_CONFLICTS
    if isinstance(error, BadRequest | Error):  # an `Error` is a function's word to its visitor
        return Figure.REFUSALS
    return Figure.FAILURES


def json_response(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return ``body`` as JSON."""
    return Response(dumps(body), status_code=status, headers=headers, media_type="application/json")


def add_error_handlers(app: FastAPI, service: Service) -> None:
    """Make ``app`` answer every error by the table."""

    async def known(_: Request, error: Exception) -> Response:
        assert isinstance(error, AdapterError)
        return answer(error, show_error=service.show_error)

    async def malformed(_: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        wrong = f"{where}: {first['msg']}."
        if where == "body":
            wrong = "the body is no JSON object; send one, with content-type: application/json."
        return answer(MalformedRequest(wrong), show_error=service.show_error)

    async def routed(_: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        body = {"error": error.detail, "detail": error.detail, "duration": 10, "visible": True, "title": "Error"}
        return json_response(body, status=error.status_code, headers=dict(error.headers or {}))

    async def unknown(_: Request, error: Exception) -> Response:
        failure = FunctionFailed("the adapter failed")
        failure.__cause__ = error
        return answer(failure, show_error=service.show_error)

    app.add_exception_handler(AdapterError, known)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(HTTPException, routed)
    app.add_exception_handler(Exception, unknown)
