"""From a function's folder to a package."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from adapter.commands.build import libraries
from adapter.commands.build.bytecode import compile_all
from adapter.commands.build.contents import copy_adapter, copy_function, source_digest, uses_aws_sdk
from adapter.commands.build.drawing import draw
from adapter.commands.build.target import Target, interpreter, target
from adapter.commands.build.trimming import needs_whole_sdk, trim
from adapter.errors import ConfigurationError

RECORD = "adapter-build.json"
"""What a package says of itself: its runtime, and the versions of what is in it."""

RECIPE = 2
"""Part of the key of cached libraries; raise it when they are prepared in another way."""

UNZIPPED_LIMIT_BYTES = 262_144_000
"""Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (250 MB, unzipped)"""


@dataclass(frozen=True, slots=True)
class Order:
    """What ``adapter build`` is told; see its options."""

    folder: str
    out: str
    runtime: str | None = None
    architecture: str | None = None
    python: str | None = None
    latest: bool = False
    cache: str | None = None
    draw: bool = True


def build(order: Order) -> int:
    """Make the package and say what is in it.

    Returns:
        The exit code, 0.

    Raises:
        ConfigurationError: the folder is none, pip failed, a module does not compile, the package is too large.
    """
    folder, out = Path(order.folder).resolve(), Path(order.out).resolve()
    if not any(folder.glob("*.py")):
        raise ConfigurationError(f"{order.folder} has no Python file; give the folder of a function, with its app.py.")
    built_for = target(order.runtime, order.architecture, out)
    python = interpreter(built_for.version, order.python)
    _empty(out)
    found = _put_libraries(order, folder, out, built_for, python)
    with tempfile.TemporaryDirectory() as own:
        copy_adapter(Path(own))
        copy_function(folder, Path(own))
        if python is not None:
            compile_all(Path(own), python)
        shutil.copytree(own, out, dirs_exist_ok=True)
    if order.draw:
        draw(folder, out)
    record = {
        "runtime": built_for.runtime,
        "architecture": built_for.architecture,
        "source": source_digest(folder),
        "libraries": found,
    }
    (out / RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    _report(out, built_for, python)
    return 0


def _empty(out: Path) -> None:
    """Make a new folder of ``out``.

    Raises:
        ConfigurationError: it holds something that is no package.
    """
    if out.exists():
        if not out.is_dir() or (any(out.iterdir()) and not (out / RECORD).is_file()):
            raise ConfigurationError(f"{out} is not empty and no earlier package; give another folder, or remove it.")
        shutil.rmtree(out)
    out.mkdir(parents=True)


def _put_libraries(order: Order, folder: Path, out: Path, built_for: Target, python: str | None) -> dict[str, str]:
    """Put the libraries into ``out``, prepared; return their versions by name."""
    wanted = [*libraries.own_requirements(), *libraries.function_requirements(folder)]
    pins = [] if order.latest else libraries.installed_versions()
    whole_sdk = uses_aws_sdk(folder)

    def prepare(place: Path) -> None:
        libraries.install(wanted, pins, place, built_for, folder=folder, python=python)
        trim(place, whole_sdk=whole_sdk or needs_whole_sdk(place))
        if python is not None:
            compile_all(place, python)

    if order.cache is None or order.latest:
        prepare(out)
    else:
        key = json.dumps([RECIPE, built_for.runtime, built_for.architecture, wanted, pins, whole_sdk, python])
        name = hashlib.sha256(key.encode()).hexdigest()[:16]
        with cached(Path(order.cache).resolve() / name) as missing:
            if missing is not None:
                prepare(missing)
        shutil.copytree(Path(order.cache).resolve() / name, out, dirs_exist_ok=True)
    return libraries.versions(out)


@contextmanager
def cached(place: Path) -> Iterator[Path | None]:
    """Give a folder to fill where ``place`` is not there; it becomes ``place`` when it is complete.

    Others that want the same wait for it: `sam build` builds all functions of a template at once.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if place.is_dir():
            yield None
            return
        with tempfile.TemporaryDirectory(prefix=f"{place.name}.", dir=place.parent) as scratch:
            fresh = Path(scratch, "libraries")
            fresh.mkdir()
            yield fresh
            fresh.rename(place)


def _report(out: Path, built_for: Target, python: str | None) -> None:
    files = [Path(place, name) for place, _, names in os.walk(out) for name in names]
    unzipped = sum(file.stat().st_size for file in files)
    zipped = sum(_packed(file) for file in files)
    modules = sum(file.suffix == ".pyc" for file in files)
    bytecode = f"bytecode of {modules:,} modules" if python is not None else "no bytecode"
    print(
        f"{out.name}: {zipped / 1e6:.1f} MB zipped, {unzipped / 1e6:.1f} MB unzipped, "
        f"{built_for.runtime} on {built_for.architecture}, {bytecode}"
    )
    if python is None:
        print(
            f"{out.name}: there is no Python {built_for.version} on this machine, so Lambda compiles every module at "
            f"every cold start, which doubles its time. Install it (or give --python) and build again."
        )
    if unzipped > UNZIPPED_LIMIT_BYTES:
        raise ConfigurationError(
            f"{out.name} is {unzipped:,} bytes unzipped; Lambda takes {UNZIPPED_LIMIT_BYTES:,}. "
            f"Package the function as a container image, or leave libraries out."
        )


def _packed(file: Path) -> int:
    """Return the size of a file in a zip, with its headers."""
    return len(zlib.compress(file.read_bytes(), 6)) + 2 * len(file.name) + 76
