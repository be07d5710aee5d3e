"""``python -m adapter.commands.build.draw_once APP FOLDER``: run APP once and write what it drew into FOLDER.

With ``--later`` the clock stands at another time, so that what is drawn by it shows itself.
"""

from __future__ import annotations

import ast
import contextlib
import os
import random
import sys
from importlib import import_module
from pathlib import Path
from types import FrameType

CHANCE = "chance"
"""The file that says that the script used chance, or the order of a set, which two runs may have alike by chance."""

FRESH = (623, 624)
"""Where NumPy's generator stands that nothing was drawn of, unseeded and seeded."""

KNOWN_AS_THEY_ARE = ("adapter.aws_lambda.handler", "adapter.app.chat.interface", "adapter.app.interface", "pydantic.v1")
"""Imported before the clock is changed, as the script's libraries are: some make classes of dates of their own."""


def main(app: str, folder: str, *options: str) -> None:
    """Write the release of ``app`` into ``folder``.

    Raises:
        ConfigurationError: it has nothing to serve.
        Exception: whatever the app's own code raises.
    """
    from adapter.commands.dev.loader import load, locate

    environ = os.environ  # noqa: TID251 - written where the settings are read
    for name in ("ADAPTER_STATE_BUCKET", "PYTHONHASHSEED"):  # the second differs between the runs, and is no draw
        environ.pop(name, None)
    environ.update(ADAPTER_ENVIRONMENT="1", ADAPTER_STORE="memory:", ADAPTER_RELEASE_FOLDER=folder)
    environ.pop("ADAPTER_FILES", None)
    target = locate(app)
    os.chdir(target.folder)
    if "--later" in options:
        from adapter.commands.build import later

        for name in (*KNOWN_AS_THEY_ARE, *_imported(Path(target.folder))):
            with contextlib.suppress(ImportError):  # one of the app's own, which comes with it
                import_module(name)
        later.install()
    chance = _Chance(target.folder)
    load(target)
    place = Path(folder, CHANCE)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("1" if chance.used() else "0", "ascii")


def _imported(folder: Path) -> list[str]:
    """Return the modules that the app's files import when they are imported themselves."""
    found: dict[str, None] = {}
    for file in sorted(folder.glob("*.py")):
        waiting: list[ast.AST] = [ast.parse(file.read_bytes())]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Import):
                found.update(dict.fromkeys(one.name for one in node.names))
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found[node.module] = None
            elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                waiting.extend(ast.iter_child_nodes(node))
    return list(found)


class _Chance:
    """Whether the script uses the sources of chance that show it, since this was made; what libraries use is none."""

    def __init__(self, folder: str) -> None:
        self._folder = f"{folder}/"
        self._drawn = False
        self._urandom = os.urandom
        self._state = random.getstate()
        # where uuid and secrets, NumPy among their callers, read it at each call
        os.urandom = random._urandom = self._noted  # type: ignore[attr-defined]

    def _noted(self, size: int, /) -> bytes:
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and "importlib" not in frame.f_code.co_filename:
            self._drawn = self._drawn or frame.f_code.co_filename.startswith(self._folder)
            frame = frame.f_back
        return self._urandom(size)

    def used(self) -> bool:
        """Return whether it did; the sources are as before from then on."""
        os.urandom = random._urandom = self._urandom  # type: ignore[attr-defined]
        numpy = sys.modules.get("numpy.random")
        of_numpy = numpy is not None and numpy.get_state()[2] not in FRESH
        return self._drawn or of_numpy or random.getstate() != self._state


if __name__ == "__main__":
    main(*sys.argv[1:])
