"""Scripts that the app's author wrote, as files of the page: its policy runs no other code.

What a page may run is decided while the app is built. A call declares nothing: a source that it brings is run only
where the same one was declared before, since there may be a visitor's data in any other.
"""

from __future__ import annotations

import hashlib
import json
import re

from adapter.files.in_call import owns
from adapter.files.own import OwnFiles, declare
from adapter.state.transaction import current

FOLDER = "scripts/"
BODY = "-body.js"
"""The ending of a script that is read once more, as statements, where it is no expression."""

_CONSTANTS = re.compile(r"\s*\(\s*\)\s*=>\s*(\[.*\])\s*;?\s*", re.DOTALL)
_STATEMENTS = re.compile(r"(?:const|let|var|if|for|while|do|try|switch|throw|return)\b")
_BEFORE = re.compile(r"\A(?:\s|//[^\n]*\n|/\*.*?\*/)*", re.DOTALL)

_contents: dict[str, bytes] = {}
"""Of all apps of the process: each name holds a hash of what is there. Which of them an app has, `OwnFiles` says."""


def function(source: str) -> str | None:
    """Let pages run ``source`` as Gradio does: an expression or statements, and the function that it gives, if any.

    Returns:
        The script's name among the page's files; ``None`` for one that a call brings and nobody declared.
    """
    statements = f"{{ value: async function () {{\n{source}\n}} }}"
    if _STATEMENTS.match(_BEFORE.sub("", source)):
        return _declared(statements)
    expression = source.strip().rstrip(";")
    name = _declared(f"{{ value: async function () {{ return (\n{expression}\n); }}, expression: true }}")
    if name is not None:  # only a browser can tell which of the two it is
        _keep(name.removesuffix(".js") + BODY, statements)
    return name


def module(source: str) -> str | None:
    """Let pages run ``source`` as an ES module; return its name as `function` does."""
    return _kept("module", source)


def plain(source: str) -> str | None:
    """Let pages run ``source`` as a script whose names are every script's; return its name as `function` does."""
    return _kept("plain", source)


def value(expression: str) -> str | None:
    """Let pages load the value of a JavaScript ``expression`` that we have written; return its name as `function`."""
    return _declared(f"{{ value: {expression} }}")


def constants(source: str) -> bool:
    """Return whether ``source`` is a function that returns constants: pages read these and run nothing."""
    found = _CONSTANTS.fullmatch(source)
    try:
        return found is not None and isinstance(json.loads(found[1]), list)
    except ValueError:
        return False


def contents(own: OwnFiles | None = None) -> dict[str, bytes]:
    """Return what was declared, by the names among the page's files.

    Args:
        own: what the app has; ``None`` for all that was declared in this process.
    """
    return {name: content for name, content in _contents.items() if own is None or own.has(_declared_name(name))}


def _declared(content: str) -> str | None:
    name = _name("value", content)
    if current.get() is None:
        _keep(name, content)
        declare(name)
    return name if name in _contents and owns(name) else None


def _declared_name(name: str) -> str:
    return name.removesuffix(BODY) + ".js" if name.endswith(BODY) else name


def _keep(name: str, content: str) -> None:
    _contents[name] = f"(self.ownScripts ??= {{}})[{json.dumps(name)}] = {content};\n".encode("utf-8", "replace")


def _kept(kind: str, source: str) -> str | None:
    name = _name(kind, source)
    if current.get() is None:
        _contents[name] = f"{source}\n".encode("utf-8", "replace")
        declare(name)
    return name if name in _contents and owns(name) else None


def _name(kind: str, source: str) -> str:
    digest = hashlib.sha256(f"{kind}\n{source}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{FOLDER}{digest[:16]}.js"
