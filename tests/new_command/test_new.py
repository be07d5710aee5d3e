"""``adapter new``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from difflib import ndiff
from pathlib import Path

import pytest

from adapter.commands.cli import main
from adapter.commands.new.options import KINDS
from tests.support.dev import ROOT

LONGEST_LINES = 40


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that was begun from this one."""
    for name in ("template.yaml", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "infra", tmp_path / "infra")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[str, str]:
    """Return all files below ``folder``."""
    return {str(path.relative_to(folder)): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def added(before: str, after: str) -> list[str]:
    """Return the lines that are new; fails if one was changed or is gone."""
    found = list(ndiff(before.splitlines(), after.splitlines()))
    assert not [line for line in found if line.startswith("- ")]
    return [line[2:] for line in found if line.startswith("+ ")]


def ran(*command: str, cwd: Path) -> None:
    """Run a tool of Python's; fails with what it said."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=cwd,
        env={"PATH": "/usr/bin", "PYTHONPATH": str(ROOT), "MYPYPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.end_to_end
def test_a_new_function_is_short_tested_and_passes_every_check(project: Path) -> None:
    """Of every kind: its own test, ruff and mypy find nothing."""
    for kind in KINDS:
        assert main(["new", f"my_{kind}", "--template", kind]) == 0
    for kind in KINDS:
        folder = project / "functions" / f"my_{kind}"
        assert sorted(path.name for path in folder.iterdir()) == ["app.py", "requirements.txt", "test_app.py"]
        app = (folder / "app.py").read_text("utf-8")
        assert len(app.splitlines()) <= LONGEST_LINES
        assert "handler = gr.handler(demo)" in app
        assert "NAME" not in app + (folder / "test_app.py").read_text("utf-8")
    ran("pytest", "-q", "-W", "error", "functions", cwd=project)
    ran("ruff", "check", "functions", cwd=project)
    ran("ruff", "format", "--check", "functions", cwd=project)
    ran("mypy", "functions", cwd=project)


def test_it_stands_in_the_templates_as_the_others_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of what was there is changed, comments included; what is new is a model's, by another name."""
    before = contents(project)
    assert main(["new", "word_count"]) == 0
    after = contents(project)
    changed = {name: added(text, after[name]) for name, text in before.items() if after[name] != text}
    told = capsys.readouterr().out.splitlines()

    assert set(changed) == {"template.yaml", "infra/rest.yaml"}
    assert told == [
        "functions/word_count/app.py",
        "functions/word_count/test_app.py",
        "functions/word_count/requirements.txt",
        "template.yaml",
        "infra/rest.yaml",
        "Run it:  adapter dev functions/word_count/app.py",
    ]
    main_lines, rest_lines = changed["template.yaml"], changed["infra/rest.yaml"]
    for line in ("  WordCountRole:", "  WordCount:", "  WordCountAlarms:", "      CodeUri: functions/word_count/",
                 "          ADAPTER_APP: word_count", "        WordCount: !Ref WordCount.Alias"):  # fmt: skip
        assert main_lines.count(line) == 1, line
    for line in ("  WordCount:", "          /word_count/{proxy+}:", "  WordCountPermission:"):
        assert rest_lines.count(line) == 1, line
    counted = [line.replace("WordCount", "Counter").replace("word_count", "counter") for line in main_lines]
    assert set(counted) <= set(before["template.yaml"].splitlines())


def test_one_name_may_begin_with_anothers(project: Path) -> None:
    """And each function's entries stay its own, whichever is the model for the next."""
    for name in ("chat_bot", "chat_bots", "another"):
        assert main(["new", name]) == 0
    lines = (project / "template.yaml").read_text("utf-8").splitlines()
    for resource in ("Chat", "ChatBot", "ChatBots", "Another"):
        for entry in (f"  {resource}:", f"  {resource}Role:", f"  {resource}Alarms:"):
            assert lines.count(entry) == 1, entry
        assert lines.count(f"        {resource}: !Ref {resource}.Alias") == 1
    folders = [line.strip() for line in lines if "CodeUri: functions/" in line]
    assert len(folders) == len(set(folders))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Demo", "'Demo' is no name for a function"),
        ("my-app", "take 1 to 40 of a to z, 0 to 9 and _"),
        ("1st", "is no name"),
        ("../up", "is no name"),
        ("class", "is no name"),
        ("a" * 41, "is no name"),
        ("state", "template.yaml has something called State already"),
        ("http_api", "template.yaml has something called HttpApi already"),
        ("counter", "has something called Counter already"),
        ("name", "has something called Name already"),
    ],
)
def test_a_name_that_will_not_do_is_refused_and_nothing_written(
    name: str, said: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which rule, or what has the name already."""
    before = contents(project)
    assert main(["new", name]) == 1
    assert said in capsys.readouterr().err
    assert contents(project) == before


def test_a_folder_that_is_there_is_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody's work may be in it."""
    (project / "functions" / "mine").mkdir(parents=True)
    assert main(["new", "mine"]) == 1
    assert "functions/mine is there already" in capsys.readouterr().err
    assert list((project / "functions" / "mine").iterdir()) == []


def test_without_a_template_only_the_function_is_made_and_only_when_told_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong working folder must not get a project of its own."""
    (project / "template.yaml").write_text("Resources:\n  Table:\n    Type: AWS::DynamoDB::Table\n")
    assert main(["new", "mine"]) == 1
    assert "no function with a CodeUri of functions/NAME/" in capsys.readouterr().err
    (project / "template.yaml").unlink()
    assert main(["new", "mine"]) == 1
    assert f"There is no template.yaml in {project}" in capsys.readouterr().err
    assert not (project / "functions").exists()

    assert main(["new", "mine", "--no-deploy"]) == 0
    assert (project / "functions" / "mine" / "app.py").is_file()
