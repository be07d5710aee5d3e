"""Bytecode for the runtime, made in the build."""

from __future__ import annotations

import subprocess
from pathlib import Path

from adapter.errors import ConfigurationError

TASK_ROOT = "/var/task"
"""Where Lambda puts a package. Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"""


def compile_all(folder: Path, python: str) -> None:
    """Compile every module below a folder, as it will lie in Lambda's task root.

    The bytecode is not checked against its source: a zip's times say nothing, so that Python would
    throw bytecode of the usual kind away, and the source need not even be read.

    Args:
        folder: of the package, or of a part of it that lies at its root.
        python: an interpreter of the runtime's version.

    Raises:
        ConfigurationError: a module cannot be compiled.
    """
    command = [
        *(python, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash"),
        *("-s", str(folder), "-p", TASK_ROOT, str(folder)),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        raise ConfigurationError(f"{python} cannot compile the package:\n{ran.stdout.strip() or ran.stderr.strip()}")
