"""What the commands of ``adapter`` have in common: each adds its own parser to the command line."""

from __future__ import annotations

import argparse
from typing import Any, Protocol


class Subcommands(Protocol):
    """Where a subcommand adds its parser."""

    def add_parser(self, name: str, **options: Any) -> argparse.ArgumentParser:
        """Return a new parser, named ``name`` on the command line."""
        ...
