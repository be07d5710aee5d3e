"""The dev server as a whole: the port, the environments, the watcher, and how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import secrets
import signal
import socket
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from adapter.commands.dev import frames, loader
from adapter.commands.dev.fork_server import ForkServer
from adapter.commands.dev.own_data import OwnData
from adapter.commands.dev.pool import Environment, Pool
from adapter.commands.dev.process import EnvironmentProcess, LoadFailed, Start, spawned
from adapter.commands.dev.rie import RieEnvironment
from adapter.commands.dev.rie_program import find_emulator
from adapter.errors import ConfigurationError

PORTS = range(7860, 7960)
"""Tried in this order where no port is asked for, as Gradio does."""


@dataclass(frozen=True, slots=True)
class Options:
    """What ``adapter dev`` is told.

    Attributes:
        app: a script, a folder with an ``app.py``, or ``module:name``.
        port: to listen on; 0 for any free one, ``None`` for the first free one of `PORTS`.
        host: the address to listen on.
        allowed_hosts: names besides this machine's own under which a server on it answers, such as a tunnel's.
        environments: how many processes serve.
        recycle: a process is killed after so many invocations; ``None``: never.
        timeout_seconds: of an invocation; ``None``: without limit.
        store: where state is kept, as a URL; ``None``: as the environment says, or SQLite in ``.adapter``.
        as_gradio: whether ``import gradio`` in the app means this package.
        share_globals: whether module-level data that functions change is shared.
        reload: whether a changed source starts the environments anew.
        emulated: whether environments are AWS's runtime under its runtime interface emulator.
        emulator: the emulator's path; ``None``: it is looked for.
    """

    app: str
    port: int | None = None
    host: str = "127.0.0.1"
    allowed_hosts: tuple[str, ...] = ()
    environments: int = 1
    recycle: int | None = None
    timeout_seconds: float | None = 29.0
    store: str | None = None
    as_gradio: bool = False
    share_globals: bool = False
    reload: bool = True
    emulated: bool = False
    emulator: str | None = None


def serve(options: Options) -> int:
    """Serve until Ctrl-C or SIGTERM.

    Returns:
        The exit code: 0 when it was told to end, 1 when the app does not load and is not watched.

    Raises:
        ConfigurationError: there is no such app, the port is taken, or what the server needs is not installed.
    """
    for package in ("uvicorn", "watchfiles")[: 1 + options.reload]:
        if find_spec(package) is None:
            raise ConfigurationError(f'The dev server needs {package}: pip install "serverless-function-adapter[dev]"')
    target = loader.locate(options.app)
    emulator = find_emulator(options.emulator) if options.emulated else None
    with (
        _listen(options.host, options.port) as listener,
        _kept_terminal(),
        tempfile.TemporaryDirectory(prefix="adapter-release-") as releases,
    ):
        return asyncio.run(_serve(options, target, listener, emulator, Path(releases)))


async def _serve(
    options: Options, target: loader.Target, listener: socket.socket, emulator: str | None, releases: Path
) -> int:
    start = _start(options, target)
    forks = ForkServer()
    # macOS has system libraries that do not bear a fork, and Windows has no forks
    launch = forks.launch if sys.platform == "linux" else spawned

    own_data = OwnData(shares=options.share_globals)

    def tell_changed(names: list[str]) -> None:
        warning = own_data.warning(names)
        if warning is not None:
            _say(warning)

    async def new_environment() -> Environment:
        nonlocal start
        asked, start = start, replace(start, again=True)
        if emulator is None:
            return await EnvironmentProcess.start(asked, launch=launch, tell_changed=tell_changed)
        return await RieEnvironment.start(
            asked, emulator=emulator, name=target.name, timeout_seconds=options.timeout_seconds
        )

    pool = Pool(
        new_environment,
        size=options.environments,
        recycle=options.recycle,
        timeout_seconds=options.timeout_seconds,
    )

    def renew() -> None:
        """Start the environments anew, as a release of their own: the first one's draws hold for all of them."""
        nonlocal start
        folder = str(releases / secrets.token_hex(4))
        start = replace(start, overrides={**start.overrides, "ADAPTER_RELEASE_FOLDER": folder})
        pool.renew()

    told_to_end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signum, told_to_end.set)
    announcing = asyncio.create_task(_announce(options, pool, listener))
    endless: list[asyncio.Task[Any]] = [
        asyncio.create_task(told_to_end.wait(), name="end"),
        asyncio.create_task(_answer_http(options, target, pool, listener), name="http"),
    ]
    if options.reload:
        endless.append(asyncio.create_task(_reload(target.source, pool, renew), name="reload"))
        # one turn of the loop, and the folder is watched before its code is read
        await asyncio.sleep(0)
    renew()
    try:
        await asyncio.wait([announcing, *endless], return_when=asyncio.FIRST_COMPLETED)
        if announcing.done() and not announcing.result():
            return 1
        done, _ = await asyncio.wait(endless, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
        return 0
    finally:
        for task in (announcing, *endless):
            task.cancel()
        await pool.close()
        await forks.close()
        await asyncio.gather(announcing, *endless, return_exceptions=True)


def _start(options: Options, target: loader.Target) -> Start:
    kept = Path.cwd() / ".adapter"
    if not kept.exists():
        kept.mkdir()
        (kept / ".gitignore").write_text("*\n")
    with contextlib.suppress(PermissionError):  # another user's, which he has opened for this one
        kept.chmod(0o700)  # what visitors told an app is nobody else's business on this machine
    defaults = {
        "ADAPTER_APP": target.name,
        "ADAPTER_STORE": f"sqlite://{kept / 'state.db'}",
        "ADAPTER_FILES": str(kept / "files"),
        "ADAPTER_SESSION_KEYS": secrets.token_urlsafe(32),
    }
    if not options.emulated:  # AWS's own runtime keeps Lambda's limit
        from adapter.commands.dev.front_door import UPLOAD_BYTES

        defaults["ADAPTER_MAX_UPLOAD_BYTES"] = str(UPLOAD_BYTES)
    overrides = {"ADAPTER_ENVIRONMENT": "1"}
    if options.store is not None:
        overrides["ADAPTER_STORE"] = options.store
    if options.share_globals:
        overrides["ADAPTER_SHARE_GLOBALS"] = "1"
    return Start(target, defaults, overrides, options.as_gradio)


async def _answer_http(options: Options, target: loader.Target, pool: Pool, listener: socket.socket) -> None:
    import uvicorn

    from adapter.commands.dev.front_door import FrontDoor
    from adapter.commands.dev.hosts import Hosts

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            # signals are this module's
            yield

    hosts = Hosts(options.host, options.allowed_hosts)
    door: Any = FrontDoor(
        pool,
        name=target.name,
        timeout_seconds=options.timeout_seconds,
        hosts=hosts,
        takes_large_uploads=not options.emulated,
    )
    config = uvicorn.Config(
        door,
        interface="asgi3",
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )
    await Server(config).serve(sockets=[listener])


async def _reload(folder: str, pool: Pool, renew: Callable[[], None]) -> None:
    from adapter.commands.dev.reload import watch

    checking: set[asyncio.Task[None]] = set()

    async def check() -> None:
        try:
            await pool.settled()
        except LoadFailed as failure:
            _say(f"The app does not load: {failure}")
        else:
            _say("The new code serves.")

    def changed(paths: list[str]) -> None:
        for task in checking:
            task.cancel()
        _say(f"{', '.join(paths)} changed: starting anew.")
        renew()
        task = asyncio.create_task(check())
        checking.add(task)
        task.add_done_callback(checking.discard)

    await watch(folder, changed)


async def _announce(options: Options, pool: Pool, listener: socket.socket) -> bool:
    """Say where and with what the app is served, as soon as it is; return whether it can go on."""
    address = _address(listener)
    try:
        report = await pool.settled()
    except LoadFailed as failure:
        if not options.reload:
            _say(f"{options.app} does not load: {failure}")
            return False
        print(f"Running on {address}", flush=True)
        _say(f"{options.app} does not load: {failure}. The next change of its source tries again.")
        return True
    print(_kept(options, report), flush=True)
    print(f"Running on {address}  (Ctrl-C ends it)", flush=True)
    if report.get("in_browser"):
        await asyncio.to_thread(webbrowser.open, address)
    return True


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - compared, not bound
    return f"http://{everywhere.get(host, f'[{host}]' if ':' in host else host)}:{port}"


def _kept(options: Options, report: frames.Message) -> str:
    """Return one line on what is kept where."""
    count = options.environments
    parts = [f"{count} environment{'s' if count > 1 else ''}"]
    if options.recycle is not None:
        parts[0] += f", each killed after {options.recycle} invocation{'s' if options.recycle > 1 else ''}"
    if options.emulated:
        parts.append("AWS's runtime under its interface emulator")
    store = str(report["store"])
    if store == "memory:":
        parts.append("state in each environment's own memory" if count > 1 else "state in memory")
    else:
        parts.append(f"state in {_short(store.removeprefix('sqlite://'))}")
    if report["files"]:
        parts.append(f"files in {_short(report['files'])}")
    if report["keys_in_memory"]:
        parts.append("session keys in memory: a restart of this command starts new sessions on the page")
    else:
        parts.append("session keys from ADAPTER_SESSION_KEYS")
    return " · ".join(parts)


def _short(path: str) -> str:
    here = f"{Path.cwd()}/"
    return path.removeprefix(here) if path.startswith(here) else path


def _listen(host: str, port: int | None) -> socket.socket:
    """Return a listening socket.

    Raises:
        ConfigurationError: the port is taken, or the host is no address of this machine.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise ConfigurationError(f"{host} is no address: {error.strerror}. Give --host one of this machine.") from None
    for candidate in PORTS if port is None else (port,):
        # asyncio turns Nagle's algorithm off only where the protocol is named
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((place[0], candidate))
            listener.listen(2_048)
        except OSError as error:
            listener.close()
            if port is None and error.errno == errno.EADDRINUSE:
                continue
            raise ConfigurationError(_refusal(host, candidate, error)) from None
        return listener
    raise ConfigurationError(f"Every port from {PORTS[0]} to {PORTS[-1]} on {host} is taken; give --port 0 for any.")


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken; give --port another number, or 0 for any free one."
    return f"Port {port} on {host} cannot be listened on: {error.strerror}. Give another --port or --host."


@contextlib.contextmanager
def _kept_terminal() -> Iterator[None]:
    """Give the terminal back as it was: an environment that is killed in a debugger cannot."""
    try:
        import termios

        before = termios.tcgetattr(sys.stdin)
    except (ImportError, ValueError, OSError, termios.error):
        yield
        return
    try:
        yield
    finally:
        # a process in the background would be stopped for it
        if os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp():
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def _say(line: str) -> None:
    print(f"adapter: {line}", file=sys.stderr, flush=True)
