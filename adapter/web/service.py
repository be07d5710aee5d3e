"""What the routes of one app share."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request

from adapter.app.blocks import Blocks
from adapter.app.release.agreement import agree
from adapter.components.base import Component
from adapter.errors import ConfigurationError
from adapter.files import FileStore, open_files, static
from adapter.files.own import OwnFiles, claimed
from adapter.gradio_api.config import config
from adapter.settings import Settings
from adapter.state.open_apps import use_warm_store
from adapter.state.stores import open_store
from adapter.state.stores.base import StateStore
from adapter.state.warm_store import WarmStore
from adapter.web.tokens import SessionSigner
from adapter.web.workers import InPlace, Workers


@dataclass(frozen=True, slots=True)
class Service:
    """An app and what it runs on.

    Attributes:
        blocks: the app.
        warm_store: where its state is.
        signer: of session tokens.
        files: uploaded files; ``None`` where no place is set for them.
        settings: of the deployment.
        own: what its page shows and runs of its own.
        workers: where its calls run.
    """

    blocks: Blocks
    warm_store: WarmStore
    signer: SessionSigner
    files: FileStore | None
    settings: Settings
    own: OwnFiles
    workers: Workers = field(default_factory=InPlace)

    @property
    def show_error(self) -> bool:
        """Whether the text of a function's own exception may be shown to visitors."""
        chosen = self.settings.show_error
        return self.blocks.show_error if chosen is None else chosen

    @property
    def max_file_bytes(self) -> int:
        """The largest file of a visitor's, by whatever way it comes."""
        chosen = self.blocks.max_file_bytes
        most = self.settings.max_file_bytes
        return most if chosen is None else min(most, chosen)

    @property
    def max_direct_bytes(self) -> int | None:
        """The largest file that a page may send to the store itself; ``None`` where all come through the API."""
        return self.max_file_bytes if self.files is not None and self.files.direct else None

    def config(self, *, api: str | None = None) -> dict[str, Any]:
        """Return what clients and pages read before anything else.

        Args:
            api: the API's public address, for the addresses of the page's own files; ``None`` leaves them out.
        """
        most, direct = self.settings.max_upload_bytes, self.max_direct_bytes
        return config(self.blocks, max_file_size=most, max_direct_size=direct, api=api)

    def let_go(self) -> None:
        """Close connections and forget what is kept warm: to be called where time and place may have jumped."""
        self.warm_store.store.disconnect()
        self.warm_store.cache.clear()


def service_of(request: Request) -> Service:
    """Return the service of the app that answers ``request``: of one that is mounted, its own."""
    service: Service = request.app.state.service
    return service


def open_service(
    blocks: Blocks, settings: Settings, *, store: StateStore | None = None, workers: Workers | None = None
) -> Service:
    """Open the app's store and files, and make GlobalStates use the same store.

    Args:
        blocks: the app.
        settings: of the deployment.
        store: of its state, where it is open already.
        workers: where its calls run; in place if left out.

    Raises:
        ConfigurationError: on Lambda without session keys, or with a store that does not exist.
    """
    keys = settings.session_keys
    if not keys:
        if settings.on_lambda:
            raise ConfigurationError(
                "ADAPTER_SESSION_KEYS is not set; every execution environment must sign with the same secret."
            )
        keys = (secrets.token_urlsafe(32),)  # one process, in memory: good for as long as it lives
    if blocks.parts:  # what they draw may change any of the page's components
        for component in blocks.blocks.values():
            if isinstance(component, Component):
                component.may_change = True
    if blocks.max_file_bytes is not None:
        settings = replace(settings, max_upload_bytes=min(settings.max_upload_bytes, blocks.max_file_bytes))
    files = open_files(settings.files, life_seconds=settings.files_ttl_seconds) if settings.files else None
    warm_store = WarmStore(
        store or open_store(settings.store, state_bucket=settings.state_bucket),
        app=settings.app,
        session_ttl_seconds=settings.session_ttl_seconds,
        files=files,
    )
    agree(blocks, settings, warm_store)  # before values of the modules become shared ones, which begin with them
    _share_globals(blocks, settings.share_globals)
    use_warm_store(warm_store, lambda: _globals_named(blocks))
    own = OwnFiles(
        blocks.own_names | claimed(),
        lambda: config(blocks),
        folders=blocks.allowed_folders,
        static=(*static.folders, *blocks.static_folders),
    )
    return Service(blocks, warm_store, SessionSigner(keys), files, settings, own, workers or InPlace())


def _globals_named(blocks: Blocks) -> set[str]:
    """Return the names of the GlobalStates and GlobalCounters that the app's functions use."""
    from adapter.state.references import globals_named  # only where several apps are open

    return globals_named(_functions(blocks))


def _share_globals(blocks: Blocks, wanted: bool | Sequence[str]) -> None:
    """Share the module-level data that the app's functions change, where it is wanted."""
    if not wanted:
        return
    from adapter.app.plain_globals.sharing import bound_anew, share  # only where it is wanted

    shared = share(wanted, blocks, _functions(blocks))
    for listener in blocks.listeners:
        if listener.endpoint is not None:
            listener.endpoint.fn = bound_anew(listener.endpoint.fn, shared.values())
            listener.endpoint.validator = bound_anew(listener.endpoint.validator, shared.values())


def _functions(blocks: Blocks) -> list[Any]:
    """Return what the app calls."""
    endpoints = [listener.endpoint for listener in blocks.listeners if listener.endpoint is not None]
    functions = [one for endpoint in endpoints for one in (endpoint.fn, endpoint.validator)]
    components = list(blocks.blocks.values())
    functions += [getattr(one, "load_fn", None) for one in components]
    functions += [fn for one in components for fn in getattr(one, "server_functions", {}).values()]
    functions += [part.fn for part in blocks.parts]
    functions += [fn for state in blocks.states for fn in (state.variable.default, state.variable.delete_callback)]
    return functions
