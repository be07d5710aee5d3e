"""What a script draws by chance or by the clock is drawn once per release, however its environments learn of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from adapter.app.release.agreement import FOLDER
from adapter.commands.build.drawing import draw
from tests.support.dev import ROOT

APPS = Path(__file__).with_name("apps")
TELL = "import json, app; print(json.dumps(app.told(), default=str))"

Told = dict[str, Any]


def told(folder: Path, variables: dict[str, str]) -> Told:
    """Return what one environment has of the app in ``folder``, which it imports as Lambda's runtime does."""
    environ = {
        **os.environ,
        **variables,
        "PYTHONPATH": os.pathsep.join((str(folder), str(ROOT))),
        "LAMBDA_TASK_ROOT": str(folder),
        "ADAPTER_SESSION_KEYS": "a secret of some length",
        "ADAPTER_METRICS": "0",
    }
    ran = subprocess.run([sys.executable, "-c", TELL], cwd=folder, env=environ, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    found: Told = json.loads(ran.stdout.splitlines()[-1])
    return {**found, "said": ran.stderr + ran.stdout}


def folder_of(app: str, folder: Path) -> Path:
    """Copy an app to where Lambda has it."""
    folder.mkdir()
    shutil.copy(APPS / app, folder / "app.py")
    return folder


def differing(one: Told, other: Told) -> list[str]:
    """Return the names of what the two do not have alike."""
    return [name for name in one if name != "said" and one[name] != other.get(name)]


LAMBDA = {"AWS_LAMBDA_FUNCTION_NAME": "draws"}


def by_folder(tmp_path: Path, folder: Path) -> dict[str, str]:
    """The first environment of the dev server leaves it in a folder."""
    return {"ADAPTER_RELEASE_FOLDER": str(tmp_path / "release"), "ADAPTER_STORE": "memory:"}


def by_store(tmp_path: Path, folder: Path) -> dict[str, str]:
    """The first environment of a function that no `adapter build` has made writes it into the store."""
    return {**LAMBDA, "ADAPTER_STORE": f"sqlite://{tmp_path / 'state.db'}"}


def by_package(tmp_path: Path, folder: Path) -> dict[str, str]:
    """`adapter build` has put it into the package."""
    package = tmp_path / "Package"
    package.mkdir()
    draw(folder, package)
    shutil.copytree(package / FOLDER, folder / FOLDER)
    return {**LAMBDA, "ADAPTER_STORE": "memory:"}


@pytest.mark.parametrize("way", [by_folder, by_store, by_package])
def test_every_kind_of_value_in_every_place_is_drawn_once(tmp_path: Path, way: Any) -> None:
    """Values, choices, examples, defaults of States and of globals, data of modules, classes, objects and functions."""
    folder = folder_of("draws.py", tmp_path / "task")
    variables = way(tmp_path, folder)
    first = told(folder, variables)
    assert differing(first, told(folder, variables)) == []
    assert first["same"]
    assert "cannot be" not in first["said"]


def test_arrays_and_tables_are_drawn_once(tmp_path: Path) -> None:
    """What is too large to be a draw stays each environment's own, and so does a source of chance."""
    folder = folder_of("tables.py", tmp_path / "task")
    variables = by_folder(tmp_path, folder)
    first = told(folder, variables)
    assert differing(first, told(folder, variables)) == ["own large", "own generator"]
    assert first["same"]


def test_another_release_draws_anew(tmp_path: Path) -> None:
    """Of changed code, and of the same code with other variables; the store keeps the draws of both."""
    folder = folder_of("draws.py", tmp_path / "task")
    variables = by_store(tmp_path, folder)
    first = told(folder, variables)
    assert differing(first, told(folder, {**variables, "SEASON": "summer"}))
    with (folder / "app.py").open("a") as file:
        file.write("# changed\n")
    assert differing(first, told(folder, variables))
