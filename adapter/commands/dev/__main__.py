"""The process of one execution environment, or the one that environments are forks of.

The dev server starts it with the number of its channel, and the word ``fork`` for the latter.
"""

import sys
from pathlib import Path


def run() -> None:
    """Find the package this file belongs to, whatever lies in the working folder, and serve."""
    here = Path(__file__).resolve().parent
    sys.path[:] = [str(here.parents[2]), *(entry for entry in sys.path if Path(entry).resolve() != here)]
    from adapter.commands.dev.environment import main
    from adapter.commands.dev.fork_server import FORKING, serve

    descriptor = int(sys.argv[1])
    if FORKING in sys.argv[2:]:
        descriptor = serve(descriptor)
    main(descriptor)


if __name__ == "__main__":
    run()
