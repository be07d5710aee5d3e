"""The files of a new function; everything is checked before the first is written."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from adapter.commands.new.deployment import with_function
from adapter.errors import ConfigurationError

TEMPLATES = Path(__file__).parent / "templates"
SUFFIX = ".txt"
"""Of the files in ``templates``, which are no modules of this package."""

MANIFEST = "requirements.txt"
REQUIREMENTS = "# What this function needs besides the adapter and its libraries, one requirement a line.\n"

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
STAND_IN = "NAME"
"""Stands for the function's name in the templates."""

DEPLOYMENT = "template.yaml"


def begin(name: str, *, kind: str, deploy: bool, project: Path) -> int:
    """Make a function and say what comes next.

    Args:
        name: of its folder in ``functions``.
        kind: the folder of ``templates`` to begin with.
        deploy: whether to add it to the deployment's templates.
        project: the folder that has ``functions`` and ``template.yaml``.

    Returns:
        The exit code, 0.

    Raises:
        ConfigurationError: the name will not do, something of it is there already, or the templates have no function
            to learn from; nothing was written.
    """
    if not NAME.fullmatch(name) or keyword.iskeyword(name):
        raise ConfigurationError(
            f"{name!r} is no name for a function; take 1 to 40 of a to z, 0 to 9 and _, with a letter first."
        )
    folder = project / "functions" / name
    if folder.exists():
        raise ConfigurationError(f"functions/{name} is there already; choose another name, or remove it first.")
    deployment = _deployment(project) if deploy else {}
    changed = with_function(name, deployment) if deploy else {}
    files = {
        folder / path.name.removesuffix(SUFFIX): path.read_text("utf-8").replace(STAND_IN, name)
        for path in sorted((TEMPLATES / kind).glob(f"*{SUFFIX}"))
    }
    folder.mkdir(parents=True)
    for path, text in {**files, folder / MANIFEST: REQUIREMENTS, **changed}.items():
        path.write_text(text, "utf-8")
        print(path.relative_to(project))
    print(f"Run it:  adapter dev functions/{name}/app.py")
    return 0


def _deployment(project: Path) -> dict[Path, str]:
    """Return the texts of the deployment's templates.

    Raises:
        ConfigurationError: there is none.
    """
    main = project / DEPLOYMENT
    if not main.is_file():
        raise ConfigurationError(
            f"There is no {DEPLOYMENT} in {project}; run this in the project's folder, or give --no-deploy."
        )
    return {path: path.read_text("utf-8") for path in (main, *sorted((project / "infra").glob("*.yaml")))}
