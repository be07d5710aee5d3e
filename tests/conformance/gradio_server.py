"""Serves scripts by real Gradio, several in one process, since Gradio takes seconds to import; run by .venv-gradio.

A script's path comes in on a line; its address, or what went wrong, goes out on a line of JSON. A script runs as it
would by itself, but that its server's address is chosen here and that ``launch()`` returns.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import socket
import sys
import threading
import time
import traceback
import urllib.request
import warnings
from collections.abc import Callable
from typing import Any

PATIENCE_SECONDS = 60.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Return whether there is a page at ``url``; Gradio itself gives it three seconds, which a busy machine may not."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def serving(gr: Any) -> Callable[[str], str]:
    """Return what serves a script and gives its address."""
    launch = gr.Blocks.launch
    addresses: list[str] = []

    def launched(demo: Any, *arguments: Any, **options: Any) -> Any:
        ours = {"prevent_thread_lock": True, "quiet": True, "server_name": "127.0.0.1", "server_port": free_port()}
        found = launch(demo, *arguments, **{**options, **ours})
        addresses.append(found[1].rstrip("/"))
        return found

    def run(app: Any, **_: Any) -> None:
        """Serve a host app, as its script asks uvicorn to."""
        port = free_port()
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
        threading.Thread(target=server.run, daemon=True).start()
        while not server.started:
            time.sleep(0.05)
        addresses.append(f"http://127.0.0.1:{port}")

    uvicorn: Any = importlib.import_module("uvicorn")
    uvicorn.run = run
    gr.Blocks.launch = launched
    networking: Any = importlib.import_module("gradio.networking")
    networking.url_ok = answers

    def serve(script: str) -> str:
        addresses.clear()
        sys.path[0] = os.path.dirname(script)  # as Python does for a script that it runs
        runpy.run_path(script, run_name="__main__")
        return addresses[-1]

    return serve


def main() -> None:
    """Serve what is asked for until there is nobody who asks."""
    answers, sys.stdout = sys.stdout, sys.stderr  # what the scripts and Gradio print is no answer
    warnings.simplefilter("ignore")
    serve = serving(importlib.import_module("gradio"))
    for line in sys.stdin:
        try:
            answer = {"url": serve(line.strip())}
        except Exception:  # noqa: BLE001 - whoever asked is told
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer), file=answers, flush=True)
    os._exit(0)  # its servers are threads that would not let it end


if __name__ == "__main__":
    main()
