"""The command line of ``adapter dev``, read without loading what it runs."""

from __future__ import annotations

import argparse

from adapter.commands.parser import Subcommands


def add_dev(subcommands: Subcommands) -> None:
    """Add ``adapter dev``: serve an app on this machine as Lambda would."""
    parser = subcommands.add_parser(
        "dev",
        help="serve an app on this machine as Lambda would",
        description="Serve APP on this machine: HTTP becomes API Gateway events, answered by N execution environments.",
    )
    parser.add_argument("app", metavar="APP", help="a script, a folder with an app.py, or module:name")
    parser.add_argument("--port", type=_port, help="default: the first free one from 7860; 0: any free one")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument(
        "--allow-host",
        dest="allowed_hosts",
        metavar="NAME",
        action="append",
        default=[],
        help="answer under this name too, such as a tunnel's; may be given again (default: this machine's own names)",
    )
    parser.add_argument(
        "--environments", type=_count, default=1, metavar="N", help="execution environments (default: %(default)s)"
    )
    parser.add_argument("--recycle", type=_count, metavar="K", help="kill an environment after K invocations")
    parser.add_argument(
        "--timeout",
        type=_seconds,
        default=29.0,  # API Gateway's own limit, in seconds
        metavar="SECONDS",
        help="of an invocation; 0: none (default: %(default)g)",
    )
    parser.add_argument(
        "--store", type=_store, metavar="URL", help="sqlite:///PATH, dynamodb://TABLE or memory: for state"
    )
    parser.add_argument("--as-gradio", action="store_true", help="`import gradio` in APP means adapter")
    parser.add_argument(
        "--share-globals",
        action="store_true",
        help="share the module-level data that functions change, as ADAPTER_SHARE_GLOBALS=1 does on Lambda",
    )
    parser.add_argument("--no-reload", dest="reload", action="store_false", help="keep running the code of the start")
    parser.add_argument(
        "--runtime",
        choices=("own", "rie"),
        default="own",
        help="own: this server calls the handler; rie: AWS's runtime does, under its runtime interface emulator "
        "(Linux; needs awslambdaric, and the SAM CLI for the emulator; default: %(default)s)",
    )
    parser.add_argument("--rie", metavar="PATH", help="the emulator, if it is not the SAM CLI's; means --runtime rie")
    parser.set_defaults(run=_dev)


def _dev(parsed: argparse.Namespace) -> int:
    from adapter.commands.dev.server import Options, serve

    return serve(
        Options(
            app=parsed.app,
            port=parsed.port,
            host=parsed.host,
            allowed_hosts=tuple(parsed.allowed_hosts),
            environments=parsed.environments,
            recycle=parsed.recycle,
            timeout_seconds=parsed.timeout or None,
            store=parsed.store,
            as_gradio=parsed.as_gradio,
            share_globals=parsed.share_globals,
            reload=parsed.reload,
            emulated=parsed.runtime == "rie" or parsed.rie is not None,
            emulator=parsed.rie,
        )
    )


def _port(text: str) -> int:
    return _whole(text, 0, 65_535)


def _count(text: str) -> int:
    return _whole(text, 1, None)


def _whole(text: str, least: int, most: int | None) -> int:
    wanted = f"{least} or more" if most is None else f"{least} to {most}"
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least or (most is not None and number > most):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of {wanted}")
    return number


def _seconds(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of seconds of 0 or more")
    return number


def _store(text: str) -> str:
    if text != "memory:" and not text.startswith(("sqlite://", "dynamodb://")):
        raise argparse.ArgumentTypeError(f"{text!r} names no store; give sqlite:///PATH, dynamodb://TABLE or memory:")
    return text
