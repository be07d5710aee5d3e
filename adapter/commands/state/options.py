"""The command line of ``adapter state``, read without loading what it runs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from adapter.commands.parser import Subcommands


def add_state(subcommands: Subcommands) -> None:
    """Add ``adapter state``: look after sessions and globals."""
    parser = subcommands.add_parser(
        "state",
        help="list, show, reset, export, import and clean up sessions and globals",
        description="Look after the sessions and globals that a store holds. Keys hold a hash of a session's id, "
        "never the id, and no command prints a session's token.",
    )
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    where, progress = _where(), _progress()
    _add_ls(parts, [where, progress])
    _add_show(parts, [where])
    _add_reset(parts, [where, progress])
    _add_export(parts, [where, progress])
    _add_import(parts, [where, progress])
    _add_gc(parts, [where, progress])


def _where() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--store",
        metavar="URL",
        type=store_url,
        help="sqlite:///PATH or dynamodb://TABLE (default: ADAPTER_STORE, else what `adapter dev` uses in this folder)",
    )
    options.add_argument(
        "--state-bucket", metavar="NAME", help="S3 bucket for large state (default: ADAPTER_STATE_BUCKET)"
    )
    options.add_argument("--app", metavar="NAME", help="of this app only; one store may hold several apps' state")
    return options


def _progress() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(add_help=False)
    options.add_argument(
        "--progress", action="store_true", help="tell of the progress on stderr also where that is no terminal"
    )
    return options


def _add_ls(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    parser = _part(parts, "ls", parents, "list sessions, globals, counters and queued calls", _lazily("ls"))
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_show(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    parser = _part(parts, "show", parents, "print the values of a session, a global or a counter", _lazily("show"))
    parser.add_argument(
        "key", metavar="KEY-OR-PREFIX", help="an id or a name as `ls` prints it, a whole key, or the start of one"
    )
    parser.add_argument("--full", action="store_true", help="print long values whole")


def _add_reset(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    parser = _part(parts, "reset", parents, "delete sessions and globals, which then start anew", _lazily("reset"))
    parser.add_argument("ids", metavar="ID", nargs="*", help="a session's id as `ls` prints it, or the start of one")
    parser.add_argument("--all-sessions", action="store_true", help="every session")
    parser.add_argument(
        "--global",
        dest="globals",
        metavar="NAME",
        action="append",
        default=[],
        help="a GlobalState or a GlobalCounter; may be given again",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.set_defaults(misused=parser.error)


def _add_export(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    parser = _part(parts, "export", parents, "write all of it to a file, as JSON Lines", _lazily("export"))
    parser.add_argument("file", metavar="FILE", help="must not exist yet; - is the standard output")
    parser.add_argument(
        "--queues", action="store_true", help="with queued calls, which last for minutes and name their sessions"
    )


def _add_import(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    parser = _part(parts, "import", parents, "put an export into a store", _lazily("import_"))
    parser.add_argument("file", metavar="FILE", help="that `export` wrote; - is the standard input")
    parser.add_argument(
        "--replace", action="store_true", help="write over what stands under the same keys; else it is left alone"
    )


def _add_gc(parts: Subcommands, parents: list[argparse.ArgumentParser]) -> None:
    about = "remove what expired, queues that are done, and objects that nothing points to"
    parser = _part(parts, "gc", parents, about, _lazily("gc"))
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def _part(
    parts: Subcommands,
    name: str,
    parents: list[argparse.ArgumentParser],
    about: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = parts.add_parser(name, parents=parents, help=about, description=f"{about[0].upper()}{about[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _lazily(name: str) -> Callable[[argparse.Namespace], int]:
    def run(parsed: argparse.Namespace) -> int:
        from adapter.commands.state import commands

        try:
            code: int = getattr(commands, name)(parsed)
            sys.stdout.flush()
        except BrokenPipeError:  # whoever reads has read enough, as `head` does
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return code

    return run


def store_url(text: str) -> str:
    """Return ``text`` if it names a kind of store that other processes see too.

    Raises:
        argparse.ArgumentTypeError: it does not.
    """
    if not text.startswith(("sqlite://", "dynamodb://")):
        raise argparse.ArgumentTypeError(
            f"{text!r} names no store to look into; give sqlite:///PATH or dynamodb://TABLE"
        )
    return text
