"""The package that an app was built into: what its script drew then stands on the page, too."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from adapter.app.release.agreement import FOLDER
from adapter.commands.build.build import RECORD
from adapter.commands.build.contents import source_digest
from adapter.errors import ConfigurationError

BUILT_BY_SAM = Path(".aws-sam", "build")
RELEASE = "release"
"""In the folder that an app's process gets: a copy of its package's release."""


def release_of(app: str, packages: str | None) -> Path | None:
    """Return the folder of what ``app`` drew when it was built; ``None`` where no package is, or it knows of none.

    Args:
        app: as on the command line.
        packages: a package, or a folder of them; ``None`` for those of `sam build`.

    Raises:
        ConfigurationError: none in ``packages`` was built of the app as it is now.
    """
    top = BUILT_BY_SAM if packages is None else Path(packages)
    records = [*top.glob(RECORD), *top.glob(f"*/{RECORD}")]
    source = Path(app)
    folder = source if source.is_dir() else source.parent
    if not records or not source.exists():
        if packages is not None:
            raise ConfigurationError(f"{packages} is no package and holds none; give an OUT_DIR of adapter build.")
        return None
    digest = source_digest(folder)
    for record in records:
        if json.loads(record.read_text("utf-8")).get("source") == digest:
            release = record.parent / FOLDER
            return release if release.is_dir() else None
    missing = f"No package in {top} was built of {app} as it is now"
    if packages is not None:
        raise ConfigurationError(f"{missing}; build it again.")
    print(
        f"adapter: {missing}: if its script draws by chance or by the clock, the page may not fit to the function. "
        f"Run `sam build` first.",
        file=sys.stderr,
    )
    return None
