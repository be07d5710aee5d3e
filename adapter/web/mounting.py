"""Apps inside another ASGI app, which is their host."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Unpack

from fastapi import FastAPI

from adapter.app import launching
from adapter.app.blocks import Blocks
from adapter.files.sizes import in_bytes
from adapter.settings import Settings
from adapter.web.app import create_app
from adapter.web.mounts import mounted


def mount_gradio_app(
    app: FastAPI,
    blocks: Blocks,
    path: str,
    server_name: str = "0.0.0.0",  # noqa: S104 - Gradio's default, which nothing listens on
    server_port: int = 7860,
    *,
    auth: Any = None,
    auth_message: str | None = None,
    show_error: bool = True,
    **options: Unpack[launching.LaunchOptions],
) -> FastAPI:
    """Serve ``blocks`` below ``path`` of ``app``, which any ASGI server runs, and `handler` on Lambda; return ``app``.

    Where another server runs it, functions run in threads: the host's other routes answer meanwhile. Apps that are
    mounted into one host have sessions of their own, and share GlobalStates.

    Args:
        app: any FastAPI app.
        blocks: the app with the page.
        path: where its page is, such as ``"/chat"``.
        server_name, server_port, auth_message: taken for Gradio's sake.
        auth: refused: see Raises.
        show_error: whether the text of a function's own exception is shown to visitors.
        options: as those of ``Blocks.launch``.

    Raises:
        ConfigurationError: a setting is wrong.
        NotAvailable: ``auth=``: nobody would be asked for the password.
    """
    launching.check({"auth": auth, **options})
    blocks.dress(launching.look(options))
    blocks.show_error = show_error
    blocks.max_file_bytes = in_bytes("max_file_size", options.get("max_file_size")) or blocks.max_file_bytes
    blocks.allowed_folders += [Path(one).resolve() for one in options.get("allowed_paths") or ()]
    settings = Settings.from_environment()
    others = [service.warm_store.store for _, service in mounted(app) if service.settings.store == settings.store]
    alone = settings.on_lambda or settings.in_environment  # which answer one request after the other
    served = create_app(blocks, settings, store=others[0] if others else None, in_threads=not alone)
    app.mount(path.rstrip("/"), served)
    return app
