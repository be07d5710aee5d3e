"""What is built for: a Python, a processor, and what `sam build` says of them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapter.errors import ConfigurationError

RUNTIME = "python3.13"
ARCHITECTURE = "arm64"

MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
"""What wheels call a processor of Lambda's."""

GLIBC = {"3.11": 26}
"""The runtime's glibc is 2.N. Amazon Linux 2 has 2.26, Amazon Linux 2023 (from Python 3.12) 2.34.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
"""
GLIBC_2023 = 34
MANYLINUX_2014 = 17
"""The glibc 2.N of the oldest wheels that are looked for."""


@dataclass(frozen=True, slots=True)
class Target:
    """A managed runtime.

    Attributes:
        runtime: as Lambda calls it: ``python3.13``.
        architecture: ``arm64`` or ``x86_64``.
    """

    runtime: str
    architecture: str

    @property
    def version(self) -> str:
        """Python's: ``3.13``."""
        return self.runtime.removeprefix("python")

    @property
    def platforms(self) -> list[str]:
        """The platform tags of the wheels that run there, best first."""
        machine = MACHINES[self.architecture]
        newest = GLIBC.get(self.version, GLIBC_2023)
        tags = [f"manylinux_2_{minor}_{machine}" for minor in range(newest, MANYLINUX_2014 - 1, -1)]
        return [*tags, f"manylinux2014_{machine}", f"linux_{machine}"]


def target(runtime: str | None, architecture: str | None, out: Path) -> Target:
    """Return what to build for: what was asked for, else what `sam build` is building into ``out``, else the defaults.

    `sam build` tells its Makefile neither, but writes down both before it starts.

    Raises:
        ConfigurationError: `sam build` builds for something else than what was asked for.
    """
    told = _sam(out)
    for asked, name in ((runtime, "runtime"), (architecture, "architecture")):
        if asked and told.get(name, asked) != asked:
            raise ConfigurationError(
                f"The template's {name} of {out.name} is {told[name]}, and --{name} is {asked}; leave --{name} out, "
                f"or give `sam build` the parameter that makes them equal."
            )
    return Target(runtime or told.get("runtime", RUNTIME), architecture or told.get("architecture", ARCHITECTURE))


def _sam(out: Path) -> dict[str, str]:
    """Return the ``runtime`` and ``architecture`` of the function that `sam build` builds into ``out``, if it does."""
    noted = out.parent.parent / "build.toml"
    if not noted.is_file():
        return {}
    definitions: dict[str, Any] = tomllib.loads(noted.read_text("utf-8")).get("function_build_definitions", {})
    for number, one in definitions.items():
        # with --cached, the folder is named by the definition's number
        if out.name == number or out.name in one.get("functions", ()):
            return {name: one[name] for name in ("runtime", "architecture") if name in one}
    return {}


def interpreter(version: str, given: str | None = None) -> str | None:
    """Return a Python of ``version`` (``3.13``) on this machine, or ``None``.

    Raises:
        ConfigurationError: the one that was given is none, or of another version.
    """
    if given is not None:
        if not _is(given, version):
            raise ConfigurationError(f"--python {given} is no Python {version}, which the runtime is; give its path.")
        return given
    return next((one for one in _candidates(version) if _is(one, version)), None)


def _candidates(version: str) -> Iterator[str]:
    yield sys.executable
    on_path = shutil.which(f"python{version}")
    if on_path:
        yield on_path
    yield str(Path(sys.prefix).parent / f".venv-{version}" / "bin" / "python")
    for folder in (".pyenv/versions", ".local/share/uv/python"):
        yield from map(str, sorted(Path.home().glob(f"{folder}/*{version}.*/bin/python{version}")))


def _is(python: str, version: str) -> bool:
    """Whether ``python`` runs (a version manager's shim may not) and has that version."""
    try:
        ran = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except OSError:
        return False
    return ran.returncode == 0 and ran.stdout.strip() == version
