"""Where the runtime interface emulator is: in the SAM CLI, or by itself."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from adapter.errors import ConfigurationError

NAME = "aws-lambda-rie"
FOLDER = Path("local", "rapid")
"""Where the SAM CLI keeps emulators, in its package; one for each processor."""

MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def find_emulator(given: str | None = None) -> str:
    """Return the path of an emulator for this machine.

    Args:
        given: where the user says it is; else it is looked for in the SAM CLI, then on PATH.

    Raises:
        ConfigurationError: there is none, or what it needs besides is not there.
    """
    if not sys.platform.startswith("linux"):
        raise ConfigurationError(f"The runtime interface emulator runs on Linux, and this is {sys.platform}.")
    if find_spec("awslambdaric") is None:
        raise ConfigurationError(
            f"--runtime rie needs AWS's runtime client: {sys.executable} -m pip install awslambdaric"
        )
    if given is not None:
        if not _runs(Path(given)):
            raise ConfigurationError(f"--rie {given} is no program; give the path of {NAME}.")
        return str(Path(given).resolve())
    machine = MACHINES.get(platform.machine().lower(), platform.machine())
    for package in _sam_packages():
        program = package / FOLDER / f"{NAME}-{machine}"
        if _runs(program):
            return str(program)
    on_path = shutil.which(NAME)
    if on_path:
        return on_path
    raise ConfigurationError(
        f"There is no {NAME} for {machine} here; pip install aws-sam-cli (anywhere on PATH), which brings it, "
        f"or give --rie PATH."
    )


def _sam_packages() -> Iterator[Path]:
    """Return where the SAM CLI's package may be."""
    spec = find_spec("samcli")
    if spec is not None and spec.submodule_search_locations:
        yield from map(Path, spec.submodule_search_locations)
    on_path = shutil.which("sam")
    # the project's own environment for it lies beside this one
    for program in (on_path, Path(sys.prefix).parent / ".venv-sam" / "bin" / "sam"):
        if program is None:
            continue
        top = Path(program).resolve().parent
        yield from (top / "samcli", top / "_internal" / "samcli")  # as AWS's installer lays it
        yield from sorted(top.parent.glob("lib/python3*/site-packages/samcli"))


def _runs(program: Path) -> bool:
    return program.is_file() and os.access(program, os.X_OK)
