"""The command line: ``adapter dev``, ``build``, ``new``, ``site`` and ``state``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from adapter import __version__
from adapter.commands.build import add_build
from adapter.commands.dev import add_dev
from adapter.commands.new import add_new
from adapter.commands.parser import Subcommands
from adapter.commands.site import add_site
from adapter.commands.state import add_state
from adapter.errors import AdapterError

Run = Callable[[argparse.Namespace], int]
Adder: TypeAlias = Callable[[Subcommands], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; those of the process unless given.

    Returns:
        The exit code: 0 when all went well, 1 with a message on stderr when it did not. A command
        line that cannot be read ends the process with code 2.
    """
    parsed = _parser().parse_args(arguments)
    run: Run = parsed.run
    try:
        return run(parsed)
    except AdapterError as error:
        print(f"adapter: {error}", file=sys.stderr)
        return 1


SUBCOMMANDS: tuple[Adder, ...] = (add_new, add_dev, add_build, add_site, add_state)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="adapter", description="Gradio's programming model on AWS Lambda.")
    parser.add_argument("--version", action="version", version=f"adapter {__version__}")
    subcommands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in SUBCOMMANDS:
        add(subcommands)
    return parser
