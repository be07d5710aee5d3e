"""Libraries that only some apps need: imported when a component uses them, and named where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from adapter.errors import ConfigurationError


def library(module: str, *, package: str, needed: str) -> Any:
    """Return the module, imported.

    Args:
        module: its name.
        package: what pip installs it by.
        needed: what for, as the beginning of a sentence.

    Raises:
        ConfigurationError: it is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name not in (module, module.partition(".")[0]):  # it is there, and something of its own is not
            raise
        raise ConfigurationError(
            f"{needed} needs {package}, which is not installed; pip install {package}, and add it to the function's "
            f"requirements."
        ) from error
