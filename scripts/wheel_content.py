"""Hold what a wheel contains against what git has of the package: ``wheel_content.py WHEEL``.

It must be all of ``adapter/`` and nothing else: the types' marker, the page's files and the templates of ``adapter
new`` among it, no tests, no leftovers.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = ("adapter/py.typed", "adapter/web/frontend/index.html", "adapter/web/frontend/main.js")
METADATA = (".dist-info/METADATA", ".dist-info/entry_points.txt", ".dist-info/licenses/LICENSE")


def problems(names: list[str], tracked: list[str]) -> list[str]:
    """Return what is wrong with a wheel, one sentence each.

    Args:
        names: of the files in the wheel.
        tracked: the package's files in git.
    """
    held = {name for name in names if ".dist-info/" not in name and not name.endswith("/")}
    wanted = {*tracked, *NEEDED}
    return [
        *(f"{name} is missing" for name in sorted(wanted - held)),
        *(f"{name} is no file of the package" for name in sorted(held - wanted)),
        *(f"its metadata has no {end}" for end in METADATA if not any(name.endswith(end) for name in names)),
    ]


def main(wheel: str) -> int:
    """Print what is wrong with ``wheel``; return the exit code."""
    tracked = subprocess.run(
        ["git", "ls-files", "adapter"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    with zipfile.ZipFile(wheel) as packed:
        found = problems(packed.namelist(), tracked)
    for problem in found:
        print(f"release: {wheel}: {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
