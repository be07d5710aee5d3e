"""``python -m adapter``: the command line."""

import sys

from adapter.commands.cli import main

if __name__ == "__main__":
    sys.exit(main())
