"""CONTRIBUTING.md, done as it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.dev import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
COMPONENT = GUIDE.partition("## A component\n")[2].partition("\n## ")[0]
_BLOCK = re.compile(r"^`([\w/.-]+)`[^\n]*:$|^```(python|js|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

APP = """
import json, sys
sys.path.insert(0, ".")
import adapter as gr
from adapter.web.page.files import page_files

demo = gr.Interface(lambda given: given, "paramviewer", gr.ParamViewer(header="Of fit"), api_name="show")
assert gr.__file__.startswith(sys.argv[1]), gr.__file__
entry = next(one for one in demo.config["components"] if one["props"].get("header") == "Of fit")
print(json.dumps([entry["type"], demo({"step": {"type": "int"}}), page_files().homes["paramviewer"]]))
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, changed as the guide's part about a component says."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "adapter", copy / "adapter", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    (copy / "tests" / "components").mkdir(parents=True)
    place = copy
    for name, kind, text in _BLOCK.findall(COMPONENT):
        if name:
            place = copy / name
        elif kind == "diff":
            _patch(place, text)
        else:
            assert not place.exists(), f"{place} is there already"
            place.write_text(text, "utf-8")
    return copy


def _patch(place: Path, diff: str) -> None:
    """Change the one place of a file that has the lines of ``diff`` that are not new."""
    lines = diff.removesuffix("\n").split("\n")
    before = "\n".join(line[1:] for line in lines if line[0] != "+")
    after = "\n".join(line[1:] for line in lines if line[0] != "-")
    text = place.read_text("utf-8")
    assert text.count(before) == 1, f"{place} has {text.count(before)} times: {before}"
    place.write_text(text.replace(before, after), "utf-8")


def _run(tree: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_a_component_added_as_the_guide_says_works(tree: Path) -> None:
    """The page's config has it, by name and as an instance, a call goes through it, and the page has its module."""
    assert _run(tree, sys.executable, "-c", APP, str(tree)) == (
        '["paramviewer", {"step": {"type": "int"}}, "components/paramviewer.js"]\n'
    )


def test_the_test_in_the_guide_passes(tree: Path) -> None:
    """The test that the guide adds for its component runs."""
    assert "2 passed" in _run(tree, sys.executable, "-m", "pytest", "-q", "tests/components/test_param_viewer.py")


def test_the_checks_pass_after_the_guides_changes(tree: Path) -> None:
    """What the guide adds is linted and formatted, and its module has a floor."""
    changed = ["adapter/components/param_viewer.py", "adapter/components/shortcuts.py", "adapter/compat/refused.py"]
    changed += ["adapter/__init__.py", "tests/components/test_param_viewer.py"]
    _run(tree, _tool("ruff"), "check", "--no-cache", *changed)
    _run(tree, _tool("ruff"), "format", "--no-cache", "--check", *changed)
    _run(tree, _tool("lint-imports"), "--no-logo", "--no-cache")


@pytest.mark.parametrize(
    "named", sorted(set(re.findall(r"(?<![\w/])(?:adapter|tests|docs|scripts|benchmarks)/[\w./-]*\w", GUIDE)))
)
def test_what_the_guide_names_is_there(named: str) -> None:
    """Each path that the guide names exists, or is what its example adds."""
    assert (ROOT / named).exists() or f"`{named}`:\n\n```" in COMPONENT or "NNNN" in named
