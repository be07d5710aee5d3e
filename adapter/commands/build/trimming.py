"""What libraries bring along and no function reads: tests, scripts, lists of files, descriptions of other services."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SERVICES = ("dynamodb", "s3", "sts")
"""What the adapter calls, and what gives credentials to it."""

NAMES = "top_level.txt"
"""Of a library: the modules and packages that it brings, a name a line."""

METADATA_FILES = ("METADATA", "entry_points.txt", "licenses", "LICENSE*", "NOTICE*", NAMES)
"""What is kept of a library's metadata: what programs ask for at run time, and what its licence wants."""

_REQUIRES_SDK = re.compile(r"^Requires-Dist: *(boto3|botocore|aiobotocore)\b(?!.*extra *==)", re.MULTILINE)
_SDK_ITSELF = re.compile(r"^(boto3|s3transfer)-")


def needs_whole_sdk(libraries: Path) -> bool:
    """Whether another library than boto3's own builds on it: it may call any service."""
    return any(
        _REQUIRES_SDK.search(file.read_text("utf-8", errors="replace")) and not _SDK_ITSELF.match(file.parent.name)
        for file in libraries.glob("*.dist-info/METADATA")
    )


def trim(libraries: Path, *, whole_sdk: bool) -> None:
    """Remove what is not read at run time.

    Args:
        libraries: a folder that pip has filled.
        whole_sdk: whether botocore's descriptions of all services stay.
    """
    shutil.rmtree(libraries / "bin", ignore_errors=True)
    for folder in [*libraries.glob("*/tests"), *libraries.glob("*/*/tests"), *libraries.glob("*/*/*/tests")]:
        if any(folder.glob("test_*.py")) or (folder / "__init__.py").exists():
            shutil.rmtree(folder)
    for folder in libraries.glob("*.dist-info"):
        _trim_metadata(folder)
    if whole_sdk:
        return
    _keep_only(libraries / "boto3" / "data", SERVICES)
    shutil.rmtree(libraries / "boto3" / "examples", ignore_errors=True)
    data = libraries / "botocore" / "data"
    _keep_only(data, SERVICES)
    for model in [*data.glob("*/*/*.json.gz"), *data.glob("*.json.gz"), *data.glob("*.json"), *data.glob("*/*/*.json")]:
        _rewrite(model)


def _trim_metadata(folder: Path) -> None:
    record = folder / "RECORD"
    if record.exists():  # which names are a library's, and not the app's own, is asked at run time
        listed = csv.reader(record.read_text("utf-8").splitlines())
        names = {row[0].partition("/")[0].partition(".")[0] for row in listed if row and ".dist-info/" not in row[0]}
        (folder / NAMES).write_text("".join(f"{name}\n" for name in sorted(names - {""})), "utf-8")
    kept = {entry for pattern in METADATA_FILES for entry in folder.glob(pattern)}
    for entry in folder.iterdir():
        if entry in kept:
            continue
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    described = folder / "METADATA"
    if described.exists():
        # the headers; what follows the first empty line is the library's README
        head, _, _ = described.read_text("utf-8").partition("\n\n")
        described.write_text(head + "\n", "utf-8")


def _keep_only(folder: Path, names: Iterable[str]) -> None:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and entry.name not in names:
            shutil.rmtree(entry)


def _rewrite(model: Path) -> None:
    """Write one of botocore's JSON files without documentation, other services and gzip, which cost time to read."""
    if model.name.startswith("examples-"):
        model.unlink()
        return
    content = gzip.decompress(model.read_bytes()) if model.suffix == ".gz" else model.read_bytes()
    read = _undocumented(json.loads(content))
    if model.name.startswith("endpoints.json"):
        for partition in read["partitions"]:
            partition["services"] = {name: one for name, one in partition["services"].items() if name in SERVICES}
    for parameter in read.get("clientContextParams", {}).values() if isinstance(read, dict) else ():
        parameter["documentation"] = ""  # the one text that botocore asks for itself, with each S3 client's first call
    model.unlink()
    written = model.with_suffix("") if model.suffix == ".gz" else model
    written.write_text(json.dumps(read, separators=(",", ":")), "utf-8")


def _undocumented(value: Any) -> Any:
    if isinstance(value, dict):
        # a member that is called documentation is described by an object, never by a text
        return {
            key: _undocumented(one)
            for key, one in value.items()
            if not (key == "documentation" and isinstance(one, str))
        }
    return [_undocumented(one) for one in value] if isinstance(value, list) else value
