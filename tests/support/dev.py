"""The dev server as a user starts it: a command in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60.0

_ADDRESS = re.compile(r"Running on (http://\S+)")


class DevServer:
    """A running ``adapter dev``.

    Attributes:
        process: the command; ended by its ``pid`` only.
        url: its address, without a slash at the end; empty until it is printed.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.url = ""
        self._lines: list[str] = []
        self._at_end = False
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        """What it and its environments have printed so far."""
        with self._changed:
            return "".join(self._lines)

    def wait_for(self, text: str, *, times: int = 1, patience_seconds: float = PATIENCE_SECONDS) -> str:
        """Wait until ``text`` stands in the output; return all of that. Fails when it cannot come any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._count(text) >= times or self._at_end, patience_seconds)
            if self._count(text) < times:
                raise AssertionError(f"the server did not print {text!r}:\n{''.join(self._lines)}")
            return "".join(self._lines)

    def _count(self, text: str) -> int:
        return "".join(self._lines).count(text)

    def type(self, text: str) -> None:
        """Type ``text`` into its terminal; for one that was started with ``takes_input``."""
        assert self.process.stdin is not None
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def end(self) -> int:
        """End it as a service manager would; return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            code = self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
        self._reader.join(PATIENCE_SECONDS)
        if self.process.stdin is not None:
            self.process.stdin.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                with self._changed:
                    self._lines.append(line)
                    found = _ADDRESS.search(line)
                    if found and not self.url:
                        self.url = found[1]
                    self._changed.notify_all()
        with self._changed:
            self._at_end = True
            self._changed.notify_all()


def started(
    app: str | Path,
    *arguments: str,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    takes_input: bool = False,
    python: str | Path = sys.executable,
) -> DevServer:
    """Start ``adapter dev APP --port 0 …`` in ``cwd`` without waiting for its address."""
    process = subprocess.Popen(
        [python, "-m", "adapter", "dev", str(app), "--port", "0", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return DevServer(process)


@contextmanager
def dev_server(
    app: str | Path,
    *arguments: str,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    python: str | Path = sys.executable,
) -> Iterator[DevServer]:
    """Run ``adapter dev APP --port 0 …`` until the block ends, from when it answers.

    Args:
        app: a path, or ``module:name``.
        arguments: further options of ``adapter dev``.
        cwd: the working folder, where ``.adapter`` is kept; a fresh one unless given.
        environment: variables to set besides this process's.
        python: the interpreter of the environment that has the app's libraries.
    """
    path = Path(app)
    with tempfile.TemporaryDirectory(prefix="adapter-dev-") as fresh:
        where = path.resolve() if path.exists() else app
        server = started(where, *arguments, cwd=cwd or Path(fresh), environment=environment, python=python)
        try:
            server.wait_for("Running on ")
            yield server
        finally:
            server.end()


@contextmanager
def running_app(
    app: str | Path, *arguments: str, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run ``adapter dev APP --port 0 …`` until the block ends; yields its address, without a slash at the end."""
    with dev_server(app, *arguments, cwd=cwd, environment=environment) as server:
        yield server.url
