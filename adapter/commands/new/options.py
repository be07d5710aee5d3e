"""The command line of ``adapter new``, read without loading what it runs."""

from __future__ import annotations

import argparse

from adapter.commands.parser import Subcommands

KINDS = ("interface", "chat", "blocks")
"""What a function can begin as; each is a folder of ``templates``."""


def add_new(subcommands: Subcommands) -> None:
    """Add ``adapter new``: begin a function."""
    parser = subcommands.add_parser(
        "new",
        help="begin a function: an app, its test, its place in the template",
        description="Make functions/NAME with an app.py, a test and a requirements.txt, and add the function to "
        "template.yaml and the templates of infra/, shaped as those that are there. Run it in the project's folder.",
    )
    parser.add_argument("name", metavar="NAME", help="of the folder, and of the app's path: a to z, 0 to 9 and _")
    parser.add_argument(
        "--template", dest="kind", choices=KINDS, default=KINDS[0], help="what it begins as (default: %(default)s)"
    )
    parser.add_argument(
        "--no-deploy", dest="deploy", action="store_false", help="leave template.yaml and infra/ as they are"
    )
    parser.set_defaults(run=_run)


def _run(parsed: argparse.Namespace) -> int:
    from pathlib import Path

    from adapter.commands.new.scaffold import begin

    return begin(parsed.name, kind=parsed.kind, deploy=parsed.deploy, project=Path.cwd())
