"""What of a function's folder and of this adapter goes into a package."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from adapter.commands.build.libraries import MANIFEST

ADAPTER = Path(__file__).resolve().parents[2]

COMMANDS = ("__main__.py", "commands")
"""Parts of the adapter that no function uses: what is above ``adapter.aws_lambda.handler``."""

NOT_SHIPPED = ("__pycache__", "*.py[cod]", ".*", "test_*.py", "*_test.py", "tests", MANIFEST, "Makefile", "Dockerfile*")
"""What of a function's folder stays at home."""

_AWS_SDK = re.compile(r"\b(boto3|botocore|aiobotocore)\b")


def copy_adapter(into: Path) -> None:
    """Copy what a function uses of this adapter, the page included: a function without a site shows it itself."""
    _copy(ADAPTER, into / "adapter", without=("__pycache__", "*.py[cod]", "py.typed", *COMMANDS))


def copy_function(folder: Path, into: Path) -> None:
    """Copy a function's own files."""
    _copy(folder, into, without=NOT_SHIPPED)


def source_digest(folder: Path) -> str:
    """Return a name for what a function's folder holds: another one for any other code or data."""
    digest = hashlib.sha256()
    for file in _files(folder, NOT_SHIPPED, "*"):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def uses_aws_sdk(folder: Path) -> bool:
    """Whether a function's own code speaks of boto3: it may call any service."""
    return any(
        _AWS_SDK.search(file.read_text("utf-8", errors="replace")) for file in _files(folder, NOT_SHIPPED, "*.py")
    )


def _copy(source: Path, into: Path, *, without: Iterable[str]) -> None:
    for file in _files(source, tuple(without), "*"):
        place = into / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)


def _files(folder: Path, without: tuple[str, ...], pattern: str) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if any(fnmatch(entry.name, one) for one in without):
            continue
        if entry.is_dir():
            # only the top level has commands, but caches are anywhere
            yield from _files(entry, without, pattern)
        elif fnmatch(entry.name, pattern):
            yield entry
