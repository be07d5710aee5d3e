"""The command line of ``adapter build``, read without loading what it runs."""

from __future__ import annotations

import argparse

from adapter.commands.parser import Subcommands

ARCHITECTURES = ("arm64", "x86_64")
RUNTIMES = ("python3.11", "python3.12", "python3.13", "python3.14")


def add_build(subcommands: Subcommands) -> None:
    """Add ``adapter build``: package a function for Lambda."""
    parser = subcommands.add_parser(
        "build",
        help="package a function for Lambda, with the bytecode of its runtime",
        description="Put into OUT_DIR what Lambda needs to run the function in FOLDER: its code, this adapter, the "
        "libraries of both for the runtime's Python and processor, and their bytecode. `sam build` calls this by the "
        "targets build-NAME of the Makefile. Libraries have the versions that are installed beside this adapter.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="with an app.py, and a requirements.txt if it needs libraries")
    parser.add_argument("out", metavar="OUT_DIR", help="a folder that is new, empty, or an earlier package")
    parser.add_argument("--runtime", choices=RUNTIMES, help="default: what `sam build` is building, else python3.13")
    parser.add_argument(
        "--architecture", choices=ARCHITECTURES, help="default: what `sam build` is building, else arm64"
    )
    parser.add_argument(
        "--python", metavar="PATH", help="of the runtime's version, to compile with (default: found by its version)"
    )
    parser.add_argument("--latest", action="store_true", help="the newest versions of all libraries")
    parser.add_argument(
        "--cache", metavar="DIR", help="keep libraries there, for further functions with the same requirements"
    )
    parser.add_argument(
        "--no-draw",
        dest="draw",
        action="store_false",
        help="do not run app.py to find what it draws by chance or by the clock; the release's first environment "
        "settles it then",
    )
    parser.set_defaults(run=_run)


def _run(parsed: argparse.Namespace) -> int:
    from adapter.commands.build.build import Order, build

    return build(
        Order(
            folder=parsed.folder,
            out=parsed.out,
            runtime=parsed.runtime,
            architecture=parsed.architecture,
            python=parsed.python,
            latest=parsed.latest,
            cache=parsed.cache,
            draw=parsed.draw,
        )
    )
