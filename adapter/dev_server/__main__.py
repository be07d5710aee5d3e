"""The process of one execution environment; started by the dev server with the number of its channel."""

import sys
from pathlib import Path


def run() -> None:
    """Find the package this file belongs to, whatever lies in the working folder, and serve."""
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parent.parent), *(entry for entry in sys.path if Path(entry).resolve() != here)]
    from adapter.dev_server.environment import main

    main(int(sys.argv[1]))


if __name__ == "__main__":
    run()
