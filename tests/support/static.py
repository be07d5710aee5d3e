"""A plain server of files, as everybody has it: it knows nothing of what it serves."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    """Serve ``folder`` by ``python -m http.server`` until the block ends; yields its address."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        with process.stdout as lines:
            found = re.search(r"port (\d+)", lines.readline())
            assert found is not None
            yield f"http://127.0.0.1:{found[1]}"
    finally:
        process.terminate()
        process.wait(30)
