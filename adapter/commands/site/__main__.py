"""``python -m adapter.commands.site APP FILE``: run APP and write what its page is made of into FILE.

A process of its own for each app: what one imports cannot be taken for a module of the next one.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from adapter.commands.site.packages import RELEASE
from adapter.components.page_assets import own_modules, own_scripts
from adapter.errors import AdapterError, ConfigurationError
from adapter.gradio_api.config import config
from adapter.gradio_api.json import dumps


def main(app: str, file: str, *options: str) -> None:
    """Write the name and the config of ``app`` into ``file``, as JSON.

    Raises:
        ConfigurationError: it has no page.
    """
    from adapter.commands.dev.loader import load, locate

    if "--as-gradio" in options:
        from adapter.commands.dev import as_gradio

        as_gradio.install()
    environ = os.environ  # noqa: TID251 - written where the settings are read
    environ.pop("ADAPTER_STATE_BUCKET", None)
    # A page is made without any state: no store is opened, and launch() starts no server.
    environ.update(ADAPTER_ENVIRONMENT="1", ADAPTER_STORE="memory:", ADAPTER_FILES=str(Path(file).parent / "files"))
    # What it drew when it was built, if it was; else it draws for itself, into a folder that goes away.
    environ["ADAPTER_RELEASE_FOLDER"] = str(Path(file).parent / RELEASE)
    target = locate(app)
    handler = load(target)
    services = list(getattr(handler, "services", {}).values())
    if len(services) > 1:
        raise ConfigurationError(f"{app} mounts {len(services)} pages; give each as an app of its own to export it.")
    if not services:
        raise ConfigurationError(f"{app} is a plain Lambda function without a page; give an Interface or Blocks.")
    [service] = services
    most, direct = service.settings.max_upload_bytes, service.max_file_bytes
    read = config(service.blocks, max_file_size=most, max_direct_size=direct)
    modules = {name: str(place) for name, place in own_modules.places(service.own).items()}
    scripts = {name: content.decode() for name, content in own_scripts.contents(service.own).items()}
    Path(file).write_bytes(dumps({"name": target.name, "config": read, "modules": modules, "scripts": scripts}))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except AdapterError as error:
        sys.exit(f"adapter: {error}")
