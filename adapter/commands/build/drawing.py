"""What a function's script draws by chance or by the clock: found by running it several times, kept in the package."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from adapter.app.release.agreement import FOLDER
from adapter.app.release.snapshot import Snapshot, name_list, read_snapshot
from adapter.commands.build.contents import NOT_SHIPPED
from adapter.commands.build.draw_once import CHANCE

MARK = "drawn"
"""A file that is always there: `sam package` leaves empty folders out, and Lambda would ask the store then."""
MORE_RUNS = 6
"""Where chance was at work: a coin that fell alike in two runs is still found, but for one of 128."""
RUN_SECONDS = 120


class RunFailed(Exception):
    """Raise when the script cannot run where the package is built; the message says why."""


def draw(folder: Path, out: Path) -> None:
    """Run the app in ``folder`` in several processes; put what differs between them into ``out``, as the first drew it.

    Where the script cannot run here, the package is without: the first environment on Lambda settles it then.
    """
    if not (folder / "app.py").is_file():
        return
    with tempfile.TemporaryDirectory(prefix="adapter-draws-") as scratch:
        try:
            pages, said = _drawn(folder, Path(scratch))
        except RunFailed as failure:
            print(
                f"{out.name}: app.py does not run here, so what it may draw by chance or by the clock is settled by "
                f"the release's first environment, through the store: {failure}"
            )
            return
        place = out / FOLDER
        place.mkdir()
        (place / MARK).write_bytes(b"")
        for name, drawn in pages.items():
            if drawn.values:  # else a cold start has nothing to read
                (place / name).write_bytes(drawn.to_bytes())
    for line in said:
        print(f"{out.name}: {line}")


def _drawn(folder: Path, scratch: Path) -> tuple[dict[str, Snapshot], list[str]]:
    """Return what differs between runs of the app, by the pages' files, and what to say of it."""
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        first, second = pool.map(lambda number: _run(folder, scratch / str(number), number), (0, 1))
        runs = [second]
        if _by_chance(folder, first):
            runs += pool.map(lambda number: _run(folder, scratch / str(number), number), range(2, 2 + MORE_RUNS))
    pages: dict[str, Snapshot] = {}
    said: list[str] = []
    for page in sorted(first.glob("page-*.bin")):
        drawn = read_snapshot(page.read_bytes())
        found = [run / page.name for run in runs]
        others = [read_snapshot(one.read_bytes()) for one in found if one.is_file()]
        if len(others) < len(runs) or any(other.shape != drawn.shape for other in others):
            said.append(
                "which components or listeners the page has is drawn by chance or by the clock, and environments that "
                "differ in it refuse each other's calls. Draw values only, or let a variable decide."
            )
            continue
        keys = {key for other in others for key in drawn.differing(other)}
        pages[page.name] = drawn.only(keys)
        labels = list(pages[page.name].labels.values())
        if labels:
            said.append(
                f"drawn by chance or by the clock: {name_list(labels)}. The package holds the values of this build, "
                f"and all environments use them; a password or key among them is in the package, too."
            )
        unfit = sorted({label for other in others for label in drawn.unfit_in(other)})
        if unfit:
            said.append(f"files that the script makes anew in each process cannot be shared: {name_list(unfit)}.")
    return pages, said


def _run(folder: Path, release: Path, number: int) -> Path:
    """Run the app once more; return the folder of what it drew."""
    try:
        _ran(folder, release, number, later=number == 1)
    except RunFailed:
        if number != 1:
            raise
        shutil.rmtree(release, ignore_errors=True)  # a library may not bear the other clock
        _ran(folder, release, number, later=False)
    return release


def _ran(folder: Path, release: Path, number: int, *, later: bool) -> None:
    command = [sys.executable, "-m", f"{__package__}.draw_once", str(folder), str(release)]
    package = str(Path(__file__).resolve().parents[3])
    inherited = dict(os.environ)  # noqa: TID251 - the script may need the user's own variables
    variables = {**inherited, "PYTHONHASHSEED": str(number + 1)}
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, (package, variables.get("PYTHONPATH"))))
    try:
        ran = subprocess.run(
            [*command, "--later"] if later else command,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=RUN_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RunFailed(f"it took longer than {RUN_SECONDS} seconds.") from None
    if ran.returncode != 0:
        raise RunFailed((ran.stderr.strip().splitlines() or [f"exit code {ran.returncode}"])[-1])


def _by_chance(folder: Path, release: Path) -> bool:
    """Whether two runs may be alike by chance: the script used some, or has sets, whose order the hash seed decides."""
    return (release / CHANCE).read_text("ascii") == "1" or any(
        isinstance(node, ast.Set | ast.SetComp) or (isinstance(node, ast.Name) and node.id in ("set", "frozenset"))
        for file in folder.rglob("*.py")
        if not any(file.match(one) for one in NOT_SHIPPED)
        for node in ast.walk(ast.parse(file.read_bytes()))
    )
