"""The same script served twice: by real Gradio, and by the adapter on three environments that do not live long."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.dev import ROOT, dev_server

GRADIO = ROOT / ".venv-gradio/bin/python"
SERVER = Path(__file__).with_name("gradio_server.py")

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"}
"""Keeps Gradio from reporting its use, and from asking for anything beyond this machine."""


class RealGradio:
    """A process of real Gradio that serves any number of scripts."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log
        self._urls: dict[Path, str] = {}
        self._asking = threading.Lock()

    def url(self, script: Path) -> str:
        """Return the address of ``script``, which is served from now on."""
        with self._asking:
            if script not in self._urls:
                assert self._process.stdin is not None
                assert self._process.stdout is not None
                self._process.stdin.write(f"{script}\n")
                self._process.stdin.flush()
                line = self._process.stdout.readline()
                assert line, f"Gradio ended:\n{self._log.read_text(encoding='utf-8')}"
                answer = json.loads(line)
                assert "url" in answer, f"Gradio does not serve {script}:\n{answer['failed']}"
                self._urls[script] = answer["url"]
            return self._urls[script]


@contextmanager
def real_gradio(folder: Path) -> Iterator[RealGradio]:
    """Run real Gradio until the block ends; its log and files are kept in ``folder``."""
    log = folder / "gradio.log"
    variables = {**os.environ, **QUIET, "GRADIO_TEMP_DIR": str(folder / "files")}
    variables.pop("PYTHONPATH", None)
    with log.open("w", encoding="utf-8") as written:
        process = subprocess.Popen(
            [GRADIO, SERVER],
            cwd=folder,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
        )
        with process:
            try:
                yield RealGradio(process, log)
            finally:
                process.kill()


@contextmanager
def the_adapter(script: Path, *, recycle: int = 7) -> Iterator[str]:
    """Run ``adapter dev SCRIPT --as-gradio`` until the block ends; gives its address.

    Args:
        script: says ``import gradio``.
        recycle: after how many invocations each of its three environments is killed.
    """
    with dev_server(script, "--as-gradio", "--no-reload", "--environments", "3", "--recycle", str(recycle)) as server:
        yield server.url
