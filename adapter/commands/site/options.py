"""The command line of ``adapter site``, read without loading what it runs."""

from __future__ import annotations

import argparse

from adapter.commands.parser import Subcommands
from adapter.commands.site.addresses import NAME_MARK, address, origin


def add_site(subcommands: Subcommands) -> None:
    """Add ``adapter site``: write the pages of apps as files."""
    parser = subcommands.add_parser(
        "site",
        help="write the page of an app as files that any web server can serve",
        description="Write the page of APP into OUT_DIR, its config inside, for S3, CloudFront or any web server: "
        "opening it calls no function. With several apps, each has a folder of its name below OUT_DIR.",
    )
    parser.add_argument("out", metavar="OUT_DIR", help="a folder; what it holds of earlier versions stays")
    parser.add_argument(
        "--app",
        dest="apps",
        metavar="APP",
        action="append",
        default=[],
        help="a script, a folder with an app.py, or module:name; may be given again (default: app.py in this folder)",
    )
    parser.add_argument(
        "--api-url",
        metavar="URL",
        type=address,
        help=f"where the API is; {NAME_MARK} in it stands for an app's name (default: where the page is)",
    )
    parser.add_argument(
        "--origin",
        dest="origins",
        metavar="URL",
        type=origin,
        action="append",
        default=[],
        help="another origin that the page may use, such as a bucket's that keeps its files; may be given again",
    )
    parser.add_argument(
        "--packages",
        metavar="DIR",
        help="the package that adapter build made of APP, or a folder of several: what the script drew by chance or by "
        "the clock when it was built stands on the page, too (default: .aws-sam/build, if it is there)",
    )
    parser.add_argument(
        "--frame-ancestor",
        dest="frame_ancestors",
        metavar="URL",
        type=origin,
        action="append",
        default=[],
        help="another origin whose pages may show this one in a frame; may be given again (default: none)",
    )
    parser.add_argument("--as-gradio", action="store_true", help="`import gradio` in APP means adapter")
    parser.set_defaults(run=_run)


def _run(parsed: argparse.Namespace) -> int:
    from adapter.commands.site.export import Export, export

    wanted = Export(
        parsed.out,
        tuple(parsed.apps) or (".",),
        parsed.api_url,
        tuple(parsed.origins),
        parsed.as_gradio,
        parsed.packages,
        ("'self'", *parsed.frame_ancestors),
    )
    print(export(wanted))
    return 0
