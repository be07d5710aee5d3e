"""The project's templates, read and translated by the SAM CLI's own libraries."""

from __future__ import annotations

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support import aws

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv-sam"
MAIN = "template.yaml"
NESTED = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "infra").glob("*.yaml")))
APPS = tuple(sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py")))

Template = dict[str, Any]


def tool(name: str) -> Path:
    """Return a program of the SAM CLI's environment; without it the test is skipped, and under ``CI=true`` it fails."""
    found = VENV / "bin" / name
    if not found.exists():
        missing = f"there is no {name} in {VENV.name}/; run scripts/setup sam, which puts it there"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def run(program: str, *arguments: str) -> str:
    """Run a program of the SAM CLI's environment in the project's folder and return what it said; it must succeed."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", "/"),
        "AWS_DEFAULT_REGION": aws.REGION,
        "SAM_CLI_TELEMETRY": "0",
        # Nobody is asked whose credentials these are: nothing here needs AWS.
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    done = subprocess.run([tool(program), *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{program} {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


@cache
def _translated(wanted: str, addition: str = "") -> str:
    return run("python", "tests/infra/translate.py", wanted, addition)


def translated(**parameters: str) -> dict[str, Template]:
    """Return all templates as CloudFormation has them after SAM's transform, by their paths.

    Args:
        parameters: of the main template, as they are when it is deployed.
    """
    wanted = {MAIN: parameters, **{path: {} for path in NESTED}}
    found: dict[str, Template] = json.loads(_translated(json.dumps(wanted)))
    return found


def with_addition(addition: str) -> Template:
    """Return the main template after SAM's transform, with YAML laid over it as it is written."""
    found: dict[str, Template] = json.loads(_translated(json.dumps({MAIN: {}}), addition))
    return found[MAIN]


def written(path: str = MAIN) -> Template:
    """Return a template as it is written, with its short forms (``!Ref``) in full."""
    found: Template = json.loads(_written(path))
    return found


@cache
def _written(path: str) -> str:
    return run(
        "python",
        "-c",
        "import json, sys, samtranslator.yaml_helper as y; print(json.dumps(y.yaml_parse(open(sys.argv[1]))))",
        path,
    )


def resources(template: Template, kind: str) -> dict[str, Any]:
    """Return the resources of one type, by their logical ids."""
    return {name: resource for name, resource in template["Resources"].items() if resource["Type"] == kind}
