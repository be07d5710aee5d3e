"""The libraries of a package: which, in which versions, and how pip is asked for them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from adapter.commands.build.target import Target
from adapter.errors import ConfigurationError

DISTRIBUTION = "serverless-function-adapter"
MANIFEST = "requirements.txt"

_NAME = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_SAID_LINES = 8


def name_of(requirement: str) -> str:
    """Return the normalized name that a requirement begins with; empty for an option, a path or a comment."""
    found = _NAME.match(requirement)
    return re.sub(r"[-_.]+", "-", found[1]).lower() if found else ""


def own_requirements() -> list[str]:
    """Return what this adapter needs at run time.

    Raises:
        ConfigurationError: it is not installed, so that nothing says what it needs.
    """
    try:
        found = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        raise ConfigurationError(
            f"{DISTRIBUTION} is not installed beside {sys.executable}, so its requirements are not known; "
            f"pip install it (in its own repository: pip install -e .)."
        ) from None
    return [one for one in found if "extra ==" not in one]


def function_requirements(folder: Path) -> list[str]:
    """Return the lines of the function's ``requirements.txt``; what names this adapter is there already."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    lines = manifest.read_text("utf-8").splitlines()
    return [
        line for line in lines if line.strip() and not line.lstrip().startswith("#") and name_of(line) != DISTRIBUTION
    ]


def installed_versions() -> list[str]:
    """Return ``name==version`` of everything that is installed beside this adapter, sorted."""
    found = {
        f"{name_of(one.name)}=={one.version}"
        for one in importlib.metadata.distributions()
        if "+" not in one.version  # a local build, which no index has
    }
    return sorted(found)


def install(
    requirements: Sequence[str], pins: Iterable[str], into: Path, target: Target, *, folder: Path, python: str | None
) -> None:
    """Have pip put libraries into a folder.

    Args:
        requirements: lines as in a requirements file.
        pins: versions that hold for whatever is installed.
        into: where to.
        target: what they must run on.
        folder: where relative paths in ``requirements`` start.
        python: an interpreter of the target's version, which reads markers as the runtime would; ``None``: this one.

    Raises:
        ConfigurationError: there is no pip, or it failed.
    """
    if importlib.util.find_spec("pip") is None:
        raise ConfigurationError(f"There is no pip beside {sys.executable}; run: {sys.executable} -m ensurepip")
    with tempfile.TemporaryDirectory() as lists:
        wanted, pinned = Path(lists, "requirements"), Path(lists, "constraints")
        wanted.write_text("\n".join(requirements), "utf-8")
        pinned.write_text("\n".join(pins), "utf-8")
        command = [
            *(sys.executable, "-m", "pip", *(["--python", python] if python else []), "install"),
            *("--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--only-binary=:all:"),
            *("--implementation", "cp", "--python-version", target.version),
            *(part for tag in target.platforms for part in ("--platform", tag)),
            *("--target", str(into), "--requirement", str(wanted), "--constraint", str(pinned)),
        ]
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        said = [line for line in ran.stderr.splitlines() if not line.startswith("WARNING: Location")]
        raise ConfigurationError(
            "\n".join(
                [
                    f"pip found no libraries for {target.runtime} on {target.architecture}:",
                    *said[-_SAID_LINES:],
                    f"Versions are those installed here; --latest takes the newest. A library without a wheel for "
                    f"{target.architecture} needs a function packaged as a container image.",
                ]
            )
        )


def versions(folder: Path) -> dict[str, str]:
    """Return the versions of the libraries in a folder, by name."""
    found = importlib.metadata.distributions(path=[str(folder)])
    return dict(sorted((name_of(one.name), one.version) for one in found))
