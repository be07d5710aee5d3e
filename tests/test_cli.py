"""The command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from adapter.commands.cli import main
from tests.support.dev import ROOT


def python(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run Python with the arguments and return how it went."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "COMMAND"),
        (["fly"], "invalid choice: 'fly'"),
        (["dev"], "APP"),
        (["dev", "app.py", "--port", "70000"], "'70000' is not a whole number of 0 to 65535"),
        (["dev", "app.py", "--environments", "0"], "'0' is not a whole number of 1 or more"),
        (["dev", "app.py", "--recycle", "often"], "'often' is not a whole number of 1 or more"),
        (["dev", "app.py", "--timeout", "-1"], "'-1' is not a number of seconds of 0 or more"),
        (["dev", "app.py", "--timeout", "nan"], "'nan' is not a number of seconds of 0 or more"),
        (["dev", "app.py", "--store", "redis://here"], "'redis://here' names no store"),
    ],
)
def test_a_command_line_that_cannot_be_read_ends_with_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says which argument, and what it may be."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_an_app_that_is_not_there_ends_with_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line on stderr, nothing served."""
    monkeypatch.chdir(tmp_path)
    assert main(["dev", "nothing.py"]) == 1
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err == (
        "adapter: There is no file nothing.py; APP is a script, a folder with an app.py, or module:name.\n"
    )


def test_the_package_runs_as_a_command(tmp_path: Path) -> None:
    """``python -m adapter`` is the same command line, with the same exit codes."""
    ran = python("-m", "adapter", "dev", "nothing.py", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("adapter: There is no file nothing.py")
    assert "dev" in python("-m", "adapter", "--help", cwd=tmp_path).stdout


@pytest.mark.parametrize("package", ["uvicorn", "watchfiles"])
def test_what_is_not_installed_is_named_with_the_remedy(package: str, tmp_path: Path) -> None:
    """The package that only the dev server needs, and how to install it."""
    (tmp_path / "app.py").touch()
    code = (
        f"import sys; sys.modules[{package!r}] = None; from adapter.commands.cli import main; "
        f"sys.exit(main(['dev', 'app.py']))"
    )
    ran = python("-c", code, cwd=tmp_path)
    assert ran.returncode == 1
    assert ran.stderr == f'adapter: The dev server needs {package}: pip install "serverless-function-adapter[dev]"\n'


def test_the_command_line_starts_without_what_it_may_not_need(tmp_path: Path) -> None:
    """Reading the arguments loads no server, no framework and no AWS library."""
    code = (
        "import sys, adapter.commands.cli; "
        "print({'uvicorn', 'watchfiles', 'fastapi', 'boto3', 'botocore', 'mangum', 'asyncio'} & set(sys.modules))"
    )
    assert python("-c", code, cwd=tmp_path).stdout == "set()\n"


def test_the_dev_server_itself_loads_no_framework(tmp_path: Path) -> None:
    """What the app needs is loaded in its environments only."""
    code = (
        "import sys, adapter.commands.dev.server, adapter.commands.dev.front_door; "
        "print({'fastapi', 'boto3', 'botocore', 'mangum', 'adapter.app.blocks'} & set(sys.modules))"
    )
    assert python("-c", code, cwd=tmp_path).stdout == "set()\n"
