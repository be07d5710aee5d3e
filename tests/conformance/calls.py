"""What is asked of an app; each folder of apps declares its calls in ``calls.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

APPS = Path(__file__).with_name("apps")


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        api: the endpoint, without its slash.
        data: the arguments, in order; those of States are left out, as the clients do.
        session: the client that makes it.
        named: further arguments by name; only in Python, where clients have names.
        event_data: what a page tells of its event; only in JavaScript, whose client can say it.
        deviates: the rows of the table of deviations that say where the answers differ; they must.
    """

    api: str
    data: tuple[Any, ...] = ()
    session: str = "A"
    named: Mapping[str, Any] = field(default_factory=dict)
    event_data: Any = None
    deviates: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """An argument that is a file, which the clients upload first."""

    name: str
    text: str


def call(
    api: str,
    *data: Any,
    session: str = "A",
    named: Mapping[str, Any] | None = None,
    event_data: Any = None,
    deviates: str | Sequence[str] = (),
) -> Call:
    """Return a call; see `Call`."""
    rows = (deviates,) if isinstance(deviates, str) else tuple(deviates)
    return Call(api, data, session, named or {}, event_data, rows)


@dataclass(frozen=True)
class App:
    """A script and what is asked of it.

    Attributes:
        name: its folder and its file's name.
        script: the file.
        calls: what is asked, in order.
        deviates: the rows of the table of deviations that say where its ``/info`` differs.
        path: where the app is mounted in a host app.
    """

    name: str
    script: Path
    calls: Sequence[Call]
    deviates: tuple[str, ...] = ()
    path: str = ""


def declared() -> dict[str, App]:
    """Return every app by its name, as its folder's ``calls.py`` declares it.

    ``CALLS`` says what each script is asked, ``INFO`` where its ``/info`` differs, ``PATHS`` where it is mounted.
    """
    found = {}
    for declaration in sorted(APPS.glob("*/calls.py")):
        folder = declaration.parent
        module = import_module(f"tests.conformance.apps.{folder.name}.calls")
        for script, calls in module.CALLS.items():
            name = f"{folder.name}/{script}"
            deviates = getattr(module, "INFO", {}).get(script, ())
            path = getattr(module, "PATHS", {}).get(script, "")
            found[name] = App(name, folder / f"{script}.py", calls, deviates, path)
    return found
