"""Serves the template's functions on this machine until Ctrl-C: ``make sam-local``.

python -m tests.sam [PORT] [OPTION OF SAM LOCAL START-API...]
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from tests.support.dev import ROOT
from tests.support.sam import cloud, sam_build, start_api


def main(port: int, *options: str) -> None:
    """Build the functions and serve them over emulators of DynamoDB and S3."""
    ending = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ending.set())
    out = ROOT / ".aws-sam" / "build"
    print(sam_build(ROOT / "template.yaml", out), flush=True)
    with cloud() as emulated, start_api(out, emulated, *options, port=port) as api:
        print(f"State and files are in an emulator at {emulated.url}, and gone when this ends.")
        for app in sorted(path.parent.name for path in Path(ROOT, "functions").glob("*/app.py")):
            print(f"  {api.url}/{app}/")
        print("Ctrl-C ends it; a change of the code needs a new build.", flush=True)
        shown = 0
        while not ending.wait(0.5) and api.process.poll() is None:
            output = api.output
            print(output[shown:], end="", flush=True)
            shown = len(output)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000, *sys.argv[2:])
