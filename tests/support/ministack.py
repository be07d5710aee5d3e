"""An emulator of AWS in a process of its own, for what an emulator inside the test process cannot show: concurrency."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-ministack"
PATIENCE_SECONDS = 60.0


@contextmanager
def running_ministack(host: str = "127.0.0.1", **variables: str) -> Iterator[str]:
    """Start the emulator on a free port and give its address, without a slash at the end.

    Without its environment the test is skipped; under ``CI=true`` it fails.

    Args:
        host: the address of this machine to listen on: the loopback's, or one that containers reach.
        variables: of its environment, besides those that it always has.
    """
    if not (VENV / "bin" / "ministack").exists():
        missing = f"there is no emulator in {VENV.name}/; run scripts/setup test, which puts it there"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    port = _free_port(host)
    url = f"http://{host}:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": folder,
            "TMPDIR": folder,
            "BIND_HOST": host,
            "GATEWAY_PORT": str(port),
            "DOCKER_HOST": "tcp://127.0.0.1:1",  # nothing listens there: it must not start containers
            "LOG_LEVEL": "WARNING",
            **variables,
        }
        with (Path(folder) / "log").open("w+") as log:
            process = subprocess.Popen(
                [VENV / "bin" / "python", "-m", "ministack"], env=environment, cwd=folder, stdout=log, stderr=log
            )
            try:
                _wait_until_healthy(url, process, Path(log.name))
                yield url
            finally:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            break
        try:
            with opener.open(f"{url}/_ministack/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail(f"the emulator did not come up in {PATIENCE_SECONDS} s:\n{log.read_text()}")
