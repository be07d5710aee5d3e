"""What ``launch()`` is told: how the app is served, what its page looks like, and what is not for here."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypedDict, cast

from adapter.components.page_assets import own_scripts
from adapter.errors import ConfigurationError, NotAvailable
from adapter.settings import Settings
from adapter.themes.base import Base
from adapter.themes.ready import READY
from adapter.themes.stylesheet import unheeded

logger = logging.getLogger("adapter.app.launching")

Paths = str | Path | Sequence[str | Path]


class PageOptions(TypedDict, total=False):
    """What the page looks like; taken by ``launch`` and by ``Blocks``, which a handler needs no ``launch`` for."""

    theme: Base | str | None
    css: str | None
    css_paths: Paths | None
    js: str | bool | None
    head: str | None
    head_paths: Paths | None


class LaunchOptions(PageOptions, total=False):
    """Gradio's other arguments of ``launch``."""

    height: int
    width: int | str
    favicon_path: str | Path | None
    ssl_keyfile: str | None
    ssl_certfile: str | None
    ssl_keyfile_password: str | None
    ssl_verify: bool
    quiet: bool
    footer_links: Sequence[Any] | None
    run_history: bool | None
    allowed_paths: Sequence[str] | None
    blocked_paths: Sequence[str] | None
    root_path: str | None
    app_kwargs: dict[str, Any] | None
    state_session_capacity: int
    share_server_address: str | None
    share_server_protocol: str | None
    share_server_tls_certificate: str | None
    auth_dependency: Callable[..., Any] | None
    max_file_size: str | int | None
    enable_monitoring: bool | None
    strict_cors: bool
    node_server_name: str | None
    node_port: int | None
    ssr_mode: bool | None
    pwa: bool | None
    mcp_server: bool | None
    num_workers: int | None
    i18n: Any


NOTED = {
    "app_kwargs": "they are of Gradio's own server",
    "enable_monitoring": "CloudWatch has the figures",
    "favicon_path": "the page has an icon of its own",
    "footer_links": "the page has a footer of its own",
    "mcp_server": "let an MCP server call the app's API",
    "pwa": "the page cannot be installed",
    "root_path": "set ADAPTER_ROOT_PATH where the front door does not tell the prefix",
    "share": "nobody else can reach this machine; deploy the app: sam build && sam deploy",
    "ssl_keyfile": "the dev server speaks plain HTTP; on AWS the front door speaks HTTPS",
}
"""Options without which an app still is what it is: a line in the log says that they do nothing, and why."""

REFUSED = {
    "auth": "it would leave the app open; let the front door (an API Gateway authorizer) log visitors in",
    "auth_dependency": "it would leave the app open; let the front door (an API Gateway authorizer) log visitors in",
    "blocked_paths": "keep out of the app's folder what must not be shown",
}
"""Options without which an app would do what its author does not want."""

LAUNCHED = "__adapter_launched__"
"""Where a script that the dev server runs notes what it has launched, the last one last."""

NO_RELOAD = True
"""Whether the script runs for the first time: always, since a change starts new environments."""


class Launched(BaseException):
    """Raise at ``launch()`` in a script that the dev server runs: what follows is for when its server has ended."""


def check(options: Mapping[str, Any]) -> None:
    """Refuse or note the options of ``launch`` that have no effect here, but for those of the page.

    Raises:
        NotAvailable: the app would not do what it is told.
    """
    for name, remedy in REFUSED.items():
        if options.get(name):
            raise NotAvailable(f"launch({name}=…) is not available: {remedy}.")
    note({name: value for name, value in options.items() if name not in PageOptions.__annotations__})


def note(options: Mapping[str, Any]) -> None:
    """Say of the options that are given and do nothing why that is so."""
    for name, remedy in NOTED.items():
        if options.get(name):
            logger.warning("%s=… does nothing: %s.", name, remedy)


def look(options: LaunchOptions) -> PageOptions:
    """Return those of the options that say what the page looks like."""
    found = {name: value for name, value in options.items() if name in PageOptions.__annotations__}
    return cast(PageOptions, found)


def theme_of(given: Base | str | None) -> Base | None:
    """Return the theme that ``theme=`` means; ``None`` for the page's own look, which an unknown name leaves, too."""
    if given is None:
        return None
    if isinstance(given, str):
        kind = READY.get(given.strip().lower().removeprefix("gradio/"))
        if kind is None:
            logger.warning("theme=%r does nothing: there is %s.", given, ", ".join(READY))
            return None
        given = kind()
    if not isinstance(given, Base):
        raise ConfigurationError(f"theme is {given!r}; give a name, or a theme such as gr.themes.Soft().")
    if given.asked_fonts:
        names = ", ".join(font.name for font in given.asked_fonts)
        logger.warning("The theme's fonts are not loaded: only who has %s installed sees it.", names)
    if names := ", ".join(unheeded(given)):
        logger.warning("Of the theme's variables, these are there for CSS, and change nothing else: %s.", names)
    return given


def text_of(option: str, given: str | None, paths: Paths | None) -> str | None:
    """Return the text of ``css=`` or ``head=``, and of the files of ``css_paths=`` or ``head_paths=``.

    Raises:
        ConfigurationError: one of the files is not there.
    """
    texts = [given] if given else []
    for path in [paths] if isinstance(paths, str | Path) else paths or ():
        if not Path(path).is_file():
            raise ConfigurationError(f"{option}_paths has {str(path)!r}, which is not there; correct the path.")
        texts.append(Path(path).read_text("utf-8"))
    return "\n".join(texts) or None


def scripts_of(js: str | None, head: str | None) -> dict[str, Any] | None:
    """Return what the page is to load and run for ``js=`` and ``head=``; ``None`` for nothing."""
    found: dict[str, Any] = {}
    if head:
        from adapter.components.page_assets import head as parts_of_head  # which few apps need

        found["head"] = parts_of_head.parts(head)
    if js:
        found["load"] = own_scripts.function(js)
    return {name: value for name, value in found.items() if value} or None


class LaunchedApp:
    """The ASGI app of a page as ``launch()`` returns it: built when it is used, as most scripts do not.

    Args:
        demo: the page.
    """

    def __init__(self, demo: Any) -> None:
        self._demo = demo

    def __getattr__(self, name: str) -> Any:
        return getattr(self._demo.app, name)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as the ASGI app does."""
        await self._demo.app(scope, receive, send)


class Server:
    """The dev server, where ``launch`` has to start one.

    Args:
        name: the address to listen on.
        port: the port; ``None`` for the first free one from 7860.

    Raises:
        ConfigurationError: there is no script file to serve.
    """

    def __init__(self, name: str | None, port: int | None) -> None:
        script = getattr(sys.modules["__main__"], "__file__", None)
        if script is None or not Path(script).is_file():
            raise ConfigurationError("launch() found no script file to serve; save the app as a file and run it.")
        self.command = [sys.executable, "-m", "adapter", "dev", script, "--host", name or "127.0.0.1"]
        if port is not None:
            self.command += ["--port", str(port)]
        self._process: subprocess.Popen[str] | None = None

    def run(self) -> int:
        """Serve to the end and return the status; Ctrl-C is the server's to handle."""
        with subprocess.Popen(self.command) as server:
            while True:
                try:
                    return server.wait()
                except KeyboardInterrupt:
                    continue

    def start(self) -> str:
        """Serve on; return the address when the server answers.

        Raises:
            ConfigurationError: it ended instead.
        """
        self._process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        running.append(self)
        assert self._process.stdout is not None
        for line in self._process.stdout:
            sys.stdout.write(line)
            address = re.search(r"https?://\S+", line)
            if address is not None:
                # Somebody must go on reading, or the server would stop at a full pipe.
                rest: Iterable[str] = self._process.stdout
                threading.Thread(target=sys.stdout.writelines, args=(rest,), daemon=True).start()
                return address[0].rstrip("/") + "/"
        raise ConfigurationError(f"the dev server ended with status {self._process.wait()}; its message stands above.")

    def stop(self) -> None:
        """End the server, if it runs."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate()
            self._process = None
        if self in running:
            running.remove(self)


running: list[Server] = []
"""The servers that this process started and that go on."""


def close_all(verbose: bool = True) -> None:
    """End all servers that ``launch(prevent_thread_lock=True)`` started in this process."""
    for server in running[:]:
        server.stop()


def in_environment() -> bool:
    """Return whether this process serves apps, so that ``launch`` must not start a server."""
    settings = Settings.from_environment()
    return settings.in_environment or settings.on_lambda


def leave_script(demo: Any, *, stop: bool = True) -> None:
    """End a script that the dev server runs, which is told what was launched; on Lambda, go on.

    Args:
        demo: the app that was launched: a Blocks, or an ASGI app.
        stop: whether the script ends here; not in a thread of its own.
    """
    launched: list[Any] | None = vars(sys.modules["__main__"]).get(LAUNCHED)
    if launched is not None and Settings.from_environment().in_environment:
        launched.append(demo)
        if stop:
            raise Launched
