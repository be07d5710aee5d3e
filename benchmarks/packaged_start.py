"""Cold starts of packages: ours by ``adapter build``, hand-written ones by plain ``sam build``.

python -m benchmarks.packaged_start [ROUNDS]
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from adapter.commands.build.build import Order, build
from adapter.commands.build.bytecode import compile_all
from benchmarks.cold_start import first_answer
from benchmarks.emulator import TABLE, emulator
from benchmarks.measure import interleaved, ratios, table
from benchmarks.runtime_api import runtime_api
from tests.support.sam import ARCHITECTURE, SAM

ROOT = Path(__file__).parent.parent
ROUNDS = 9
SHOWN_IMPORTS = 10

OURS = "adapter, by `adapter build`"
REFERENCE = "Mangum + FastAPI + boto3, by plain `sam build`"
HAND_WRITTEN = {
    "Bare": ("bare_dynamodb", ("fastapi", "mangum", "boto3")),
    "Powertools": ("bare_powertools", ("aws-lambda-powertools", "boto3")),
}

_IMPORT_TIME = re.compile(r"^import time:\s+(\d+) \|\s+\d+ \|\s*([\w.]+)$", re.MULTILINE)


def interpreter() -> str:
    """Return the template's Python if the tests have it, else this one; both have the runtime's client."""
    deployed = ROOT / ".venv-3.13" / "bin" / "python"
    return str(deployed) if deployed.exists() else sys.executable


@contextmanager
def packages(python: str) -> Iterator[dict[str, Path]]:
    """Build all packages; gives the folder of each by its name in the table."""
    runtime = _run(python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])")
    with tempfile.TemporaryDirectory() as scratch:
        top = Path(scratch)
        _write_project(top, runtime)
        path = f"{Path(python).parent}:{os.environ['PATH']}"
        _run(str(SAM), "build", cwd=top, environment={**os.environ, "PATH": path, "SAM_CLI_TELEMETRY": "0"})
        built = top / ".aws-sam" / "build"
        ours = top / "ours"
        build(
            Order(
                str(ROOT / "functions" / "interface_state"),
                str(ours),
                runtime=runtime,
                architecture=ARCHITECTURE,
                python=python,
            )
        )
        source_only = Path(shutil.copytree(ours, top / "source_only", ignore=shutil.ignore_patterns("__pycache__")))
        compiled = Path(shutil.copytree(built / "Bare", top / "compiled"))
        compile_all(compiled, python)
        yield {
            REFERENCE: built / "Bare",
            "the same with bytecode": compiled,
            "Powertools' resolver + boto3, by plain `sam build`": built / "Powertools",
            OURS: ours,
            "adapter, the same without bytecode": source_only,
        }


def _run(*command: str, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> str:
    """Return what a command prints.

    Raises:
        RuntimeError: it failed.
    """
    ran = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout.strip()


def _write_project(top: Path, runtime: str) -> None:
    """Write the hand-written functions as somebody would have them who uses the SAM CLI as it comes."""
    resources = {}
    for name, (app, needed) in HAND_WRITTEN.items():
        folder = top / name.lower()
        folder.mkdir()
        shutil.copyfile(ROOT / "benchmarks" / "apps" / f"{app}.py", folder / "app.py")
        (folder / "requirements.txt").write_text("".join(f"{one}=={version(one)}\n" for one in needed))
        properties = {
            "CodeUri": f"{name.lower()}/",
            "Handler": "app.handler",
            "Runtime": runtime,
            "Architectures": [ARCHITECTURE],
        }
        resources[name] = {"Type": "AWS::Serverless::Function", "Properties": properties}
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Resources": resources,
    }
    (top / "template.yaml").write_text(json.dumps(template))


def imports(folder: Path, python: str, environment: Mapping[str, str]) -> Counter[str]:
    """Return how long each top-level package takes to import with what it needs itself, in microseconds."""
    variables = {**os.environ, **environment, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    ran = subprocess.run(
        [python, "-X", "importtime", "-c", "import app"], cwd=folder, env=variables, check=True, capture_output=True
    )
    found: Counter[str] = Counter()
    for microseconds, module in _IMPORT_TIME.findall(ran.stderr.decode()):
        package = module.partition(".")[0]
        found[package if (folder / package).exists() or (folder / f"{package}.py").exists() else "Python's own"] += int(
            microseconds
        )
    return found


def run(rounds: int = ROUNDS) -> str:
    """Measure and return the Markdown."""
    python = interpreter()
    with packages(python) as folders, emulator() as environment, runtime_api() as api:
        environment = {**environment, "TABLE": TABLE, "PYTHONDONTWRITEBYTECODE": "1"}
        environment["ADAPTER_SESSION_KEYS"] = "of-the-benchmarks-only-and-no-secret-at-all"
        samples = interleaved(
            {
                name: lambda folder=folder: first_answer(  # type: ignore[misc]
                    api, "app.handler", environment, folder=folder, python=python
                )
                for name, folder in folders.items()
            },
            rounds=rounds,
        )
        columns = [imports(folders[name], python, environment) for name in (OURS, REFERENCE)]
    shown = [name for name, _ in (columns[0] + columns[1]).most_common(SHOWN_IMPORTS)]
    rows = [[name, *(f"{one[name] / 1_000:,.0f}" for one in columns)] for name in shown]
    rows.append(["all", *(f"{one.total() / 1_000:,.0f}" for one in columns)])
    return (
        f"{ratios(samples, REFERENCE)}\n\n"
        f"{_run(python, '--version')}, {ARCHITECTURE}. "
        f"Where the imports of two of them spend their time, by package:\n\n"
        f"{table(['imported', f'{OURS}, ms', f'{REFERENCE}, ms'], rows)}"
    )


if __name__ == "__main__":
    print(run(*map(int, sys.argv[1:])))
