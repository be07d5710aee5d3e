"""Sizes of files and memory, as Gradio writes them: bytes, or such as ``"5mb"``."""

from __future__ import annotations

import re

from adapter.errors import ConfigurationError

UNITS = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}


class FileSize:
    """Units for ``launch(max_file_size=5 * gr.FileSize.MB)``, in bytes."""

    B, KB, MB, GB, TB = UNITS.values()


def in_bytes(name: str, given: str | int | None) -> int | None:
    """Return the bytes of a size such as ``"5mb"``.

    Args:
        name: of the option, for the error.
        given: the size; ``None`` stays.

    Raises:
        ConfigurationError: it is no size.
    """
    if given is None or isinstance(given, int):
        return given
    found = re.fullmatch(r"(\d+)([A-Z]+)", given.replace(" ", "").upper())
    if found is None or found[2] not in UNITS:
        raise ConfigurationError(f"{name} is {given!r}; give bytes, or such as '5mb'.")
    return int(found[1]) * UNITS[found[2]]
