"""Runs every benchmark, prints its table, and with ``--write`` puts it into docs/benchmarks.md.

python -m benchmarks [--write] [--only NAME]
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks import cold_start, contention, encoding, packaged_start, page, round_trips, warm_call

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
PACKAGES = ("awslambdaric", "boto3", "botocore", "fastapi", "mangum", "msgspec", "starlette")


BENCHMARKS: dict[str, Callable[[], str]] = {
    "round-trips": round_trips.run,
    "contention": contention.run,
    "warm-call": warm_call.run,
    "encoding": encoding.run,
    "cold-start": cold_start.run,
    "packaged-start": packaged_start.run,
    "page": page.run,
}


def main() -> None:
    """Run the benchmarks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="What the adapter costs.")
    parser.add_argument("--write", action="store_true", help=f"put the figures into {PAGE.name}")
    parser.add_argument("--only", choices=BENCHMARKS, help="run this one alone")
    chosen = parser.parse_args()
    wanted = [chosen.only] if chosen.only else list(BENCHMARKS)
    parts = {name: BENCHMARKS[name]() for name in wanted}
    if not chosen.only:
        parts["machine"] = machine()
    for name, text in parts.items():
        print(f"\n## {name}\n\n{text}")
    if chosen.write:
        written = PAGE.read_text(encoding="utf-8")
        for name, text in parts.items():
            written = put(written, name, text)
        PAGE.write_text(written, encoding="utf-8")


def put(page: str, name: str, text: str) -> str:
    """Return ``page`` with ``text`` between its markers ``<!-- NAME -->`` and ``<!-- /NAME -->``.

    Raises:
        ValueError: the page lacks a marker.
    """
    before, opening, rest = page.partition(f"<!-- {name} -->\n")
    _, closing, after = rest.partition(f"<!-- /{name} -->")
    if not opening or not closing:
        raise ValueError(f"{PAGE.name} has no markers <!-- {name} --> and <!-- /{name} -->; put them in.")
    return f"{before}{opening}{text}\n{closing}{after}"


def machine() -> str:
    """Return when and on what was measured."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    today = datetime.datetime.now(datetime.UTC).date()
    return (
        f"Measured on {today}: {os.cpu_count()} cores ({platform.machine()}), "
        f"{platform.python_implementation()} {platform.python_version()}; {packages}."
    )


if __name__ == "__main__":
    main()
