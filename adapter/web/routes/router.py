"""What the routes of the API have in common."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from adapter.gradio_api.config import API_PREFIX
from adapter.gradio_api.models import Failure
from adapter.web.bodies import JsonRoute

FAILURES: dict[int | str, dict[str, Any]] = {"default": {"model": Failure, "description": "Why the call failed"}}
"""One entry for all statuses: FastAPI builds a model for each, at every cold start."""


def api_router() -> APIRouter:
    """Return a router for ``/gradio_api/…``, whose bodies are read strictly and whose failures are documented."""
    return APIRouter(prefix=API_PREFIX, route_class=JsonRoute, responses=FAILURES)
