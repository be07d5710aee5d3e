"""What ``scripts/release`` checks, without the package index."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import adapter as gr
from adapter.commands.cli import main
from tests.support.dev import ROOT

METADATA = [f"adapter-1.dist-info/{name}" for name in ("METADATA", "entry_points.txt", "licenses/LICENSE", "RECORD")]
TRACKED = ["adapter/__init__.py", "adapter/py.typed", "adapter/web/frontend/index.html", "adapter/web/frontend/main.js"]


@pytest.fixture(scope="module")
def problems() -> Callable[[list[str], list[str]], list[str]]:
    """The check of a wheel's content."""
    found = runpy.run_path(str(ROOT / "scripts" / "wheel_content.py"))["problems"]
    check: Callable[[list[str], list[str]], list[str]] = found
    return check


def test_a_wheel_with_all_of_the_package_is_whole(problems: Callable[[list[str], list[str]], list[str]]) -> None:
    """Nothing is wrong with a wheel that holds the package's files and its metadata."""
    assert problems([*TRACKED, *METADATA], TRACKED) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([*TRACKED, *METADATA, "tests/test_cli.py"], "tests/test_cli.py is no file of the package"),
        ([*TRACKED, *METADATA, "adapter/notes.txt"], "adapter/notes.txt is no file of the package"),
        ([*TRACKED[:1], *TRACKED[2:], *METADATA], "adapter/py.typed is missing"),
        ([*TRACKED[:3], *METADATA], "adapter/web/frontend/main.js is missing"),
        ([*TRACKED, *METADATA[1:]], "its metadata has no .dist-info/METADATA"),
        ([*TRACKED, *METADATA[:1], *METADATA[2:]], "its metadata has no .dist-info/entry_points.txt"),
    ],
)
def test_a_wheel_with_too_much_or_too_little_is_named(
    problems: Callable[[list[str], list[str]], list[str]], names: list[str], said: str
) -> None:
    """A file that is missing from a wheel, or that does not belong there, is named."""
    assert problems(names, TRACKED) == [said]


def test_no_file_of_the_project_is_ignored() -> None:
    """Builds leave out what .gitignore names, so it must name nothing that git has."""
    tracked = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(tracked, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout == ""


def test_the_smoke_test_runs_where_only_the_adapter_is(tmp_path: Path) -> None:
    """The app that a release is tried with serves its page and answers, in a folder with nothing else."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "release_smoke.py"), gr.__version__],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.count("serves a page and answers")) == (0, 1), done.stderr


def test_the_version_stands_in_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    """``adapter --version`` prints what the package says, and pyproject.toml takes it from there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "adapter/__init__.py"
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"adapter {gr.__version__}\n"


def test_the_changelog_names_the_version() -> None:
    """The newest version of the changelog is the package's, with its date, below what is not released yet."""
    titles = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert titles[0] == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(gr.__version__)}\] - \d{{4}}-\d{{2}}-\d{{2}}", titles[1])


def test_the_changelog_has_the_sections_of_its_format() -> None:
    """Each section of a version is one that Keep a Changelog knows, and stands there once."""
    for version in (ROOT / "CHANGELOG.md").read_text("utf-8").split("\n## ")[1:]:
        sections = re.findall(r"^### (.*)$", version, re.MULTILINE)
        assert sections == [
            name for name in ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security") if name in sections
        ]
