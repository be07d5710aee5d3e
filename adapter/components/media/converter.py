"""Sound and video in other formats, by the program ffmpeg where the app brings it: Lambda has none."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

REMEDY = "put imageio-ffmpeg among the function's requirements, which has the program ffmpeg with it"
"""Source: https://pypi.org/project/imageio-ffmpeg/"""


class CannotConvert(Exception):
    """There is no ffmpeg, or it could not do what was asked for; the text says which, and what to do."""


def program() -> str | None:
    """Return where ffmpeg is: on the ``PATH``, or in the package imageio-ffmpeg; ``None`` if nowhere."""
    from shutil import which  # only where something is to be converted

    found = which("ffmpeg")
    if found is not None:
        return found
    try:
        return str(import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (ModuleNotFoundError, RuntimeError):
        return None


def convert(source: Path, ending: str, *options: str) -> bytes:
    """Return the sound or video in ``source`` as a file with another ending has it.

    Args:
        source: where it is on this machine.
        ending: of the format that is wanted, such as "mp3".
        options: of ffmpeg, for what it writes.

    Raises:
        CannotConvert: there is no ffmpeg, or it fails.
    """
    ffmpeg = program()
    if ffmpeg is None:
        raise CannotConvert(f"{source.name!r} would have to be converted to {ending.upper()}; {REMEDY}")
    import subprocess

    with tempfile.TemporaryDirectory(prefix="adapter-") as folder:
        target = Path(folder) / f"converted.{ending}"
        # An upload may be a playlist: it is to name no file of other machines.
        given = ["-nostdin", "-v", "error", "-protocol_whitelist", "file", "-i", str(source.absolute())]
        done = subprocess.run([ffmpeg, *given, *options, str(target)], capture_output=True, check=False)
        if done.returncode or not target.is_file():
            said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
            raise CannotConvert(f"ffmpeg could not convert {source.name!r} to {ending.upper()}: {said}")
        return target.read_bytes()
