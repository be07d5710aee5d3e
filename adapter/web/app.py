"""The ASGI app of a page: composition only."""

from __future__ import annotations

from fastapi import FastAPI

from adapter.app.blocks import Blocks
from adapter.settings import Settings
from adapter.state.stores.base import StateStore
from adapter.web.cors import allow_origins, refuse_other_sites
from adapter.web.errors import add_error_handlers
from adapter.web.page.docs import docs
from adapter.web.page.routes import site
from adapter.web.routes import call, component, description, files, queue, run, session
from adapter.web.service import open_service
from adapter.web.workers import InPlace, InThreads

ROUTERS = (
    description.config_router,
    description.router,
    run.router,
    queue.router,
    call.router,
    component.router,
    session.router,
    files.router,
)
"""Built once, when they are imported: all apps of a process share them, and each handler asks for its app's service."""


def create_app(
    blocks: Blocks, settings: Settings | None = None, *, store: StateStore | None = None, in_threads: bool = False
) -> FastAPI:
    """Return the ASGI app that serves ``blocks``.

    Args:
        blocks: the app.
        settings: of the deployment; read from the environment if left out.
        store: of its state, where it is open already.
        in_threads: whether its calls leave the event loop to others.

    Raises:
        ConfigurationError: the settings are wrong.
    """
    service = open_service(
        blocks,
        settings or Settings.from_environment(),
        store=store,
        workers=InThreads() if in_threads else InPlace(),
    )
    app = FastAPI(title=blocks.title, docs_url=None, redoc_url=None)
    app.state.service = service
    blocks.served = app
    add_error_handlers(app, service)
    refuse_other_sites(app, service.settings)
    allow_origins(app, service.settings)
    # Not by include_router: it builds every route's models again, at every cold start.
    app.router.routes += [*(route for router in ROUTERS for route in router.routes), *site(service)]
    if service.settings.shows_docs:
        app.router.routes.append(docs(blocks.title, openapi=app.openapi_url or ""))
    return app
